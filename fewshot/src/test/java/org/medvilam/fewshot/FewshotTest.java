package org.medvilam.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.fewshot.picture.PictureMode;
import org.medvilam.records.Finding;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.store.LocalStore;

/** Draws by groups and names; pictures are not compared. */
final class FewshotTest {
  private static final FewshotOptions GROUPS =
      FewshotOptions.standard().withPictures(PictureMode.NONE);

  @TempDir private Path folder;
  private TestRuns data;
  private int outputs;

  @BeforeEach
  void start() {
    data = new TestRuns(folder);
  }

  @Test
  void takesTheFirstImagesInHashOrder() throws IOException {
    for (int i = 0; i < 50; i++) {
      data.add("busi", "p" + i, "image:p" + i, Split.TRAIN, "cyst");
    }
    List<String> expected =
        data.records().stream()
            .map(r -> r.media().id())
            .distinct()
            .sorted(Comparator.comparing(id -> Hashing.hex("1|busi|cyst|" + id)))
            .limit(20)
            .toList();
    assertThat(chosen(draw(GROUPS))).isEqualTo(expected);
  }

  @Test
  void fiveShotsAreTheFirstFiveOfTwenty() throws IOException {
    for (int i = 0; i < 60; i++) {
      data.add("busi", "p" + i, "patient:" + i % 37, Split.TRAIN, "cyst");
    }
    assertThat(chosen(draw(GROUPS)).subList(0, 5)).isEqualTo(chosen(draw(GROUPS.withShots(5))));
  }

  @Test
  void inputOrderDoesNotMatter() throws IOException {
    for (int i = 0; i < 60; i++) {
      data.add("busi", "p" + i, "patient:" + i % 23, Split.TRAIN, "cyst");
    }
    List<String> before = chosen(draw(GROUPS.withShots(10)));
    data.shuffle(5);
    assertThat(chosen(draw(GROUPS.withShots(10)))).isEqualTo(before);
  }

  @Test
  void takesOneImagePerGroup() throws IOException {
    for (int i = 0; i < 60; i++) {
      data.add("busi", "p" + i, "patient:" + i % 4, Split.TRAIN, "cyst");
    }
    assertThat(draw(GROUPS).chosen())
        .extracting(FewshotReport.Chosen::group)
        .doesNotHaveDuplicates();
  }

  @Test
  void shortfallSaysHowManyThereWere() throws IOException {
    for (int i = 0; i < 12; i++) {
      data.add("busi", "p" + i, "image:p" + i, Split.TRAIN, "cyst");
    }
    assertThat(draw(GROUPS).shortfalls())
        .extracting(Object::toString)
        .containsExactly("busi/cyst: 12 of 20 available");
  }

  @Test
  void anotherSeedIsAnotherDraw() throws IOException {
    for (int i = 0; i < 100; i++) {
      data.add("busi", "p" + i, "image:p" + i, Split.TRAIN, "cyst");
    }
    Fewshot fewshot = data.fewshot(data.write(), GROUPS.withShots(10));
    FewshotReport one = fewshot.write(LocalStore.of(folder.resolve("one")), 1);
    FewshotReport two = fewshot.write(LocalStore.of(folder.resolve("two")), 2);
    assertThat(chosen(one)).isNotEqualTo(chosen(two));
  }

  @Test
  void perDatasetIgnoresLabels() throws IOException {
    for (int i = 0; i < 40; i++) {
      data.add("busi", "p" + i, "image:p" + i, Split.TRAIN, i % 2 == 0 ? "cyst" : "node");
    }
    assertThat(draw(GROUPS.withShots(10).withPerDataset()).chosen()).hasSize(10);
  }

  @ParameterizedTest
  @EnumSource(DrawMethod.class)
  void whatIsChosenIsWrittenAndNothingElse(DrawMethod method) throws IOException {
    for (int i = 0; i < 40; i++) {
      List<String> labels = i % 3 == 0 ? List.of("cyst", "node") : List.of("cyst");
      data.add("busi", "p" + i, "image:p" + i, Split.TRAIN, labels);
    }
    FewshotReport report = draw(GROUPS.withShots(4).withMethod(method));
    boolean whole = method == DrawMethod.GLIP;
    Set<String> chosen = new TreeSet<>();
    report.chosen().forEach(c -> chosen.add(c.mediaId() + (whole ? "" : c.label())));
    Set<String> written = new TreeSet<>();
    trained().forEach(r -> written.add(r.media().id() + (whole ? "" : r.label())));
    assertThat(written).isEqualTo(chosen);
    assertThat(trained()).allMatch(r -> r.task() == Task.LOCALIZATION);
    assertThat(report.records().get("train")).isEqualTo(trained().size());
  }

  @Test
  void glipWritesEveryLabelOfAPicture() throws IOException {
    data.add("busi", "both", "image:both", Split.TRAIN, List.of("cyst", "node"));
    draw(GROUPS.withShots(1).withMethod(DrawMethod.GLIP));
    assertThat(trained()).extracting(InstructionRecord::label).containsExactly("cyst", "node");
  }

