package org.medvilam.converters.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.GenericDataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.item.WrittenPath;
import org.medvilam.converters.labelled.JsonGlance;
import org.medvilam.converters.labelled.LabelTree;
import org.medvilam.converters.labelled.LabelledPicture;
import org.medvilam.converters.labelled.OpenedPicture;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelstudio.StudioRegions;
import org.medvilam.converters.labelstudio.StudioTask;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.Store;

/**
 * Any pictures with an export of Label Studio as JSON.
 *
 * <p>Rectangles, polygons, ellipses and brushes are findings; turned rectangles, key points and
 * whatever else has no area are rejected by name. Choices are labels of the picture. A picture is
 * looked up by the path of its task, without the server's part, and by the name that it had before
 * the server put eight letters and a hyphen before it.
 */
public final class LabelStudio implements GenericDataset {
  private static final String NAME = "label-studio";
  private static final String EXPECTED =
      "an export of Label Studio (JSON, a list of tasks with annotations and data)";
  private static final Pattern UPLOADED = Pattern.compile("^[0-9a-f]{8}-(?=.)");

  private static final DatasetInfo INFO =
      DatasetInfo.ofAnyPictures(
          NAME,
          "Pictures with an export of Label Studio",
          List.of(
              "project.json   the export as JSON (not JSON-MIN); any name",
              "images/        the pictures, in folders of any name"),
          "image",
          "by the words train, val and test in folders or the name of the export; otherwise 7 : 1 : 2 by hash of the image");

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public @Nullable String claim(Store root, String path) throws IOException {
    JsonGlance glance = JsonGlance.of(root, path);
    boolean tasks = glance.list() && (glance.has("annotations") || glance.has("completions"));
    boolean results = glance.has("data") || glance.hasInside("result");
    return tasks && results ? "a list of tasks with annotations" : null;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    return LabelTree.check(this, input, settings, EXPECTED);
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    LabelTree tree = LabelTree.of(this, source);
    for (String path : tree.labels()) {
      try (InputStream in = source.root().read(path);
          JsonParser json = RecordJson.mapper().createParser(in)) {
        if (json.nextToken() != JsonToken.START_ARRAY) {
          throw new ListingException(path, "expected a list of tasks, found another form");
        }
        int number = 0;
        while (json.nextToken() == JsonToken.START_OBJECT) {
          JsonNode task = json.readValueAsTree();
          String position = "task " + task.path("id").asText("number " + ++number);
          list(StudioTask.of(task), position, path, tree, sink);
        }
      } catch (JsonProcessingException | CharConversionException e) {
        throw new ListingException(path, "expected whole JSON, found a break", e);
      }
    }
  }

  private static void list(
      StudioTask task, String position, String path, LabelTree tree, ItemSink sink)
      throws IOException {
    if (task.picture().isEmpty()) {
      String where = new Source(path, position).toString();
      String detail = "expected the path of one picture in data, found none or several";
      sink.reject(new Rejection(NAME, Rejection.Scope.ITEM, where, "missing-file-name", detail));
      return;
    }
    PictureIndex.Found found = tree.named(task.picture(), path);
    if (found.problem() != null && !WrittenPath.leaves(task.picture())) {
      String name = PathNames.name(task.picture());
      PictureIndex.Found bare = tree.alike(UPLOADED.matcher(name).replaceFirst(""), path);
      found = bare.problem() == null ? bare : found;
    }
    List<Shape> shapes =
        task.shapes().stream()
            .map(
                s ->
                    new Shape(
                        position + " " + s.position(), s.label(), s.type(), s.value(), s.problem()))
            .toList();
    sink.item(
        LabelledPicture.of(path, position, found, shapes)
            .sized(task.width(), task.height())
            .tagged(task.tags())
            .withProblem(task.problem())
            .item(NAME, Optional.empty()));
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return OpenedPicture.of(source, item).convert(INFO, StudioRegions::of);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return LabelStudioPhantom.draw(request);
  }
}
