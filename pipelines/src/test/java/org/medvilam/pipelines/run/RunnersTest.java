package org.medvilam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.Settings;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.store.LocalStore;
import org.medvilam.transforms.ConvertJob;
import org.medvilam.transforms.Embedding;

/** The output has the same bytes on every runner and at every parallelism. */
final class RunnersTest {
  @TempDir private static Path folder;

  private static Map<String, String> expected;

  @BeforeAll
  static void convertOnTheDirectRunner() throws IOException {
    Catalogue.find("coco").orElseThrow().draw(new PhantomRequest(folder.resolve("data"), 40, 3));
    expected = convert(Runner.DIRECT, RecordFormat.JSONL, "direct", "--targetParallelism=1");
    assertThat(expected).isNotEmpty();
  }

  @Test
  void directRunnerWithThreeThreads() throws IOException {
    assertThat(convert(Runner.DIRECT, RecordFormat.JSONL, "direct3", "--targetParallelism=3"))
        .isEqualTo(expected);
  }

  @Test
  void flinkWithOneSlot() throws IOException {
    assertThat(convert(Runner.FLINK, RecordFormat.JSONL, "flink1", "--parallelism=1"))
        .isEqualTo(expected);
  }

  @Test
  void flinkWithThreeSlots() throws IOException {
    assertThat(convert(Runner.FLINK, RecordFormat.JSONL, "flink3", "--parallelism=3"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(value = RecordFormat.class, names = "JSONL", mode = EnumSource.Mode.EXCLUDE)
  void otherFormatsOnBothRunners(RecordFormat format) throws IOException {
    assertThat(convert(Runner.FLINK, format, "flink-" + format.key()))
        .isEqualTo(convert(Runner.DIRECT, format, "direct-" + format.key()));
  }

  @Test
  void encodedPicturesOnBothRunners() throws IOException {
    Embedding jpeg = new Embedding(Embedding.Form.JPEG, 48);
    assertThat(convert(Runner.FLINK, RecordFormat.TFRECORD, jpeg, "flink-jpeg"))
        .isEqualTo(convert(Runner.DIRECT, RecordFormat.TFRECORD, jpeg, "direct-jpeg"));
  }

  private static Map<String, String> convert(
      Runner runner, RecordFormat format, String name, String... flags) throws IOException {
    Embedding standard = Embedding.standard(format, Settings.standard());
    return convert(runner, format, standard, name, flags);
  }

  private static Map<String, String> convert(
      Runner runner, RecordFormat format, Embedding embedding, String name, String... flags)
      throws IOException {
    Dataset dataset = Catalogue.find("coco").orElseThrow();
    Settings settings = Settings.standard();
    ConvertJob job =
        new ConvertJob(
            "coco",
            ConvertRun.checkLayout(dataset, LocalStore.of(folder.resolve("data")), settings),
            LocalStore.of(folder.resolve(name)),
            settings,
            InstructionOptions.standard(),
            format,
            4,
            0,
            embedding);
    ConvertRun run = new ConvertRun(job, System.err);
    run.run(run.plan(), runner.options(List.of(flags)));
    return RunFiles.checksums(folder.resolve(name));
  }
}
