package org.medvilam.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.fewshot.picture.PictureMode;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;

/** Several draws from one reading of the runs. */
final class FewshotSeedsTest {
  private static final FewshotOptions OPTIONS =
      FewshotOptions.standard().withShots(5).withPictures(PictureMode.NONE);
  private static final String TRAIN = "records/train-00000-of-00001.jsonl";
  private static final String TEST = "records/test-00000-of-00001.jsonl";

  @TempDir private Path folder;
  private TestRuns data;
  private LocalStore out;

  @BeforeEach
  void draw() throws IOException {
    data = new TestRuns(folder);
    for (int i = 0; i < 60; i++) {
      data.add("busi", "p" + i, "patient:" + i % 47, i % 5 == 0 ? Split.TEST : Split.TRAIN, "cyst");
    }
    out = LocalStore.of(folder.resolve("out"));
    data.fewshot(data.write(), OPTIONS).writeAll(out, List.of(1L, 2L, 30L));
  }

  @Test
  void everySeedIsAFinishedRunOfItsOwn() throws IOException {
    for (String seed : List.of("seed-1", "seed-2", "seed-30")) {
      RunFolder run = RunFolder.open(out.below(seed));
      assertThat(run.manifest().arguments()).containsEntry("seed", seed.substring(5));
      assertThat(run.store().exists(Fewshot.PAGE)).isTrue();
    }
    assertThat(out.exists(RunFolder.SUCCESS)).isFalse();
  }

  @Test
  void testPartsHaveTheSameBytesAndTrainPartsDiffer() throws IOException {
    byte[] test = out.readAll("seed-1/" + TEST);
    assertThat(out.readAll("seed-2/" + TEST)).isEqualTo(test);
    assertThat(out.readAll("seed-30/" + TEST)).isEqualTo(test);
    assertThat(out.readAll("seed-2/" + TRAIN)).isNotEqualTo(out.readAll("seed-1/" + TRAIN));
  }

  @Test
  void oneSeedAloneGivesTheSameSubset() throws IOException {
    LocalStore alone = LocalStore.of(folder.resolve("alone"));
    data.fewshot(data.write(), OPTIONS).write(alone, 30);
    for (String file : List.of(TRAIN, TEST, Fewshot.REPORT, Fewshot.PAGE, RunFolder.MANIFEST)) {
      assertThat(alone.readAll(file)).as(file).isEqualTo(out.readAll("seed-30/" + file));
    }
  }

  @Test
  void reportOnAllNamesEverySeedAndTheExclusionsOnce() throws IOException {
    JsonNode all = RecordJson.mapper().readTree(out.readAll(Fewshot.REPORT));
    JsonNode one = RecordJson.mapper().readTree(out.readAll("seed-2/" + Fewshot.REPORT));
    assertThat(all.path("seeds")).extracting(s -> s.path("seed").asInt()).containsExactly(1, 2, 30);
    assertThat(all.path("seeds").path(1).path("folder").asText()).isEqualTo("seed-2");
    assertThat(all.path("exclusions")).isNotEmpty().isEqualTo(one.path("exclusions"));
    assertThat(out.exists(Fewshot.PAGE)).isTrue();
  }

  @Test
  void seedGivenTwiceIsRefused() throws IOException {
    Fewshot fewshot = data.fewshot(data.write(), OPTIONS);
    assertThatThrownBy(() -> fewshot.writeAll(out, List.of(1L, 1L)))
        .hasMessageContaining("different");
  }
}
