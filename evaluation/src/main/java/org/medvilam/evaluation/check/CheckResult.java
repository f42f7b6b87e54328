package org.medvilam.evaluation.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * What a check found.
 *
 * @param check the check
 * @param status how it ended
 * @param looksFor what is looked for, in words
 * @param unit what is counted
 * @param examined how many were looked at
 * @param found how many were found
 * @param examples the first of them, ids and numbers only
 */
public record CheckResult(
    Check check,
    Status status,
    @JsonProperty("looks_for") String looksFor,
    String unit,
    long examined,
    long found,
    List<Example> examples) {

  /** How a check ended. */
  public enum Status {
    /** Nothing was found. */
    @JsonProperty("ok")
    OK,
    /** Something was found that healthy data may hold too. */
    @JsonProperty("warn")
    WARN,
    /** An error was found. */
    @JsonProperty("fail")
    FAIL,
    /** The check was not made. */
    @JsonProperty("skipped")
    SKIPPED;

    /** Returns the word that tables show. */
    String word() {
      return this == FAIL ? name() : name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One finding.
   *
   * @param where a record's id, or a file
   * @param what what was expected and what was found
   */
  public record Example(String where, String what) {}

  /** Copies the list. */
  public CheckResult {
    examples = List.copyOf(examples);
  }

  static CheckResult of(Check check, long examined, long found, List<Example> examples) {
    Status status = found == 0 ? Status.OK : check.fails() ? Status.FAIL : Status.WARN;
    return new CheckResult(
        check, status, check.looksFor(), check.unit(), examined, found, examples);
  }

  static CheckResult skipped(Check check) {
    return new CheckResult(check, Status.SKIPPED, check.looksFor(), check.unit(), 0, 0, List.of());
  }
}
