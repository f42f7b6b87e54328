package org.medvilam.evaluation.prediction;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * A system's answer to one record's instruction.
 *
 * @param recordId the record's id, {@code id} in files
 * @param answer the answer as the system wrote it
 */
public record Prediction(
    @JsonProperty(value = "id", required = true) String recordId,
    @JsonProperty(value = "answer", required = true) String answer) {
  /** Checks that both are there. */
  public Prediction {
    Objects.requireNonNull(recordId, "id");
    Objects.requireNonNull(answer, "answer");
  }
}
