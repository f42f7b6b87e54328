package org.medvilam.evaluation.study;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The form of those who rate on paper: one line per item, in the order of the page.
 *
 * <p>A comparison has left, equal or right under {@code better}. An answer has yes or no under
 * {@code acceptable} and numbers under {@code a_significant} to {@code f_insignificant}, an empty
 * one being 0. A line whose {@code better} or {@code acceptable} is empty is not answered.
 * Spreadsheets may put semicolons between the cells and a byte order mark in front.
 */
final class FormCsv {
  private static final String STUDY = "study";
  private static final String RATER = "rater";
  private static final String NUMBER = "number";
  private static final String ITEM = "item";
  private static final String BETTER = "better";
  private static final String ACCEPTABLE = "acceptable";
  private static final String SIGNIFICANT = "_significant";
  private static final String INSIGNIFICANT = "_insignificant";
  private static final List<String> COLUMNS = columns();

  private FormCsv() {}

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(STUDY, RATER, NUMBER, ITEM, BETTER));
    for (ErrorCategory category : ErrorCategory.values()) {
      columns.add(category.key() + SIGNIFICANT);
      columns.add(category.key() + INSIGNIFICANT);
    }
    columns.add(ACCEPTABLE);
    return List.copyOf(columns);
  }

  /** Returns an empty form. */
  static String empty(
      String study,
      String rater,
      List<StudyKey.Comparison> comparisons,
      List<StudyKey.Answer> answers) {
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
    int number = 1;
    String cells = ",".repeat(COLUMNS.size() - 4);
    for (StudyKey.Comparison comparison : comparisons) {
      text.append(String.join(",", study, rater, String.valueOf(number++), comparison.code()));
      text.append(cells).append('\n');
    }
    for (StudyKey.Answer answer : answers) {
      text.append(String.join(",", study, rater, String.valueOf(number++), answer.code()));
      text.append(cells).append('\n');
    }
    return text.toString();
  }

  /**
   * Reads a form.
   *
   * @throws StudyException naming the line that cannot be read
   */
  static StudyForm parse(String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    char delimiter = plain.lines().findFirst().orElse("").indexOf(';') < 0 ? ',' : ';';
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .get();
    try (var parser = format.parse(new StringReader(plain))) {
      if (!parser.getHeaderMap().keySet().containsAll(COLUMNS)) {
        Set<String> missing = new TreeSet<>(COLUMNS);
        missing.removeAll(parser.getHeaderMap().keySet());
        throw new StudyException("expected the columns of an answer form, missing are " + missing);
      }
      return form(parser.getRecords());
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new StudyException("expected CSV, found: " + e.getMessage());
    }
  }

  private static StudyForm form(List<CSVRecord> lines) {
    if (lines.isEmpty()) {
      throw new StudyException("expected a line for each item, found none");
    }
    String study = lines.get(0).get(STUDY);
    String rater = lines.get(0).get(RATER);
    Map<String, Choice> comparisons = new LinkedHashMap<>();
    Map<String, Rating> ratings = new LinkedHashMap<>();
    Set<String> seen = new TreeSet<>();
    for (CSVRecord line : lines) {
      String code = line.get(ITEM);
      try {
        if (!line.isConsistent()) {
          throw new StudyException(
              "expected %d cells, found %d".formatted(COLUMNS.size(), line.size()));
        }
        if (!line.get(STUDY).equals(study) || !line.get(RATER).equals(rater)) {
          throw new StudyException("expected one study and one rater in all lines");
        }
        if (!seen.add(code)) {
          throw new StudyException("expected every item once, found again " + code);
        }
        add(line, code, comparisons, ratings);
      } catch (StudyException e) {
        throw new StudyException(
            "line %d: %s".formatted(line.getRecordNumber() + 1, e.getMessage()));
      }
    }
    return new StudyForm(study, rater, comparisons, ratings);
  }

  private static void add(
      CSVRecord line, String code, Map<String, Choice> comparisons, Map<String, Rating> ratings) {
    String better = line.get(BETTER);
    boolean rated =
        COLUMNS.stream()
            .skip(COLUMNS.indexOf(BETTER) + 1L)
            .anyMatch(column -> !line.get(column).isEmpty());
    if (!better.isEmpty() && rated) {
      throw new StudyException("expected a comparison or a rating, found both at " + code);
    }
    if (!better.isEmpty()) {
      comparisons.put(code, Choice.of(better));
    } else if (rated) {
      ratings.put(code, rating(line));
    }
  }

  private static Rating rating(CSVRecord line) {
    Map<ErrorCategory, ErrorCount> errors = new EnumMap<>(ErrorCategory.class);
    for (ErrorCategory category : ErrorCategory.values()) {
      errors.put(
          category,
          new ErrorCount(
              number(line.get(category.key() + SIGNIFICANT)),
              number(line.get(category.key() + INSIGNIFICANT))));
    }
    return new Rating(errors, acceptable(line.get(ACCEPTABLE)));
  }

  private static int number(String cell) {
    try {
      return cell.isEmpty() ? 0 : Integer.parseInt(cell);
    } catch (NumberFormatException e) {
      throw new StudyException("expected a number of errors, found '%s'".formatted(cell));
    }
  }

  private static @Nullable Boolean acceptable(String cell) {
    return switch (cell) {
      case "" -> null;
      case "yes" -> true;
      case "no" -> false;
      default -> throw new StudyException("expected yes or no, found '%s'".formatted(cell));
    };
  }
}
