package org.medvilam.converters.labelstudio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;

/**
 * What a task of an export says of its picture.
 *
 * @param picture path of the picture, without what a server puts before it, or empty
 * @param width columns, or 0
 * @param height rows, or 0
 * @param shapes the results
 * @param tags choices
 * @param problem why the task cannot be used, or null
 */
public record StudioTask(
    String picture,
    int width,
    int height,
    List<Shape> shapes,
    List<String> tags,
    @Nullable Problem problem) {
  private static final String UPLOADS = "/data/upload/";
  private static final Pattern SERVER = Pattern.compile("^[a-z0-9]+://[^/]*/|^/");
  private static final Pattern QUERY = Pattern.compile("[?].*$");
  private static final Pattern LOCAL = Pattern.compile("^.*[?&]d=");

  /** Copies the lists. */
  public StudioTask {
    shapes = List.copyOf(shapes);
    tags = List.copyOf(tags);
  }

  /**
   * Reads a task.
   *
   * <p>Annotations that were cancelled are not read but named. Where several people annotated a
   * picture, nothing says whose word counts, and the task is not used.
   */
  public static StudioTask of(JsonNode task) {
    JsonNode all = task.has("annotations") ? task.get("annotations") : task.path("completions");
    List<Shape> shapes = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    Set<String> sizes = new TreeSet<>();
    int used = 0;
    for (int i = 0; i < all.size(); i++) {
      boolean cancelled = all.get(i).path("was_cancelled").asBoolean(false);
      used += cancelled ? 0 : 1;
      JsonNode results = all.get(i).path("result");
      for (int k = 0; k < results.size(); k++) {
        String position = "annotation %d result %d".formatted(i + 1, k + 1);
        read(results.get(k), position, cancelled, shapes, tags, sizes);
      }
    }
    Problem problem = null;
    if (used > 1) {
      String detail = "expected one annotation of a task, found " + used;
      problem = new Problem("several-annotations", detail);
    } else if (sizes.size() > 1) {
      String detail = "expected one size of a picture, found " + String.join(", ", sizes);
      problem = new Problem("conflicting-sizes", detail);
    }
    JsonNode first = all.path(0).path("result").path(0);
    return new StudioTask(
        picture(task.path("data")),
        ShapeNumbers.size(first.path("original_width")),
        ShapeNumbers.size(first.path("original_height")),
        shapes,
        tags,
        problem);
  }

  private static void read(
      JsonNode result,
      String position,
      boolean cancelled,
      List<Shape> shapes,
      List<String> tags,
      Set<String> sizes) {
    String type = result.path("type").asText("");
    JsonNode value = result.path("value");
    JsonNode names = value.path(type);
    if (result.has("original_width")) {
      sizes.add(result.get("original_width") + "x" + result.path("original_height"));
    }
    if (cancelled) {
      String detail = "expected an annotation that was submitted, found one that was cancelled";
      shapes.add(Shape.broken(position, null, new Problem("cancelled-annotation", detail)));
    } else if (type.equals("choices")) {
      names.forEach(n -> tags.add(n.asText()));
    } else if (!value.isObject()) {
      String detail = "expected a shape with a value, found a '%s' without".formatted(type);
      shapes.add(Shape.broken(position, null, new Problem("unsupported-shape", detail)));
    } else if (names.size() > 1) {
      String detail = "expected one label, found " + names.size();
      shapes.add(Shape.broken(position, null, new Problem("several-labels", detail)));
    } else if (result.path("image_rotation").asDouble(0) != 0) {
      String detail = "expected an upright picture, found one turned by image_rotation";
      shapes.add(Shape.broken(position, null, new Problem("rotated-picture", detail)));
    } else {
      String label = names.path(0).isTextual() ? names.get(0).asText() : null;
      shapes.add(Shape.of(position, label, type, value));
    }
  }

  /** Returns the path of the picture: of the field image, or of the only one that names one. */
  private static String picture(JsonNode data) {
    if (data.path("image").isTextual()) {
      return path(data.get("image").asText());
    }
    List<String> pictures = new ArrayList<>();
    for (JsonNode value : data) {
      if (value.isTextual() && PictureIndex.isPicture(path(value.asText()))) {
        pictures.add(path(value.asText()));
      }
    }
    return pictures.size() == 1 ? pictures.get(0) : "";
  }

  private static String path(String written) {
    String local = LOCAL.matcher(written).replaceFirst("");
    String path = QUERY.matcher(local).replaceFirst("");
    int upload = path.indexOf(UPLOADS);
    path = upload < 0 ? path : path.substring(upload + UPLOADS.length());
    return SERVER.matcher(path).replaceFirst("");
  }
}
