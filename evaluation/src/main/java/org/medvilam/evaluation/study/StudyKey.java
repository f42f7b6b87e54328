package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.medvilam.records.codec.RecordJson;

/**
 * What undoes the blinding: {@code key.json}, which raters do not get.
 *
 * @param study a hash that pages and forms carry too
 * @param seed what the orders were drawn from
 * @param design what was asked
 * @param ties how equal answers count, declared beforehand
 * @param systems names of the systems, ascending
 * @param raters names of the raters
 * @param comparisons the pairs that were shown
 * @param answers the answers that were shown on their own
 * @param leftOut records that were drawn but could not be shown
 */
public record StudyKey(
    String study,
    long seed,
    Design design,
    Ties ties,
    List<String> systems,
    List<String> raters,
    List<Comparison> comparisons,
    List<Answer> answers,
    @JsonProperty("left_out") List<LeftOut> leftOut) {
  /** Copies the lists. */
  public StudyKey {
    systems = List.copyOf(systems);
    raters = List.copyOf(raters);
    comparisons = List.copyOf(comparisons);
    answers = List.copyOf(answers);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Two answers to one record.
   *
   * @param code what pages call it
   * @param recordId the record
   * @param first a system
   * @param second another system, later by name
   * @param left which of the two is on the left, by rater
   */
  public record Comparison(
      String code,
      @JsonProperty("record") String recordId,
      String first,
      String second,
      Map<String, String> left) {}

  /**
   * One answer to one record.
   *
   * @param code what pages call it
   * @param recordId the record
   * @param system whose answer it is
   */
  public record Answer(String code, @JsonProperty("record") String recordId, String system) {}

  /**
   * A record that could not be shown.
   *
   * @param recordId the record
   * @param reason {@code no-answer} or {@code no-picture}
   * @param systems systems without an answer; none where the picture is missing
   */
  public record LeftOut(
      @JsonProperty("record") String recordId,
      String reason,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> systems) {}

  /** Returns the number of records that are shown. */
  int records() {
    return (int)
        Stream.concat(
                comparisons.stream().map(Comparison::recordId),
                answers.stream().map(Answer::recordId))
            .distinct()
            .count();
  }

  /** Returns what a rater is asked in all. */
  int items() {
    return comparisons.size() + answers.size();
  }

  /**
   * Reads a key.
   *
   * @throws StudyException if the file is none
   */
  public static StudyKey read(Path file) throws IOException {
    StudyKey key = null;
    try {
      key = RecordJson.mapper().readValue(Files.readAllBytes(file), StudyKey.class);
    } catch (JsonProcessingException e) {
      // Said below, as for a file that holds the word null: what is in it does not matter.
    }
    if (key == null) {
      throw new StudyException(
          "%s: expected the key.json of 'reader-study create', found something else"
              .formatted(file));
    }
    return key;
  }
}