  @Test
  void instancesOfSeveralRecordsOfAPictureAddUp() throws IOException {
    data.add("busi", "three", "image:three", Split.TRAIN, List.of("cyst", "cyst", "cyst"));
    data.add("busi", "two", "image:two", Split.TRAIN, List.of("cyst", "cyst"));
    FewshotReport report = draw(GROUPS.withShots(3).withMethod(DrawMethod.INSTANCES));
    assertThat(report.chosen()).extracting(FewshotReport.Chosen::instances).containsExactly(2);
    assertThat(report.shortfalls())
        .extracting(Object::toString)
        .containsExactly("busi/cyst: 2 of 3 available");
  }

  @Test
  void patientSeenInTestIsExcludedWithTheReason() throws IOException {
    data.add("busi", "seen", "patient:1", Split.TRAIN, "cyst");
    data.add("busi", "free", "patient:2", Split.TRAIN, "cyst");
    data.add("busi", "held", "patient:1", Split.TEST, "cyst");
    assertThat(chosen(draw(GROUPS))).containsExactly("free");
    assertThat(exclusions())
        .containsExactly("busi/seen/localization/cyst/0 patient:1 group its group is in busi test");
  }

  @Test
  void patientSeenInValidationIsExcludedToo() throws IOException {
    data.add("busi", "seen", "patient:1", Split.TRAIN, "cyst");
    data.add("busi", "held", "patient:1", Split.VALIDATION, "cyst");
    assertThat(draw(GROUPS).chosen()).isEmpty();
  }

  @Test
  void caseSeenInTheTestOfAPoolMemberIsExcluded() throws IOException {
    data.add("sun", "frame", "video:case7", Split.TRAIN, "polyp");
    data.add("sun-seg", "mask", "video:case7_2", Split.TEST, "polyp");
    assertThat(draw(GROUPS).chosen()).isEmpty();
    assertThat(exclusions())
        .containsExactly(
            "sun/frame/localization/polyp/0 video:case7 pool case number of SUN 7, pool sun, is in sun-seg test");
  }

  @Test
  void fileNameSeenInTheTestOfAPoolMemberTakesItsLesionAlong() throws IOException {
    data.add("ham10000", "ISIC_0024306", "lesion:1", Split.TRAIN, "naevus");
    data.add("ham10000", "ISIC_0024307", "lesion:1", Split.TRAIN, "naevus");
    data.add("isic18", "ISIC_0024306", "image:ISIC_0024306", Split.TEST, "naevus");
    assertThat(draw(GROUPS).chosen()).isEmpty();
    assertThat(exclusions())
        .anyMatch(e -> e.contains("ISIC_0024306 ") || e.contains("id in the ISIC archive"))
        .anyMatch(e -> e.contains(" linked ") && e.contains("isic18 test"));
  }

  @Test
  void linksAreFollowedToTheEnd() throws IOException {
    data.add("ham10000", "ISIC_0000001", "lesion:1", Split.TRAIN, "naevus");
    data.add("ham10000", "ISIC_0000002", "lesion:1", Split.TRAIN, "naevus");
    data.add("isic18", "ISIC_0000002", "lesion:2", Split.TRAIN, "naevus");
    data.add("isic18", "ISIC_0000003", "lesion:2", Split.TRAIN, "naevus");
    data.add("isic16", "ISIC_0000003", "image:3", Split.TEST, "naevus");
    assertThat(draw(GROUPS).chosen()).isEmpty();
  }

  @Test
  void poolWhosePicturesWereNotComparedIsUnproven() throws IOException {
    data.add("chestx-det", "1", "image:1", Split.TRAIN, "mass");
    data.add("rsna-pneumonia", "b", "image:b", Split.TEST, "opacity");
    assertThat(draw(GROUPS).leaks().unproven())
        .anyMatch(u -> u.contains("chestx-det and rsna-pneumonia share pictures"))
        .anyMatch(u -> u.contains("--pictures none"));
  }

  @Test
  void namesThatLeadToNoKeyAreUnproven() throws IOException {
    data.add("luna16", "a", "study:a", Split.TRAIN, "nodule");
    assertThat(draw(GROUPS).leaks().unproven())
        .anyMatch(u -> u.contains("luna16") && u.contains("no key of the pool lidc-idri"));
  }

  @Test
  void datasetsThatSharePicturesElsewhereAreNamed() throws IOException {
    data.add("sun", "frame", "video:case7", Split.TRAIN, "polyp");
    assertThat(draw(GROUPS).leaks().notes())
        .anyMatch(n -> n.contains("sun-seg (pool sun), not part of this subset"));
  }

  @Test
  void partsThatAreMissingAreNamed() throws IOException {
    data.add("busi", "a", "image:a", Split.TRAIN, "cyst");
    data.add("busi", "b", "image:b", null, "cyst");
    assertThat(draw(GROUPS).leaks().notes())
        .contains("busi: no localization record is in its test part")
        .anyMatch(
            n -> n.startsWith("busi: ") && n.endsWith("records without a split take no part"));
  }

