package org.medvilam.evaluation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormFileTest {
  private static final String ZEROS =
      "'a': {'significant': 0, 'insignificant': 0}, 'b': {'significant': 2, 'insignificant': 0},"
          + "'c': {'significant': 0, 'insignificant': 1}, 'd': {'significant': 0, 'insignificant': 0},"
          + "'e': {'significant': 0, 'insignificant': 0}, 'f': {'significant': 0, 'insignificant': 3}";

  @TempDir private Path folder;

  private StudyForm json(String text) throws IOException {
    return FormFile.read(
        Files.writeString(folder.resolve("answers-R1.json"), text.replace('\'', '"')));
  }

  private StudyForm csv(String text) throws IOException {
    return FormFile.read(Files.writeString(folder.resolve("answers-R1.CSV"), text));
  }

  private static String empty() {
    StudyKey key = TestStudies.key(2, Ties.EXCLUDE, "R1");
    return FormCsv.empty("s-1", "R1", key.comparisons(), key.answers());
  }

  @Test
  void jsonOfThePageIsRead() throws IOException {
    StudyForm form =
        json(
            "{'study': 's-1', 'rater': 'R1', 'comparisons': {'c-0': 'left', 'c-1': 'equal'},"
                + "'ratings': {'r-a0': {'errors': {"
                + ZEROS
                + "}, 'acceptable': false}, 'r-a1': {'errors': {"
                + ZEROS
                + "}, 'acceptable': null}}}");
    assertThat(form.comparisons()).containsEntry("c-0", Choice.LEFT);
    assertThat(form.ratings().get("r-a0").significant()).isEqualTo(2);
    assertThat(form.ratings().get("r-a0").insignificant()).isEqualTo(4);
    assertThat(form.ratings().get("r-a0").acceptable()).isFalse();
    assertThat(form.ratings().get("r-a1").acceptable()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{'study': 's-1', 'rater': 'R1', 'comparisons': {}}",
        "{'study': 's-1', 'rater': null, 'comparisons': {}, 'ratings': {}}",
        "{'study': 's-1', 'rater': 'R1', 'comparisons': {'c-0': 'up'}, 'ratings': {}}",
        "{'study': 's-1', 'rater': 'R1', 'comparisons': {'c-0': null}, 'ratings': {}}",
        "{'study': 's-1', 'rater': 'R1', 'comparisons': {}, 'ratings': {}, 'more': 1}",
        "{'study': 's-1', 'rater': 'R1', 'comparisons': {}, 'ratings': {}} {}",
        "{'study': 's-1', 'rater': 'R1', 'comparisons': {'c-0': 'left', 'c-0': 'right'}, 'ratings': {}}",
        "{'study': 's-1', 'rater': 'R1', 'comparisons': {}, 'ratings': {'r': {'errors': {}, 'acceptable': true}}}",
      })
  void wrongJsonIsNamed(String text) {
    assertThatThrownBy(() -> json(text))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("answers-R1.json: expected")
        .hasMessageNotContaining("org.medvilam");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'c-0': 'up'} | line 1: expected left, equal or right, found 'up'",
        "{'c-0': []} | line 1: nothing, or something else, at: comparisons > c-0",
        "[] | line 1: nothing, or something else, at: comparisons"
      })
  void placeOfWrongJsonIsNamed(String comparisons, String message) {
    String text = "{'study': 's-1', 'rater': 'R1', 'comparisons': %s, 'ratings': {}}";
    assertThatThrownBy(() -> json(text.formatted(comparisons))).hasMessageEndingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "100", "1.5", "null", "'x'"})
  void wrongNumbersOfErrorsAreNamed(String number) {
    String errors = ZEROS.replace("'significant': 2", "'significant': " + number);
    assertThatThrownBy(
            () ->
                json(
                    "{'study': 's-1', 'rater': 'R1', 'comparisons': {}, 'ratings': {'r-a0':"
                        + " {'errors': {"
                        + errors
                        + "}, 'acceptable': true}}}"))
        .isInstanceOf(StudyException.class);
  }

  @Test
  void otherBytesAreNamed() throws IOException {
    Path file = folder.resolve("answers-R1.json");
    Files.write(file, "\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> FormFile.read(file)).hasMessageContaining("UTF-8");
  }

  @Test
  void emptyCsvFormHasEveryItemAndNoAnswer() throws IOException {
    assertThat(empty().lines()).hasSize(1 + 2 + 4);
    StudyForm form = csv(empty());
    assertThat(form.study()).isEqualTo("s-1");
    assertThat(form.rater()).isEqualTo("R1");
    assertThat(form.comparisons()).isEmpty();
    assertThat(form.ratings()).isEmpty();
  }

  private static String filled() {
    return empty()
        .replace("c-0,,,,,,,,,,,,,,", "c-0,left,,,,,,,,,,,,,")
        .replace("r-a0,,,,,,,,,,,,,,", "r-a0,,1,,,2,,,,,,,,3,yes")
        .replace("r-b0,,,,,,,,,,,,,,", "r-b0,,,,,,,,,,,,,,no")
        .replace("r-a1,,,,,,,,,,,,,,", "r-a1,,7,,,,,,,,,,,,");
  }

  @Test
  void filledCsvFormIsRead() throws IOException {
    StudyForm form = csv(filled());
    assertThat(form.comparisons()).containsExactly(Map.entry("c-0", Choice.LEFT));
    Rating rating = form.ratings().get("r-a0");
    assertThat(rating.errors())
        .containsEntry(ErrorCategory.FALSE_FINDING, new ErrorCount(1, 0))
        .containsEntry(ErrorCategory.MISSED_FINDING, new ErrorCount(0, 2))
        .containsEntry(ErrorCategory.MISSED_COMPARISON, new ErrorCount(0, 3));
    assertThat(rating.acceptable()).isTrue();
    assertThat(form.ratings().get("r-b0")).isEqualTo(TestStudies.rating(0, 0, false));
    assertThat(form.ratings().get("r-a1")).isEqualTo(TestStudies.rating(7, 0, null));
  }

  @Test
  void spreadsheetsMayWriteSemicolonsAndAByteOrderMark() throws IOException {
    assertThat(csv("\uFEFF" + filled().replace(',', ';').replace("\n", "\r\n")))
        .isEqualTo(csv(filled()));
  }

  @ParameterizedTest
  @CsvSource({
    "c-0;left;, c-0;better;, expected left",
    "1;;;2, 1;;;two, expected a number of errors",
    ";3;yes, ;3;maybe, expected yes or no",
    "c-0;left;, c-0;left;1, found both",
    "s-1;R1;2, s-1;R2;2, one rater in all lines",
    "s-1;R1;2;c-1, s-1;R1;2;c-0, every item once",
    "rater;number, rater;count, missing are [number]",
    "r-a1;;7;;, r-a1;;7, cells"
  })
  void wrongCsvIsNamed(String right, String wrong, String message) {
    String text = filled().replace(',', ';');
    assertThat(text).contains(right);
    assertThatThrownBy(() -> csv(text.replaceFirst(Pattern.quote(right), wrong)))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining(message);
  }

  @Test
  void csvWithoutLinesIsNamed() {
    for (String text : List.of("", empty().lines().findFirst().orElseThrow())) {
      assertThatThrownBy(() -> csv(text)).isInstanceOf(StudyException.class);
    }
  }
}
