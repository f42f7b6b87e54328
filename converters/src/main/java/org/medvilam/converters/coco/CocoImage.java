package org.medvilam.converters.coco;

import java.util.List;
import org.medvilam.converters.item.WrittenPath;
import org.medvilam.records.Source;

/**
 * One entry of {@code images} with its annotations, in the order of the file.
 *
 * @param labels path of the label file, relative to the dataset root
 * @param position {@code image <id>}, for messages and records
 * @param fileName {@code file_name} as the owners write it; it stays inside its folder
 * @param width columns that the label file states, positive
 * @param height rows that the label file states, positive
 * @param annotations its annotations, whether they can be used or not
 */
public record CocoImage(
    String labels,
    String position,
    String fileName,
    int width,
    int height,
    List<CocoAnnotation> annotations) {
  /** Copies the list. */
  public CocoImage {
    annotations = List.copyOf(annotations);
  }

  /** Returns where the image stands. */
  public Source source() {
    return new Source(labels, position);
  }

  /** Returns where an annotation stands. */
  public Source source(CocoAnnotation annotation) {
    return new Source(labels, annotation.position());
  }

  /** Returns the file name with {@code /} between names and without {@code .} among them. */
  public String path() {
    return WrittenPath.tidy(fileName);
  }
}
