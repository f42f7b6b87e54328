package org.medvilam.records.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;

/**
 * What a run holds, and what it was made from; the same for every runner, parallelism and retry.
 *
 * @param tool {@code medvilam} with its version
 * @param command the command that made the run
 * @param arguments what shapes the records; where they were written and how fast is left out
 * @param converters name and version of each converter
 * @param roots where each dataset's media are, by dataset
 * @param inputFingerprint SHA-256 over the item lists
 * @param counts what went in and came out
 * @param files the files of records and rejections, in the order of their paths
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
    String tool,
    String command,
    SortedMap<String, String> arguments,
    List<String> converters,
    SortedMap<String, String> roots,
    @JsonProperty("input_fingerprint") String inputFingerprint,
    @JsonUnwrapped Counts counts,
    List<FileEntry> files) {
  /** Copies the list. */
  public Manifest {
    files = files == null ? List.of() : List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param path relative to the run
   * @param bytes its size
   * @param records lines or rows in it
   * @param sha256 hex SHA-256 of its bytes
   */
  public record FileEntry(String path, long bytes, long records, String sha256)
      implements Serializable {}
}
