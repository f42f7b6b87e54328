package org.medvilam.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.Finding;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordWriter;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

final class FewshotTest {
  private static final Source SOURCE = new Source("labels.csv", null);

  @TempDir private Path folder;
  private final List<InstructionRecord> records = new ArrayList<>();
  private int outputs;

  @Test
  void takesTheFirstImagesInHashOrder() throws IOException {
    for (int i = 0; i < 50; i++) {
      add("busi", "p" + i, "image:p" + i, Split.TRAIN, "cyst");
    }
    List<String> expected =
        records.stream()
            .map(r -> r.media().id())
            .sorted(Comparator.comparing(id -> Hashing.hex("1|busi|cyst|" + id)))
            .limit(20)
            .toList();
    assertThat(chosen(draw(20, 1, false))).isEqualTo(expected);
  }

  @Test
  void fiveShotsAreTheFirstFiveOfTwenty() throws IOException {
    for (int i = 0; i < 60; i++) {
      add("busi", "p" + i, "patient:" + i % 37, Split.TRAIN, "cyst");
    }
    assertThat(chosen(draw(20, 1, false)).subList(0, 5)).isEqualTo(chosen(draw(5, 1, false)));
  }

  @Test
  void inputOrderDoesNotMatter() throws IOException {
    for (int i = 0; i < 60; i++) {
      add("busi", "p" + i, "patient:" + i % 23, Split.TRAIN, "cyst");
    }
    List<String> before = chosen(draw(10, 3, false));
    Collections.shuffle(records, new Random(5));
    assertThat(chosen(draw(10, 3, false))).isEqualTo(before);
  }

  @Test
  void takesOneImagePerGroup() throws IOException {
    for (int i = 0; i < 60; i++) {
      add("busi", "p" + i, "patient:" + i % 4, Split.TRAIN, "cyst");
    }
    FewshotReport report = draw(20, 1, false);
    assertThat(report.chosen()).extracting(FewshotReport.Chosen::group).doesNotHaveDuplicates();
  }

  @Test
  void shortfallSaysHowManyThereWere() throws IOException {
    for (int i = 0; i < 12; i++) {
      add("busi", "p" + i, "image:p" + i, Split.TRAIN, "cyst");
    }
    assertThat(draw(20, 1, false).shortfalls())
        .extracting(Object::toString)
        .containsExactly("busi/cyst: 12 of 20 available");
  }

  @Test
  void anotherSeedIsAnotherDraw() throws IOException {
    for (int i = 0; i < 100; i++) {
      add("busi", "p" + i, "image:p" + i, Split.TRAIN, "cyst");
    }
    assertThat(chosen(draw(10, 1, false))).isNotEqualTo(chosen(draw(10, 2, false)));
  }

  @Test
  void perDatasetIgnoresLabels() throws IOException {
    for (int i = 0; i < 40; i++) {
      add("busi", "p" + i, "image:p" + i, Split.TRAIN, i % 2 == 0 ? "cyst" : "node");
    }
    assertThat(draw(10, 1, true).chosen()).hasSize(10);
  }

  @Test
  void patientSeenInTestIsExcludedWithTheReason() throws IOException {
    add("busi", "seen", "patient:1", Split.TRAIN, "cyst");
    add("busi", "free", "patient:2", Split.TRAIN, "cyst");
    add("busi", "held", "patient:1", Split.TEST, "cyst");
    FewshotReport report = draw(20, 1, false);
    assertThat(chosen(report)).containsExactly("free");
    assertThat(report.exclusions())
        .containsExactly(
            new FewshotReport.Exclusion(
                "busi/seen/localization/cyst/0", "patient:1", "its group is in busi test"));
  }

  @Test
  void patientSeenInValidationIsExcludedToo() throws IOException {
    add("busi", "seen", "patient:1", Split.TRAIN, "cyst");
    add("busi", "held", "patient:1", Split.VALIDATION, "cyst");
    assertThat(draw(20, 1, false).chosen()).isEmpty();
  }

  @Test
  void patientSeenInTheTestOfAPoolMemberIsExcluded() throws IOException {
    add("sun", "frame", "video:7", Split.TRAIN, "polyp");
    add("sun-seg", "mask", "video:7", Split.TEST, "polyp");
    assertThat(draw(20, 1, false).chosen()).isEmpty();
  }

