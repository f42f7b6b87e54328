package org.medvilam.records;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of a medium. */
public enum MediaType {
  /** A still picture. */
  @JsonProperty("image")
  IMAGE("image"),
  /** A stack of slices. */
  @JsonProperty("volume")
  VOLUME("volume"),
  /** A sequence of frames. */
  @JsonProperty("video")
  VIDEO("video"),
  /** A sound. */
  @JsonProperty("audio")
  AUDIO("audio");

  private final String key;

  MediaType(String key) {
    this.key = key;
  }

  /** Returns the name used in files and in instructions. */
  public String key() {
    return key;
  }
}
