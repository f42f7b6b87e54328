package org.medvilam.pipelines.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.pipelines.run.Runner;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;
import org.medvilam.trainer.Engine;
import org.medvilam.trainer.VisionLanguageModel;

/** An encoding that is broken off, and what is left of it. */
class EncodeFeaturesTest {
  /** Two pictures of the small base, without mirrored forms. */
  private static final long RANGE_BYTES = 2 * 4 * 64 * 128;

  @TempDir static Path folder;
  private static Store run;

  @BeforeAll
  static void convert() throws IOException {
    Path data = folder.resolve("data");
    Path output = folder.resolve("run");
    Catalogue.find("busi").orElseThrow().draw(new PhantomRequest(data, 10, 1));
    int code =
        Medvilam.run(
            "convert",
            "--dataset=busi",
            "--input=" + data,
            "--output=" + output,
            "--tasks=localization");
    assertThat(code).isZero();
    run = LocalStore.of(output);
  }

  @Test
  void brokenOffRunKeepsItsFinishedRanges() throws IOException {
    Path whole = folder.resolve("whole");
    EncodeFeatures.Counts counts =
        features(whole, false, Engine.ONNX, System.err).run(null, false, options(2));
    assertThat(counts.pictures()).isGreaterThan(5);
    Path broken = folder.resolve("broken");
    Path blocked = broken.resolve("features/features-00002.safetensors");
    Files.createDirectories(blocked.resolve("in the way"));
    assertThatThrownBy(() -> encode(broken, false, System.err)).isInstanceOf(IOException.class);
    assertThat(broken.resolve("card.json")).doesNotExist();
    Files.delete(blocked.resolve("in the way"));
    Files.delete(blocked);
    List<Path> kept = finished(broken);
    assertThat(kept).isNotEmpty();
    List<Object> keys = keys(kept);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    EncodeFeatures.Counts resumed =
        encode(broken, true, new PrintStream(said, true, StandardCharsets.UTF_8));
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("resumed     %d of ".formatted(kept.size()));
    assertThat(resumed).isEqualTo(counts);
    assertThat(keys(kept)).isEqualTo(keys);
    assertThat(Files.mismatch(whole.resolve("card.json"), broken.resolve("card.json")))
        .isEqualTo(-1);
    for (Path file : finished(whole)) {
      Path same = broken.resolve(whole.relativize(file));
      assertThat(Files.mismatch(file, same)).as(file.toString()).isEqualTo(-1);
    }
    assertThat(whole.resolve("card.json")).content().contains("\"engine\" : \"onnx\"");
    assertThat(broken.resolve(".work")).doesNotExist();
  }

  @Test
  void rangeWhoseFileWasCutIsEncodedAgain() throws IOException {
    Path whole = folder.resolve("uncut");
    encode(whole, false, System.err);
    Path broken = folder.resolve("cut");
    Path blocked = broken.resolve("features/features-00002.safetensors");
    Files.createDirectories(blocked.resolve("in the way"));
    assertThatThrownBy(() -> encode(broken, false, System.err)).isInstanceOf(IOException.class);
    Files.delete(blocked.resolve("in the way"));
    Files.delete(blocked);
    for (Path file : finished(broken)) {
      Files.writeString(file, "cut");
    }
    encode(broken, true, System.err);
    for (Path file : finished(whole)) {
      Path same = broken.resolve(whole.relativize(file));
      assertThat(Files.mismatch(file, same)).as(file.toString()).isEqualTo(-1);
    }
  }

  @Test
  void otherArgumentsAreNotTakenForTheSameRun() throws IOException {
    Path broken = folder.resolve("other");
    Files.createDirectories(broken.resolve("features/features-00001.safetensors/in the way"));
    assertThatThrownBy(() -> encode(broken, false, System.err)).isInstanceOf(IOException.class);
    for (EncodeFeatures other :
        List.of(
            features(broken, true, Engine.ONNX, System.err),
            features(broken, false, Engine.ND4J, System.err))) {
      assertThatThrownBy(() -> other.run(null, true, options(1)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("--resume: expected a run with these arguments");
    }
  }

  @Test
  void processLoadsTheBaseOnce() throws IOException {
    EncodeWorker worker = EncodeWorker.of("job");
    VisionLanguageModel base = worker.base(VisionLanguageModel.TINY, null, Engine.ND4J);
    assertThat(EncodeWorker.of("job").base(VisionLanguageModel.TINY, null, Engine.ND4J))
        .isSameAs(base);
    assertThat(EncodeWorker.of("next")).isNotSameAs(worker);
    EncodeWorker.forget("next");
  }

  private static List<Path> finished(Path output) throws IOException {
    List<Path> files = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(output.resolve("features"), "*.safetensors")) {
      entries.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  /** Returns what tells a file from one that was written anew in its place. */
  private static List<Object> keys(List<Path> files) throws IOException {
    List<Object> keys = new ArrayList<>();
    for (Path file : files) {
      keys.add(Files.getAttribute(file, "unix:ino") + " " + Files.getLastModifiedTime(file));
    }
    return keys;
  }

  private static EncodeFeatures features(Path output, boolean flips, Engine engine, PrintStream err)
      throws IOException {
    PictureRoots roots = new PictureRoots(RunFolder.open(run), Map.of());
    Store target = LocalStore.of(output);
    return new EncodeFeatures(
        run, roots.all(), VisionLanguageModel.TINY, null, engine, target, flips, RANGE_BYTES, err);
  }

  private static EncodeFeatures.Counts encode(Path output, boolean resume, PrintStream err)
      throws IOException {
    return features(output, false, Engine.ONNX, err).run(null, resume, options(1));
  }

  private static PipelineOptions options(int threads) throws IOException {
    return Runner.DIRECT.options(List.of("--targetParallelism=" + threads));
  }
}
