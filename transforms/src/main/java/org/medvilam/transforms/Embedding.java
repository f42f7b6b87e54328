package org.medvilam.transforms;

import java.io.Serializable;
import java.util.Arrays;
import org.medvilam.converters.Settings;
import org.medvilam.records.codec.RecordFormat;

/**
 * Which pictures are stored with the records, by formats that can hold them.
 *
 * @param form their form
 * @param maxSide longest side of an encoded picture in pixels, larger ones are made smaller; or 0
 */
public record Embedding(Form form, int maxSide) implements Serializable {
  /** No picture at all. */
  public static final Embedding NONE = new Embedding(Form.NONE, 0);

  /** The form of a stored picture. */
  public enum Form {
    /** None is stored. */
    NONE("none"),
    /** The file as it is, where WebDataset knows its extension. */
    ORIGINAL("original"),
    /** PNG of 8 bits. */
    PNG("png"),
    /** JPEG of 8 bits. */
    JPEG("jpeg");

    private final String key;

    Form(String key) {
      this.key = key;
    }

    /** Returns the name on the command line and in manifests. */
    public String key() {
      return key;
    }

    /** Returns the encoded form of a name, or says which names there are. */
    public static Form encoded(String name) {
      return Arrays.stream(new Form[] {PNG, JPEG})
          .filter(f -> f.key.equals(name))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("expected png or jpeg, but was: " + name));
    }
  }

  /** Checks the side. */
  public Embedding {
    if (maxSide < 0) {
      throw new IllegalArgumentException("maxSide must not be negative, but was: " + maxSide);
    }
  }

  /** Returns what a format stores by itself: WebDataset the files as they are, where they are. */
  public static Embedding standard(RecordFormat format, Settings settings) {
    boolean original = format == RecordFormat.WEBDATASET && !settings.labelsOnly();
    return original ? new Embedding(Form.ORIGINAL, 0) : NONE;
  }
}
