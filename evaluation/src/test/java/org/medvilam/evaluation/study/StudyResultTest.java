package org.medvilam.evaluation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.medvilam.evaluation.study.TestStudies.choice;
import static org.medvilam.evaluation.study.TestStudies.form;
import static org.medvilam.evaluation.study.TestStudies.key;
import static org.medvilam.evaluation.study.TestStudies.rating;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.evaluation.statistic.Kappa;
import org.medvilam.evaluation.statistic.McNemar;
import org.medvilam.evaluation.statistic.Proportion;
import org.medvilam.records.codec.RecordJson;

final class StudyResultTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  private static JsonNode golden;

  @BeforeAll
  static void read() throws IOException {
    golden =
        RecordJson.mapper()
            .readTree(
                StudyResultTest.class.getResourceAsStream(
                    "/org/medvilam/evaluation/statistic/ratings.json"));
  }

  /** Returns choices of a rater who prefers a (1), b (-1) or neither (0), record by record. */
  private static Map<String, Choice> choices(StudyKey key, String rater, int... preferences) {
    Map<String, Choice> choices = new HashMap<>();
    for (int i = 0; i < preferences.length; i++) {
      choices.put("c-" + i, choice(key.comparisons().get(i), rater, preferences[i]));
    }
    return choices;
  }

  private static Preference over(StudyResult result, String what) {
    return result.preferences().stream().filter(p -> p.over().equals(what)).findFirst().get();
  }

  @Test
  void preferenceOf161InTwoHundredIsThePublishedOne() {
    StudyKey key = key(200, Ties.EXCLUDE, "R1");
    int[] preferences = new int[200];
    for (int i = 0; i < 200; i++) {
      preferences[i] = i < 161 ? 1 : -1;
    }
    StudyForm form = form("R1", choices(key, "R1", preferences), Map.of());
    StudyResult result = StudyResult.of(key, List.of(form), null);
    assertThat(result.preferences()).hasSize(1);
    Preference p = over(result, Preference.RECORDS);
    JsonNode expected = golden.at("/proportions/0");
    assertThat(p.firstBetter()).isEqualTo(161);
    assertThat(p.preferred().proportion()).isCloseTo(0.805, CLOSE);
    assertThat(p.preferred().wilson95().low())
        .isCloseTo(expected.at("/wilson95/0").asDouble(), CLOSE);
    assertThat(p.preferred().clopperPearson95().high())
        .isCloseTo(expected.at("/clopper_pearson95/1").asDouble(), CLOSE);
    assertThat(p.p()).isCloseTo(expected.get("p").asDouble(), within(1e-25));
  }

  @Test
  void tiesAreLeftOutOrSplitInHalves() {
    StudyKey key = key(6, Ties.EXCLUDE, "R1");
    List<StudyForm> forms = List.of(form("R1", choices(key, "R1", 1, 1, -1, 0, 0, 0), Map.of()));
    Preference left = over(StudyResult.of(key, forms, null), Preference.RECORDS);
    assertThat(left.preferred()).isEqualTo(Proportion.of(2, 3));
    assertThat(left.equal()).isEqualTo(3);
    StudyResult split = StudyResult.of(key, forms, Ties.SPLIT);
    assertThat(over(split, Preference.RECORDS).preferred()).isEqualTo(Proportion.of(3, 5));
    assertThat(new StudyReport(split).notices().get(0))
        .isEqualTo(
            "The pages declared that equal answers are left out of the preference; here they count"
                + " half for each system.");
  }

  @Test
  void recordsAreDecidedByMostOfTheirRaters() {
    StudyKey key = key(4, Ties.EXCLUDE, "R1", "R2", "R3");
    List<StudyForm> forms =
        List.of(
            form("R1", choices(key, "R1", 1, 1, 1, -1), Map.of()),
            form("R2", choices(key, "R2", 1, -1, 0, -1), Map.of()),
            form("R3", choices(key, "R3", -1, 0, 0, -1), Map.of()));
    StudyResult result = StudyResult.of(key, forms, null);
    assertThat(over(result, Preference.RECORDS).preferred()).isEqualTo(Proportion.of(2, 3));
    assertThat(over(result, Preference.RECORDS).equal()).isEqualTo(1);
    assertThat(over(result, Preference.JUDGEMENTS).preferred()).isEqualTo(Proportion.of(4, 9));
    assertThat(over(result, "R2").preferred()).isEqualTo(Proportion.of(1, 3));
  }

  @Test
  void agreementOnErrorsIsTheGoldenOne() {
    StudyKey key = key(10, Ties.EXCLUDE, "R1", "R2");
    StudyResult result =
        StudyResult.of(
            key,
            List.of(
                form("R1", Map.of(), errors(golden.at("/cohen/a"))),
                form("R2", Map.of(), errors(golden.at("/cohen/b")))),
            null);
    Agreement.Pair pair =
        result.agreement().pairs().stream()
            .filter(p -> p.aspect() == Aspect.SIGNIFICANT_ERRORS)
            .findFirst()
            .get();
    assertThat(pair.items()).isEqualTo(10);
    assertThat(pair.kappa()).isCloseTo(golden.at("/cohen/kappa").asDouble(), CLOSE);
    assertThat(pair.kappaLinear()).isCloseTo(golden.at("/cohen/kappa_linear").asDouble(), CLOSE);
    assertThat(pair.kappaQuadratic())
        .isCloseTo(golden.at("/cohen/kappa_quadratic").asDouble(), CLOSE);
    assertThat(pair.tau()).isCloseTo(golden.at("/rank/2/kendall_tau_b").asDouble(), CLOSE);
  }

  private static Map<String, Rating> errors(JsonNode counts) {
    Map<String, Rating> ratings = new HashMap<>();
    for (int i = 0; i < counts.size(); i++) {
      ratings.put("r-a" + i, rating(counts.get(i).asInt(), 0, true));
    }
    return ratings;
  }

  @Test
  void systemsOnTheSameRecordsAreTheGoldenOnes() {
    JsonNode x = golden.at("/wilcoxon/x");
    JsonNode y = golden.at("/wilcoxon/y");
    Map<String, Rating> ratings = new HashMap<>();
    for (int i = 0; i < x.size(); i++) {
      ratings.put("r-a" + i, rating(x.get(i).asInt(), 0, true));
      ratings.put("r-b" + i, rating(y.get(i).asInt(), 0, i < 4));
    }
    StudyResult result =
        StudyResult.of(key(10, Ties.EXCLUDE, "R1"), List.of(form("R1", Map.of(), ratings)), null);
    SystemPair pair = result.pairs().get(0);
    assertThat(pair.records()).isEqualTo(10);
    assertThat(pair.significantErrors().statistic())
        .isEqualTo(golden.at("/wilcoxon/stat").asDouble());
    assertThat(pair.significantErrors().p())
        .isCloseTo(golden.at("/wilcoxon/p_normal_approx").asDouble(), CLOSE);
    assertThat(pair.acceptable()).isEqualTo(McNemar.of(4, 6, 0, 0));
  }

  @Test
  void allRatersTogetherAgreeAsFleissHasIt() {
    int[][] table = {{2, 0, 1}, {0, 3, 0}, {1, 1, 1}, {3, 0, 0}};
    int[][] preferences = {{1, 0, 1, 1}, {1, 0, 0, 1}, {-1, 0, -1, 1}};
    StudyKey key = key(5, Ties.EXCLUDE, "R1", "R2", "R3");
    List<StudyForm> forms =
        List.of(
            form("R1", choices(key, "R1", preferences[0]), Map.of()),
            form("R2", choices(key, "R2", preferences[1]), Map.of()),
            form("R3", choices(key, "R3", preferences[2]), Map.of()));
    Agreement.Group group = StudyResult.of(key, forms, null).agreement().groups().get(0);
    assertThat(group.aspect()).isEqualTo(Aspect.PREFERENCE);
    assertThat(group.items()).isEqualTo(4);
    assertThat(group.fleiss()).isEqualTo(Kappa.fleiss(reversed(table)));
  }

  /** Columns are b, neither, a in ascending order of the preference. */
  private static int[][] reversed(int[][] table) {
    int[][] out = new int[table.length][];
    for (int i = 0; i < table.length; i++) {
      out[i] = new int[] {table[i][2], table[i][1], table[i][0]};
    }
    return out;
  }

  @Test
  void errorsAreCountedByCategoryAndRecord() {
    StudyKey key = key(2, Ties.EXCLUDE, "R1", "R2");
    List<StudyForm> forms =
        List.of(
            form("R1", Map.of(), Map.of("r-a0", rating(3, 1, false), "r-a1", rating(0, 2, true))),
            form("R2", Map.of(), Map.of("r-a0", rating(0, 0, true), "r-a1", rating(0, 0, true))));
    SystemRating a = StudyResult.of(key, forms, null).ratings().get(0);
    SystemRating.Errors found = a.errors().get(ErrorCategory.FALSE_FINDING);
    assertThat(found.significant().total()).isEqualTo(3);
    assertThat(found.significant().perRecord().mean()).isEqualTo(0.75);
    assertThat(found.insignificant().perRecord().mean()).isEqualTo(0.75);
    assertThat(a.errors().get(ErrorCategory.WRONG_SEVERITY).significant().total()).isZero();
    assertThat(a.all()).isEqualTo(found);
    assertThat(a.withoutSignificant()).isEqualTo(new SystemRating.Majority(Proportion.of(1, 1), 1));
    assertThat(a.acceptable()).isEqualTo(new SystemRating.Majority(Proportion.of(1, 1), 1));
    assertThat(a.ratings()).isEqualTo(4);
  }

  @Test
  void missingItemsAreNamedAndUnfinishedRatingsDoNotCount() {
    StudyKey key = key(1, Ties.EXCLUDE, "R1", "R2");
    StudyForm form = form("R1", choices(key, "R1", 1), Map.of("r-a0", rating(2, 0, null)));
    StudyResult result = StudyResult.of(key, List.of(form), null);
    assertThat(result.forms())
        .containsExactly(
            new StudyResult.Received("R1", 3, 1, List.of("r-a0", "r-b0")),
            new StudyResult.Received("R2", 3, 0, List.of("c-0", "r-a0", "r-b0")));
    assertThat(result.ratings()).isEmpty();
    assertThat(new StudyReport(result).notices())
        .containsExactly(
            "R1 left 2 of 3 items without an answer: r-a0, r-b0.", "R2 answered none of 3 items.");
  }

  @Test
  void formsThatDoNotBelongAreRefused() {
    StudyKey key = key(1, Ties.EXCLUDE, "R1");
    StudyForm good = form("R1", Map.of("c-0", Choice.LEFT), Map.of());
    StudyForm other = new StudyForm("s-2", "R1", Map.of(), Map.of());
    Map<String, List<StudyForm>> wrong =
        Map.of(
            "found one of s-2", List.of(other),
            "found a second one of R1", List.of(good, good),
            "found one of 'R9'", List.of(form("R9", Map.of(), Map.of())),
            "the first: c-7", List.of(form("R1", Map.of("c-7", Choice.LEFT), Map.of())),
            "the first: r-a0", List.of(form("R1", Map.of("r-a0", Choice.LEFT), Map.of())));
    wrong.forEach(
        (message, forms) ->
            assertThatThrownBy(() -> StudyResult.of(key, forms, null))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "\u0000PNG", "{\"study\": \"s-1\"}"})
  void whatIsNoKeyIsNamed(String text, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key.json"), text);
    assertThatThrownBy(() -> StudyKey.read(file))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("expected the key.json");
  }
}
