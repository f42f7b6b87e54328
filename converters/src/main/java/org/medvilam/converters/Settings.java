package org.medvilam.converters;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks of a conversion, beyond the dataset.
 *
 * @param labelsOnly convert label files alone where they carry the picture size; no picture is read
 * @param label label of findings that their owners' files do not name, as in {@code masks}
 * @param annotations label file to convert, or class table to convert by, relative to the input;
 *     null to look for it
 * @param zeroBased the boxes of {@code voc} count from 0 and end outside, as many tools write them
 */
public record Settings(
    boolean labelsOnly, String label, @Nullable String annotations, boolean zeroBased)
    implements Serializable {
  /** The label of a mask dataset whose user names none. */
  public static final String DEFAULT_LABEL = "lesion";

  /** Creates settings with boxes of {@code voc} as VOC itself writes them. */
  public Settings(boolean labelsOnly, String label, @Nullable String annotations) {
    this(labelsOnly, label, annotations, false);
  }

  /** Pictures are read, and labels have their default. */
  public static Settings standard() {
    return new Settings(false, DEFAULT_LABEL, null);
  }

  /** Returns the same settings, for label files alone. */
  public Settings withLabelsOnly() {
    return new Settings(true, label, annotations, zeroBased);
  }
}
