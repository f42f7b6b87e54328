package org.medvilam.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.fewshot.picture.PictureCopies;
import org.medvilam.records.Media;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;

/** Draws whose fingerprints a pipeline takes. */
final class FewshotEngineTest {
  private static final int PICTURES = 1500;

  /** Beam's direct runner, which checks that nothing handed over is changed. */
  private static final Engine DIRECT =
      (steps, pieces, done) -> {
        DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
        options.setTargetParallelism(3);
        Pipeline pipeline = Pipeline.create(options);
        steps.accept(pipeline);
        pipeline.run().waitUntilFinish();
        assertThat(done.pieces()).isEqualTo(pieces);
      };

  @TempDir private Path folder;
  private TestRuns data;

  @BeforeEach
  void write() throws IOException {
    data = new TestRuns(folder);
    for (int i = 0; i < PICTURES; i++) {
      Split split = i % 10 == 0 ? Split.TEST : i % 10 == 1 ? Split.VALIDATION : Split.TRAIN;
      int number = i % 50 == 7 ? i - 7 : i;
      String uri = "p" + i + ".png";
      if (i % 200 == 3) {
        data.picture("busi", uri, "no picture".getBytes(StandardCharsets.UTF_8));
      } else if (i % 200 != 4) {
        data.picture("busi", uri, PictureCopies.png(PictureCopies.noise(24, number)));
      }
      Media media = Media.image("p" + i, uri, 24, 24);
      data.add("busi", media, "patient:" + i % 1013, split, List.of("cyst", "malignant tumour"));
    }
  }

  @Test
  void engineAndThreadsGiveTheSameBytes() throws IOException {
    SortedMap<String, String> threads = draw("threads", null, 3, RecordFormat.JSONL);
    SortedMap<String, String> direct = draw("direct", DIRECT, 3, RecordFormat.JSONL);
    assertThat(threads.get(Fewshot.REPORT)).contains("same file").contains("unknown-format");
    assertThat(direct).isEqualTo(threads);
    SortedMap<String, String> parquet = draw("parquet", DIRECT, 2, RecordFormat.PARQUET);
    assertThat(parquet).isEqualTo(draw("parquet-threads", null, 2, RecordFormat.PARQUET));
    assertThat(parquet.get(Fewshot.REPORT)).isEqualTo(threads.get(Fewshot.REPORT));
  }

  @Test
  void engineThatFailsLeavesNoFinishedRun() throws IOException {
    LocalStore out = LocalStore.of(folder.resolve("out"));
    Engine broken =
        (steps, pieces, done) -> {
          throw new IOException("the cluster went away");
        };
    Fewshot fewshot = data.fewshot(data.write(), FewshotOptions.standard(), broken);
    assertThatThrownBy(() -> fewshot.write(out, 1)).hasMessageContaining("went away");
    assertThat(out.exists(RunFolder.SUCCESS)).isFalse();
  }

  private SortedMap<String, String> draw(
      String name, Engine engine, int shards, RecordFormat format) throws IOException {
    Path out = folder.resolve(name);
    data.fewshot(data.write(shards, format), FewshotOptions.standard(), engine)
        .write(LocalStore.of(out), 1);
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(out.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }
}
