package org.medvilam.converters.coco;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.geometry.RunLength;

/**
 * The regions of one annotation.
 *
 * <p>{@code bbox} is {@code [x, y, width, height]}, 0-based and continuous: no pixel is added. The
 * form of {@code segmentation}, not {@code iscrowd}, decides how it is read: rings, run lengths or
 * their compressed string (cocoapi, coco.py and maskApi.c).
 *
 * @param regions a box, an outline, or both of the same thing; at least one
 * @param problem why the box was left out beside a good outline, or null
 */
record CocoRegions(List<Region> regions, @Nullable GeometryException problem) {
  private static final int LEAST_NUMBERS = 6;

  /**
   * Returns the regions of an annotation.
   *
   * @throws GeometryException if it has none, or an outline that breaks the format
   */
  static CocoRegions of(CocoAnnotation annotation, int width, int height) {
    List<Region> regions = new ArrayList<>();
    Optional<Region> outline = outline(annotation.segmentation(), width, height);
    GeometryException problem = null;
    try {
      box(annotation.bbox()).ifPresent(regions::add);
    } catch (GeometryException e) {
      if (outline.isEmpty()) {
        throw e;
      }
      problem = e;
    }
    outline.ifPresent(regions::add);
    if (regions.isEmpty()) {
      throw new GeometryException("no-region", "expected a bbox or a segmentation, found neither");
    }
    return new CocoRegions(regions, problem);
  }

  private static Optional<Region> box(@Nullable JsonNode node) {
    if (isAbsent(node)) {
      return Optional.empty();
    }
    double[] v = numbers(node, "bad-box", "a bbox of 4 numbers");
    if (v.length != 4) {
      throw new GeometryException(
          "bad-box", "expected a bbox of 4 numbers, found " + v.length + " numbers");
    }
    return Optional.of(Box.ofCornerAndSize(v[0], v[1], v[2], v[3]));
  }

  private static Optional<Region> outline(@Nullable JsonNode node, int width, int height) {
    if (isAbsent(node)) {
      return Optional.empty();
    }
    if (node.isObject()) {
      return Optional.of(new MaskRegion(mask(node, width, height), false));
    }
    if (!node.isArray()) {
      throw new GeometryException(
          "bad-segmentation", "expected rings or run lengths, found " + shown(node));
    }
    if (!node.get(0).isArray()) {
      return Optional.of(Polygon.of(ring(node)));
    }
    List<Ring> rings = new ArrayList<>();
    for (JsonNode part : node) {
      if (!part.isArray() || !part.isEmpty()) {
        rings.add(ring(part));
      }
    }
    return rings.isEmpty() ? Optional.empty() : Optional.of(new Polygon(rings));
  }

  private static boolean isAbsent(@Nullable JsonNode node) {
    return node == null || node.isNull() || node.isContainerNode() && node.isEmpty();
  }

  private static Ring ring(JsonNode node) {
    double[] xy = numbers(node, "bad-ring", "a ring of numbers");
    if (xy.length < LEAST_NUMBERS) {
      throw new GeometryException(
          "short-ring", "expected a ring of at least 3 points, found " + xy.length + " numbers");
    }
    return Ring.ofFlat(xy);
  }

  private static Mask mask(JsonNode node, int width, int height) {
    double[] size = numbers(node.path("size"), "bad-rle", "run lengths with a size [h, w]");
    if (size.length != 2 || size[0] != height || size[1] != width) {
      throw new GeometryException(
          "size-mismatch",
          "expected run lengths of the image's size [%d, %d], found %s"
              .formatted(height, width, shown(node.path("size"))));
    }
    JsonNode counts = node.path("counts");
    if (counts.isTextual()) {
      return RunLength.fromCocoString(counts.textValue(), width, height);
    }
    double[] runs = numbers(counts, "bad-rle", "counts as a text or a list");
    long[] whole = new long[runs.length];
    for (int i = 0; i < runs.length; i++) {
      whole[i] = (long) runs[i];
      if (whole[i] != runs[i]) {
        throw new GeometryException("bad-rle", "expected whole run lengths, found " + runs[i]);
      }
    }
    return RunLength.fromCocoCounts(whole, width, height);
  }

  private static double[] numbers(JsonNode node, String reason, String expected) {
    if (!node.isArray()) {
      throw new GeometryException(reason, "expected " + expected + ", found " + shown(node));
    }
    double[] numbers = new double[node.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = node.get(i);
      if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
        throw new GeometryException(
            reason, "expected " + expected + ", found " + shown(number) + " at index " + i);
      }
      numbers[i] = number.doubleValue();
    }
    return numbers;
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
