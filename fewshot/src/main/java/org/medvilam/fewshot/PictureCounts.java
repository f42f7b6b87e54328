package org.medvilam.fewshot;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of the pictures of a dataset that were to be compared. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
final class PictureCounts {
  /** Decoded and compared in every way that was asked for. */
  @JsonProperty long compared;

  /** Decoded, but blank: compared by bytes and samples only. */
  @JsonProperty long blank;

  /** Volumes, videos and sounds: compared by the bytes of the file only. */
  @JsonProperty("bytes_only")
  long bytesOnly;

  /** Not compared, by reason. */
  @JsonProperty final SortedMap<String, Long> problems = new TreeMap<>();

  private String example = "";

  /** Counts a picture that could not be read. */
  void problem(String reason, String uri) {
    problems.merge(reason, 1L, Long::sum);
    example = example.isEmpty() || uri.compareTo(example) < 0 ? uri : example;
  }

  /** Returns the first path, by name, of a picture that could not be read. */
  String example() {
    return example;
  }

  /** Returns the number of pictures that could not be read. */
  long unread() {
    return problems.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Tells whether every picture could be read. */
  @JsonIgnore
  boolean isWhole() {
    return problems.isEmpty();
  }

  /** Returns the number of pictures. */
  long all() {
    return compared + blank + bytesOnly + unread();
  }
}
