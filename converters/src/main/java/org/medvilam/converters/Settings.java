package org.medvilam.converters;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks of a conversion, beyond the dataset.
 *
 * @param labelsOnly convert label files alone where they carry the picture size; no picture is read
 * @param label label of the findings of {@code masks}
 * @param annotations label file to convert, or class table to convert by, relative to the input;
 *     null to look for it
 */
public record Settings(boolean labelsOnly, String label, @Nullable String annotations)
    implements Serializable {
  /** The label of a mask dataset whose user names none. */
  public static final String DEFAULT_LABEL = "lesion";

  /** Pictures are read, and labels have their default. */
  public static Settings standard() {
    return new Settings(false, DEFAULT_LABEL, null);
  }

  /** Returns the same settings, for label files alone. */
  public Settings withLabelsOnly() {
    return new Settings(true, label, annotations);
  }
}