  @Test
  void withheldTestIsCarvedByGroup() throws IOException {
    for (int i = 0; i < 200; i++) {
      Split split = i < 150 ? Split.TRAIN : Split.VALIDATION;
      data.add("tbx11k", "tb" + i, "image:tb" + i, split, "tb");
    }
    FewshotReport report = draw(GROUPS);
    assertThat(report.records().get("test")).isBetween(20L, 60L);
    Set<String> test = new HashSet<>();
    last().forEach(Split.TEST, r -> test.add(r.group()));
    assertThat(report.chosen()).noneMatch(c -> test.contains(c.group()));
  }

  @Test
  void validationIsTheTestPartWhereThePaperScoresIt() throws IOException {
    data.add("endovis18", "seq_1/frame000", "video:seq_1", Split.TRAIN, "clip applier");
    data.add("endovis18", "seq_2/frame000", "video:seq_2", Split.VALIDATION, "clip applier");
    data.add("endovis18", "test/seq_1/frame000", "video:test/seq_1", Split.TEST, "clip applier");
    FewshotReport report = draw(GROUPS);
    assertThat(chosen(report)).containsExactly("seq_1/frame000");
    List<String> test = new ArrayList<>();
    last().forEach(Split.TEST, r -> test.add(r.media().id() + " " + r.split().key()));
    assertThat(test).containsExactlyInAnyOrder("seq_2/frame000 test", "test/seq_1/frame000 test");
    assertThat(report.leaks().notes())
        .anyMatch(n -> n.contains("the validation part is the test part"));
  }

  @Test
  void volumesServeALabelWithoutStillPictures() throws IOException {
    Box3d box = new Box3d(1, 1, 1, 5, 5, 5);
    for (String label : List.of("nodule", "plaque")) {
      Media volume = Media.volume("v-" + label, label + ".nii", 50, 50, 50, "LPS");
      Finding finding = Finding.of(label, label, box, TestRuns.SOURCE);
      data.add(
          new Sample(
              "busi",
              volume,
              Split.TRAIN,
              "ct",
              "patient:" + label,
              TestRuns.SOURCE,
              List.of(),
              List.of(finding)));
    }
    data.add("busi", "slice", "patient:3", Split.TRAIN, "nodule");
    assertThat(chosen(draw(GROUPS))).containsExactly("slice", "v-plaque");
    assertThat(trained()).extracting(r -> r.media().type()).contains(MediaType.VOLUME);
  }

  @Test
  void sliceOfATestVolumeIsExcludedByItsPatient() throws IOException {
    Media volume = Media.volume("v", "v.nii", 50, 50, 50, "LPS");
    data.add("busi", volume, "patient:1", Split.TEST, List.of());
    data.add(
        "busi",
        Media.volume("w", "w.nii", 50, 50, 50, "LPS"),
        "patient:1",
        Split.TEST,
        List.of("nodule"));
    data.add("busi", "slice", "patient:1", Split.TRAIN, "nodule");
    assertThat(draw(GROUPS).chosen()).isEmpty();
  }

  @Test
  void datasetGivenTwiceIsRefused() throws IOException {
    data.add("busi", "a", "image:a", Split.TRAIN, "cyst");
    RunFolder run = data.write().get(0);
    assertThatThrownBy(() -> data.fewshot(List.of(run, run), GROUPS))
        .hasMessageContaining("two of busi");
  }

  @Test
  void parquetGivesTheSameSubset() throws IOException {
    for (int i = 0; i < 60; i++) {
      data.add("busi", "p" + i, "patient:" + i % 23, i % 3 == 0 ? Split.TEST : Split.TRAIN, "cyst");
    }
    draw(GROUPS);
    byte[] json = last().store().readAll(Fewshot.REPORT);
    String files = last().manifest().files().toString();
    outputs++;
    data.fewshot(data.write(3, RecordFormat.PARQUET), GROUPS).write(output(), 1);
    assertThat(last().store().readAll(Fewshot.REPORT)).isEqualTo(json);
    assertThat(last().manifest().files()).hasToString(files);
  }

  private FewshotReport draw(FewshotOptions options) throws IOException {
    List<RunFolder> runs = data.write();
    outputs++;
    return data.fewshot(runs, options).write(output(), 1);
  }

  private LocalStore output() {
    return LocalStore.of(folder.resolve("out" + outputs));
  }

  private RunFolder last() throws IOException {
    return RunFolder.open(output());
  }

  private List<InstructionRecord> trained() throws IOException {
    List<InstructionRecord> records = new ArrayList<>();
    last().forEach(Split.TRAIN, records::add);
    return records;
  }

  private List<String> exclusions() throws IOException {
    JsonNode report = RecordJson.mapper().readTree(output().readAll(Fewshot.REPORT));
    List<String> lines = new ArrayList<>();
    for (JsonNode e : report.path("exclusions")) {
      lines.add(
          String.join(
              " ",
              e.path("record").asText(),
              e.path("group").asText(),
              e.path("kind").asText(),
              e.path("reason").asText()));
    }
    return lines;
  }

  private static List<String> chosen(FewshotReport report) {
    return report.chosen().stream().map(FewshotReport.Chosen::mediaId).toList();
  }
}
