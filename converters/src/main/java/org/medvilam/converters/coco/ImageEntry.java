package org.medvilam.converters.coco;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.item.WrittenPath;

/**
 * What an entry of {@code images} says of its picture.
 *
 * @param fileName {@code file_name}, or null where it is no text
 * @param width {@code width}, or 0 where it is no whole number
 * @param height {@code height}, or 0 where it is no whole number
 */
record ImageEntry(@Nullable String fileName, int width, int height) {

  static ImageEntry of(JsonNode entry) {
    return new ImageEntry(
        entry.path("file_name").textValue(),
        whole(entry.path("width")),
        whole(entry.path("height")));
  }

  private static int whole(JsonNode node) {
    return node.isNumber() && node.doubleValue() == node.intValue() ? node.intValue() : 0;
  }

  /** Returns why the image cannot be used, or null. */
  @Nullable Problem problem() {
    if (fileName == null || WrittenPath.tidy(fileName).isEmpty()) {
      return new Problem("missing-file-name", "expected a file_name, found none");
    }
    if (WrittenPath.leaves(fileName)) {
      return new Problem(
          "unsafe-path",
          "expected a relative file_name inside the dataset, found '" + fileName + "'");
    }
    if (width < 1 || height < 1) {
      return new Problem(
          "missing-size",
          "expected width and height of at least 1 for %s, found none".formatted(fileName));
    }
    return null;
  }

  /** Returns the image with its annotations; only where there is no problem. */
  CocoImage image(String labels, String position, List<CocoAnnotation> annotations) {
    return new CocoImage(labels, position, String.valueOf(fileName), width, height, annotations);
  }

  @Override
  public String toString() {
    return "%s %dx%d".formatted(fileName, width, height);
  }
}
