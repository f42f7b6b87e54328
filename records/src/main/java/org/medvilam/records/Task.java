package org.medvilam.records;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What an instruction asks for; records of one item follow this order. */
public enum Task {
  /** Which of the known diseases or classes a picture shows. */
  @JsonProperty("classification")
  CLASSIFICATION("classification"),
  /** Where a finding is, as boxes. */
  @JsonProperty("localization")
  LOCALIZATION("localization"),
  /** Where a finding is, as 25-point outlines. */
  @JsonProperty("segmentation")
  SEGMENTATION("segmentation"),
  /** A written report. */
  @JsonProperty("report_generation")
  REPORT_GENERATION("report_generation"),
  /** Any other question with a short answer. */
  @JsonProperty("vqa")
  VQA("vqa");

  private final String key;

  Task(String key) {
    this.key = key;
  }

  /** Returns the name used in files and on the command line. */
  public String key() {
    return key;
  }

  /** Returns the task of a name, or says which names there are. */
  public static Task of(String key) {
    return Arrays.stream(values())
        .filter(t -> t.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a task out of %s, but was: %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(Task::key)
                                .collect(Collectors.joining(", ")),
                            key)));
  }
}