  @Test
  void poolThatOnlyPicturesJoinIsUnproven() throws IOException {
    add("ham10000", "a", "lesion:1", Split.TRAIN, "naevus");
    add("isic16", "b", "image:b", Split.TEST, "naevus");
    assertThat(draw(20, 1, false).unproven())
        .anyMatch(u -> u.contains("ham10000 and isic16") && u.contains("isic-archive"));
  }

  @Test
  void withheldTestIsCarvedByGroup() throws IOException {
    for (int i = 0; i < 200; i++) {
      add("tbx11k", "tb" + i, "image:tb" + i, i < 150 ? Split.TRAIN : Split.VALIDATION, "tb");
    }
    FewshotReport report = draw(20, 1, false);
    assertThat(report.records().get("test")).isBetween(20L, 60L);
    Set<String> test = new HashSet<>();
    last().forEach(Split.TEST, r -> test.add(r.group()));
    assertThat(report.chosen()).noneMatch(c -> test.contains(c.group()));
  }

  @Test
  void validationIsTheTestPartWhereThePaperScoresIt() throws IOException {
    add("endovis18", "seq_1/frame000", "video:seq_1", Split.TRAIN, "clip applier");
    add("endovis18", "seq_2/frame000", "video:seq_2", Split.VALIDATION, "clip applier");
    add("endovis18", "test/seq_1/frame000", "video:test/seq_1", Split.TEST, "clip applier");
    FewshotReport report = draw(20, 1, false);
    assertThat(chosen(report)).containsExactly("seq_1/frame000");
    List<String> test = new ArrayList<>();
    last().forEach(Split.TEST, r -> test.add(r.media().id() + " " + r.split().key()));
    assertThat(test).containsExactlyInAnyOrder("seq_2/frame000 test", "test/seq_1/frame000 test");
    assertThat(report.notes()).anyMatch(n -> n.contains("the validation part is the test part"));
  }

  @Test
  void datasetGivenTwiceIsRefused() throws IOException {
    add("busi", "a", "image:a", Split.TRAIN, "cyst");
    RunFolder run = run("busi");
    assertThatThrownBy(() -> new Fewshot(List.of(run, run), new FewshotOptions(1, 1, false)))
        .hasMessageContaining("two of busi");
  }

  private void add(String dataset, String id, String group, @Nullable Split split, String label) {
    Media media = Media.image(id, id + ".png", 100, 100);
    Finding finding = Finding.of(label, label, new Box(10, 10, 40, 50), SOURCE);
    Sample sample =
        new Sample(dataset, media, split, "us", group, SOURCE, List.of(), List.of(finding));
    records.addAll(
        new Instructor(InstructionOptions.standard(), dataset + "/1").instruct(sample).records());
  }

  private FewshotReport draw(int shots, long seed, boolean perDataset) throws IOException {
    List<RunFolder> runs = new ArrayList<>();
    for (String dataset : records.stream().map(InstructionRecord::dataset).distinct().toList()) {
      runs.add(run(dataset));
    }
    outputs++;
    return new Fewshot(runs, new FewshotOptions(shots, seed, perDataset))
        .write(LocalStore.of(folder.resolve("out" + outputs)));
  }

  private RunFolder last() throws IOException {
    return RunFolder.open(LocalStore.of(folder.resolve("out" + outputs)));
  }

  private static List<String> chosen(FewshotReport report) {
    return report.chosen().stream().map(FewshotReport.Chosen::mediaId).toList();
  }

  private RunFolder run(String dataset) throws IOException {
    LocalStore store = LocalStore.of(folder.resolve("run-" + dataset + outputs));
    String path = RunFolder.recordPath("all-00000-of-00001", RecordFormat.JSONL);
    long n = 0;
    try (RecordWriter writer = RecordFormat.JSONL.writer(store.write(path))) {
      for (InstructionRecord r : records) {
        if (r.dataset().equals(dataset)) {
          writer.write(r);
          n++;
        }
      }
    }
    TreeMap<String, String> roots = new TreeMap<>();
    roots.put(dataset, folder.toString());
    RunFolder.finish(
        store,
        new Manifest(
            "medvilam",
            "convert",
            new TreeMap<>(),
            List.of(dataset + "/1"),
            roots,
            "00",
            new Counts(),
            List.of(new Manifest.FileEntry(path, 0, n, ""))));
    return RunFolder.open(store);
  }
}
