package org.medvilam.evaluation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.medvilam.evaluation.TestRecords.box;
import static org.medvilam.evaluation.TestRecords.boxes;
import static org.medvilam.evaluation.study.TestStudies.choice;
import static org.medvilam.evaluation.study.TestStudies.rating;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.statistic.Proportion;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.RecordJson;

/** From records to a result, with readers whose mind is a hash of rater, record and system. */
final class RoundTripTest {
  private static final int RECORDS = 40;
  private static final String EVIL = "<i>&";

  @TempDir private Path folder;

  private StudyKey key;

  @BeforeEach
  void draw() throws IOException {
    List<InstructionRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      records.add(boxes("record" + i, "d", "benign", box(0, 0, 100, 200)));
    }
    List<Prediction> answers =
        records.stream().map(r -> new Prediction(r.id(), r.answer())).toList();
    StudyOptions options = new StudyOptions(Design.BOTH, Ties.EXCLUDE, null, RECORDS, 7, 3);
    ReaderStudy.draw(
            records,
            Map.of("one", answers, "two" + EVIL, answers),
            options,
            record -> Optional.of(new byte[1]))
        .write(folder);
    key = StudyKey.read(folder.resolve("key.json"));
  }

  private static int preference(String rater, String record) {
    return Hashing.index("better|" + rater + record, 3) - 1;
  }

  private static int errors(String rater, String record, String system) {
    return Hashing.index("errors|" + rater + record + system, 3);
  }

  private StudyForm form(String rater) {
    Map<String, Choice> choices = new TreeMap<>();
    Map<String, Rating> ratings = new TreeMap<>();
    for (StudyKey.Comparison c : key.comparisons()) {
      choices.put(c.code(), choice(c, rater, preference(rater, c.recordId())));
    }
    for (StudyKey.Answer a : key.answers()) {
      int errors = errors(rater, a.recordId(), a.system());
      ratings.put(a.code(), rating(errors, 0, errors == 0));
    }
    return new StudyForm(key.study(), rater, choices, ratings);
  }

  /** Writes one form as the page does, one as CSV, and scores what is read back. */
  private StudyResult scored() throws IOException {
    List<StudyForm> forms = new ArrayList<>();
    for (String rater : key.raters()) {
      StudyForm form = form(rater);
      Path json = folder.resolve("answers-" + rater + ".json");
      Files.writeString(json, RecordJson.mapper().writeValueAsString(form));
      forms.add(FormFile.read(rater.equals("R2") ? filled(form) : json));
      assertThat(forms.get(forms.size() - 1)).isEqualTo(form);
    }
    return StudyResult.of(key, forms, null);
  }

  private Path filled(StudyForm form) throws IOException {
    Path csv = folder.resolve("raters").resolve("answers-" + form.rater() + ".csv");
    String text = Files.readString(csv);
    for (Map.Entry<String, Choice> e : form.comparisons().entrySet()) {
      text = text.replace(e.getKey() + ",", e.getKey() + "," + e.getValue().key());
    }
    for (Map.Entry<String, Rating> e : form.ratings().entrySet()) {
      String acceptable = e.getValue().acceptable() ? "yes" : "no";
      text =
          text.replace(
              e.getKey() + ",".repeat(14),
              e.getKey() + ",," + e.getValue().significant() + ",".repeat(12) + acceptable);
    }
    return Files.writeString(csv, text);
  }

  @Test
  void preferencesEqualADirectCount() throws IOException {
    StudyResult result = scored();
    int first = 0;
    int second = 0;
    int[] all = new int[3];
    for (int i = 0; i < RECORDS; i++) {
      int sum = 0;
      for (String rater : key.raters()) {
        int preference = preference(rater, "record" + i);
        all[preference + 1]++;
        sum += preference;
      }
      first += sum > 0 ? 1 : 0;
      second += sum < 0 ? 1 : 0;
    }
    assertThat(result.preferences()).hasSize(5);
    Preference records = result.preferences().get(0);
    assertThat(records.preferred()).isEqualTo(Proportion.of(first, first + second));
    Preference judgements = result.preferences().get(1);
    assertThat(judgements.preferred()).isEqualTo(Proportion.of(all[2], all[2] + all[0]));
    assertThat(judgements.equal()).isEqualTo(all[1]);
    assertThat(result.forms()).allMatch(f -> f.missing().isEmpty());
  }

  @Test
  void errorsEqualADirectCount() throws IOException {
    StudyResult result = scored();
    for (SystemRating rating : result.ratings()) {
      int total = 0;
      int clean = 0;
      for (int i = 0; i < RECORDS; i++) {
        int raters = 0;
        for (String rater : key.raters()) {
          int errors = errors(rater, "record" + i, rating.system());
          total += errors;
          raters += errors == 0 ? 1 : 0;
        }
        clean += raters >= 2 ? 1 : 0;
      }
      assertThat(rating.all().significant().total()).isEqualTo(total);
      assertThat(rating.all().significant().perRecord().mean())
          .isCloseTo(total / 3.0 / RECORDS, within(1e-12));
      assertThat(rating.acceptable().records()).isEqualTo(Proportion.of(clean, RECORDS));
      assertThat(rating.withoutSignificant()).isEqualTo(rating.acceptable());
    }
  }

  @Test
  void reportHasEveryTableAndEscapesNames() throws IOException {
    StudyReport report = new StudyReport(scored());
    report.write(folder.resolve("report"));
    String page = Files.readString(folder.resolve("report").resolve("study.html"));
    assertThat(page)
        .contains("two&lt;i&gt;&amp;")
        .doesNotContain("<i>", "http:", "https:", "<script", "src=");
    assertThat(report.text())
        .contains(
            "Which answer is better",
            "Answers on their own",
            "(f) Missed comparison",
            "Systems on the same records",
            "Agreement of two raters",
            "Agreement of all raters",
            "Forms");
    for (String heading : report.text().lines().filter(l -> !l.startsWith(" ")).toList()) {
      assertThat(page).contains(heading);
    }
    JsonNode json =
        RecordJson.mapper().readTree(folder.resolve("report").resolve("study.json").toFile());
    assertThat(json.at("/preferences/0/preferred/wilson95")).hasSize(2);
    assertThat(json.at("/ratings/1/errors/f/significant/total").asInt(-1)).isZero();
    assertThat(json.at("/agreement/groups")).hasSize(3);
    assertThat(json.at("/agreement/pairs")).hasSize(12);
  }
}
