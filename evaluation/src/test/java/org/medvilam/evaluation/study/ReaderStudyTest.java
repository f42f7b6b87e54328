package org.medvilam.evaluation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medvilam.evaluation.TestRecords.box;
import static org.medvilam.evaluation.TestRecords.boxes;
import static org.medvilam.evaluation.TestRecords.outlines;
import static org.medvilam.evaluation.TestRecords.question;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.report.PictureSource;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Task;

final class ReaderStudyTest {
  private static final String EVIL = "</script><script>alert('x')</script> & \"quoted\" <b>";
  private static final PictureSource PNG =
      record -> Optional.of(("PNG" + record.label()).getBytes(StandardCharsets.UTF_8));
  private static final StudyOptions BOTH =
      new StudyOptions(Design.BOTH, Ties.EXCLUDE, null, 100, 1, 2);

  @TempDir private Path folder;

  private static List<InstructionRecord> records(int n) {
    List<InstructionRecord> records = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      records.add(boxes("recordname" + i, "datasetname", "benign", box(0, 0, 100, 200)));
    }
    return records;
  }

  private static List<Prediction> all(List<InstructionRecord> records, String answer) {
    return records.stream().map(r -> new Prediction(r.id(), answer)).toList();
  }

  private static Map<String, List<Prediction>> two(List<InstructionRecord> records) {
    return Map.of(
        "betasystem", all(records, "[5, 5, 50, 50]"), "alphasystem", all(records, "[1, 1, 9, 9]"));
  }

  private String page(ReaderStudy study, String rater) throws IOException {
    study.write(folder);
    return Files.readString(folder.resolve("raters").resolve(rater + ".html"));
  }

  @Test
  void pagesHoldNothingOfTheKey() throws IOException {
    List<InstructionRecord> records = records(12);
    ReaderStudy study = ReaderStudy.draw(records, two(records), BOTH, PNG);
    study.write(folder);
    List<String> secrets = new ArrayList<>(List.of("alphasystem", "betasystem", "datasetname"));
    for (InstructionRecord record : records) {
      secrets.add(record.id());
      secrets.add(Hashing.hex(record.id()).substring(0, 12));
    }
    try (Stream<Path> files = Files.list(folder.resolve("raters"))) {
      List<Path> handedOut = files.toList();
      assertThat(handedOut).hasSize(4);
      for (Path file : handedOut) {
        assertThat(Files.readString(file))
            .doesNotContainIgnoringCase(secrets.toArray(String[]::new));
      }
    }
    assertThat(Files.readString(folder.resolve("key.json"))).contains("alphasystem", "recordname3");
  }

  @Test
  void codesAreSaltedWithAnswersThatThePageDoesNotShow() throws IOException {
    List<InstructionRecord> records = records(3);
    Map<String, List<Prediction>> changed =
        Map.of("alphasystem", all(records, "[1, 1, 9, 9]"), "betasystem", all(records, "other"));
    StudyKey before = ReaderStudy.draw(records, two(records), BOTH, PNG).key();
    StudyKey after = ReaderStudy.draw(records, changed, BOTH, PNG).key();
    assertThat(codes(after)).hasSize(9).doesNotContainAnyElementsOf(codes(before));
    assertThat(after.study()).isNotEqualTo(before.study());
  }

  private static List<String> codes(StudyKey key) {
    return Stream.concat(
            key.comparisons().stream().map(StudyKey.Comparison::code),
            key.answers().stream().map(StudyKey.Answer::code))
        .toList();
  }

  @Test
  void sidesAndOrdersDifferBetweenRatersAndAreBalanced() throws IOException {
    List<InstructionRecord> records = records(100);
    ReaderStudy study = ReaderStudy.draw(records, two(records), BOTH, PNG);
    for (String rater : List.of("R1", "R2")) {
      long left =
          study.key().comparisons().stream()
              .filter(c -> c.left().get(rater).equals("alphasystem"))
              .count();
      assertThat(left).isBetween(30L, 70L);
    }
    assertThat(study.key().comparisons())
        .anyMatch(c -> !c.left().get("R1").equals(c.left().get("R2")));
    List<String> one = shownCodes(page(study, "R1"));
    List<String> two = shownCodes(page(study, "R2"));
    assertThat(one).hasSize(300).isNotEqualTo(two);
    assertThat(one.subList(0, 100)).allMatch(c -> c.startsWith("c-"));
    assertThat(new HashSet<>(one))
        .isEqualTo(new HashSet<>(two))
        .isEqualTo(new HashSet<>(codes(study.key())));
  }

  private static List<String> shownCodes(String page) {
    Matcher m = Pattern.compile("data-code=\"([^\"]+)\"").matcher(page);
    return m.results().map(r -> r.group(1)).toList();
  }

  @Test
  void theAnswerOnTheLeftIsTheOneOfTheKey() throws IOException {
    List<InstructionRecord> records = records(20);
    ReaderStudy study = ReaderStudy.draw(records, two(records), BOTH, PNG);
    String page = page(study, "R1");
    for (StudyKey.Comparison c : study.key().comparisons()) {
      String item = page.substring(page.indexOf("data-code=\"" + c.code()));
      boolean alpha = item.indexOf("M1 1H9V9H1Z") < item.indexOf("M5 5H50V50H5Z");
      assertThat(c.left().get("R1")).isEqualTo(alpha ? "alphasystem" : "betasystem");
    }
  }

  @Test
  void pagesEscapeEveryText() throws IOException {
    InstructionRecord record = question("one");
    Map<String, List<Prediction>> systems =
        Map.of("a", all(List.of(record), EVIL), "b", all(List.of(record), " "));
    String page = page(ReaderStudy.draw(List.of(record), systems, BOTH, PNG), "R1");
    assertThat(page.split("<script", -1)).hasSize(2);
    assertThat(page)
        .contains(
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot; &lt;b&gt;")
        .contains("(empty answer)");
  }

  @Test
  void pagesNeedNoNetworkAndRunNoOtherScript() throws IOException {
    List<InstructionRecord> records = records(2);
    String page = page(ReaderStudy.draw(records, two(records), BOTH, PNG), "R1");
    assertThat(page)
        .doesNotContain("http:", "https:", "<link", "@import", "url(", "src=", "onclick")
        .containsPattern("script-src 'sha256-[A-Za-z0-9+/]{43}='")
        .contains("default-src 'none'");
    assertThat(page.split("data:image/png;base64,UE5HYmVuaWdu", -1)).hasSize(3);
  }

  @Test
  void outlinesAreDrawnAndWhatCannotBeReadIsText() throws IOException {
    InstructionRecord record = outlines("one", "d", box(0, 0, 500, 500));
    Map<String, List<Prediction>> systems =
        Map.of(
            "a", all(List.of(record), "<BOS> 1,1 9,1 9,9 <EOS>"),
            "b", all(List.of(record), "in the lower lobe"));
    String page = page(ReaderStudy.draw(List.of(record), systems, BOTH, PNG), "R1");
    assertThat(page)
        .contains("<path class=\"answer\" d=\"M1 1L9 1L9 9Z\"/>")
        .contains("<path class=\"truth\" d=\"M0 0L500 0L500 500L0 500Z\"/>")
        .contains("1 outline, drawn on the picture", "in the lower lobe")
        .doesNotContain("&lt;BOS&gt;", "BOS");
  }

  @Test
  void referenceIsShownWithRatingsOnly() throws IOException {
    InstructionRecord record = question("one");
    Map<String, List<Prediction>> systems =
        Map.of("a", all(List.of(record), "No"), "b", all(List.of(record), "Maybe"));
    StudyOptions pairs = new StudyOptions(Design.PAIRWISE, Ties.SPLIT, null, 9, 1, 1);
    String page = page(ReaderStudy.draw(List.of(record), systems, pairs, PNG), "R1");
    assertThat(page)
        .doesNotContain("Reference", "acceptable as it stands", ">Yes<")
        .contains("Equal answers count half for each system");
    StudyOptions alone = new StudyOptions(Design.INDEPENDENT, Ties.SPLIT, null, 9, 1, 1);
    page = page(ReaderStudy.draw(List.of(record), systems, alone, PNG), "R1");
    assertThat(page)
        .contains("Reference", ">Yes<", "(a) False finding", "(f) Missed comparison")
        .doesNotContain("Which answer is better");
  }

  @Test
  void whatCannotBeShownIsNamed() throws IOException {
    List<InstructionRecord> records = records(4);
    Map<String, List<Prediction>> systems =
        Map.of("a", all(records, "x"), "b", all(records.subList(1, 4), "y"));
    PictureSource some =
        record -> record.id().equals("recordname2") ? Optional.empty() : PNG.png(record);
    StudyKey key = ReaderStudy.draw(records, systems, BOTH, some).key();
    assertThat(key.leftOut())
        .containsExactlyInAnyOrder(
            new StudyKey.LeftOut("recordname0", "no-answer", List.of("b")),
            new StudyKey.LeftOut("recordname2", "no-picture", List.of()));
    assertThat(key.records()).isEqualTo(2);
  }

  @Test
  void itemsAreTheFirstByHashAndTasksCanBeChosen() throws IOException {
    List<InstructionRecord> records = new ArrayList<>(records(30));
    records.add(question("asked"));
    StudyKey ten = ReaderStudy.draw(records, two(records), items(10, null), PNG).key();
    StudyKey five = ReaderStudy.draw(records, two(records), items(5, null), PNG).key();
    assertThat(shown(ten)).hasSize(10).containsAll(shown(five));
    assertThat(shown(ReaderStudy.draw(records, two(records), items(99, Task.VQA), PNG).key()))
        .containsExactly("asked");
  }

  private static StudyOptions items(int n, Task task) {
    return new StudyOptions(Design.PAIRWISE, Ties.EXCLUDE, task, n, 1, 1);
  }

  private static List<String> shown(StudyKey key) {
    return key.comparisons().stream().map(StudyKey.Comparison::recordId).toList();
  }

  @Test
  void everyPairOfSystemsIsCompared() throws IOException {
    List<InstructionRecord> records = records(2);
    Map<String, List<Prediction>> systems =
        Map.of("a", all(records, "x"), "b", all(records, "y"), "c", all(records, "z"));
    StudyKey key = ReaderStudy.draw(records, systems, BOTH, PNG).key();
    assertThat(key.comparisons().stream().map(c -> c.first() + c.second()).distinct())
        .containsExactly("ab", "ac", "bc");
    assertThat(key.items()).isEqualTo(6 + 6);
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    List<InstructionRecord> records = records(5);
    ReaderStudy.draw(records, two(records), BOTH, PNG).write(folder.resolve("1"));
    List<InstructionRecord> turned = new ArrayList<>(records);
    Collections.reverse(turned);
    ReaderStudy.draw(turned, two(turned), BOTH, PNG).write(folder.resolve("2"));
    for (String file :
        List.of("key.json", "raters/R1.html", "raters/R2.html", "raters/answers-R1.csv")) {
      assertThat(folder.resolve("1").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("2").resolve(file));
    }
  }

  @Test
  void answersThatDoNotFitAreRefused() {
    List<InstructionRecord> records = records(2);
    List<Prediction> foreign = List.of(new Prediction("elsewhere", "x"));
    List<Prediction> twice =
        List.of(new Prediction("recordname0", "x"), new Prediction("recordname0", "y"));
    for (List<Prediction> wrong : List.of(foreign, twice)) {
      assertThatThrownBy(
              () ->
                  ReaderStudy.draw(records, Map.of("a", all(records, "x"), "b", wrong), BOTH, PNG))
          .isInstanceOf(StudyException.class)
          .hasMessageStartingWith("b: expected");
    }
    assertThatThrownBy(() -> ReaderStudy.draw(records, Map.of("a", all(records, "x")), BOTH, PNG))
        .hasMessageContaining("at least 2 systems");
    assertThatThrownBy(
            () -> ReaderStudy.draw(records, two(records), BOTH, record -> Optional.empty()))
        .hasMessageContaining("found none among 2");
  }
}
