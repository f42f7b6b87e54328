package org.medvilam.records;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The part of a dataset that an item belongs to. */
public enum Split {
  /** Seen in training. */
  @JsonProperty("train")
  TRAIN("train"),
  /** Seen while choosing settings. */
  @JsonProperty("validation")
  VALIDATION("validation"),
  /** Seen once, at the end. */
  @JsonProperty("test")
  TEST("test");

  private final String key;

  Split(String key) {
    this.key = key;
  }

  /** Returns the name used in files. */
  public String key() {
    return key;
  }

  /** Returns the split of a name, or says which names there are. */
  public static Split of(String key) {
    return Arrays.stream(values())
        .filter(s -> s.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected train, validation or test, but was: " + key));
  }

  /**
   * Returns the split of a group where the owners made none: 7 : 1 : 2 by hash.
   *
   * <p>The paper splits at random; the first 8 bytes of {@code SHA-256("split|dataset|group")} read
   * as a fraction of one decide here, so that a group always falls on the same side.
   *
   * @param dataset the dataset's name
   * @param group the group with its kind, e.g. {@code patient:12}
   */
  public static Split ofGroup(String dataset, String group) {
    double at = Hashing.fraction("split|" + dataset + "|" + group);
    return at < 0.7 ? TRAIN : at < 0.8 ? VALIDATION : TEST;
  }

  /** Returns the file-name part of a split that may be absent. */
  public static String fileKey(@Nullable Split split) {
    return split == null ? "all" : split.key();
  }
}
