package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medvilam.trainer.onnx.OnnxRuntime;

/** A batch that does not fit ends a run with a sentence, and the batch it names does fit. */
class MemoryShortageTest {
  private static final Pattern NAMED = Pattern.compile("--batch (\\d+) --accumulate (\\d+) fits");
  private static final long ROOM = 700_000_000;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "16, 16, 100, 8",
    "16, 16, 7, 4",
    "16, 16, 0, 1",
    "16, 1, 100, 0",
    "24, 12, 9, 8",
    "7, 7, 6, 1",
  })
  void testNamedBatchMakesUpTheSameUpdate(int update, int failed, long room, int named) {
    assertThat(MemoryShortage.fitting(update, failed, room)).isEqualTo(named);
  }

  @Test
  void testShortageIsToldFromOtherFailures() {
    assertThat(
            MemoryShortage.isShortage(
                new IllegalStateException(
                    "ONNX Runtime",
                    new OrtException("Failed to allocate memory for requested buffer of size 9"))))
        .isTrue();
    assertThat(MemoryShortage.isShortage(new OutOfMemoryError("Java heap space"))).isTrue();
    assertThat(MemoryShortage.isShortage(new RuntimeException("Allocation failed: [x]"))).isTrue();
    assertThat(MemoryShortage.isShortage(new IllegalStateException("Invalid rank"))).isFalse();
    assertThat(MemoryShortage.isShortage(new RuntimeException())).isFalse();
  }

  @Test
  void testNd4jNamesABatchThatFits() throws Exception {
    String said = check(Engine.ND4J, 256, "-Dorg.bytedeco.javacpp.maxphysicalbytes=1g");
    assertThat(said).contains("MB of free memory", "Cannot allocate new");
  }

  @Test
  void testHeapNamesABatchThatFits() throws Exception {
    String said = check(Engine.ONNX, 1024, "-Xmx64m", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    assertThat(said).contains("of Java's heap", "Java heap space", "more heap (-Xmx).");
  }

  /** The limit of the process hits Java's own threads, too, if it hits at a bad moment. */
  @Test
  @Tag("benchmark")
  void testOnnxRuntimeNamesABatchThatFits() throws Exception {
    assumeThat(Path.of("/usr/bin/prlimit")).exists();
    String said =
        check(Engine.ONNX, 256, "-Dorg.bytedeco.javacpp.maxphysicalbytes=0", "-Dlimited=true");
    assertThat(said).contains("(onnx: Failed to allocate memory for requested buffer");
  }

  /** Checks both runs and returns what the first said. */
  private String check(Engine engine, int update, String... limits) throws Exception {
    String said = run(3, engine, update, 1, limits);
    assertThat(said)
        .contains("Expected a batch of " + update + " examples")
        .contains("makes the same updates");
    assertThat(folder).isEmptyDirectory();
    Matcher named = NAMED.matcher(said);
    assertThat(named.find()).as(said).isTrue();
    int batch = Integer.parseInt(named.group(1));
    int accumulate = Integer.parseInt(named.group(2));
    assertThat(batch * accumulate).isEqualTo(update);
    run(0, engine, batch, accumulate, limits);
    assertThat(folder.resolve("c")).isNotEmptyDirectory();
    return said;
  }

  private String run(int code, Engine engine, int batch, int accumulate, String... limits)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(limits));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Trainee.class.getName()));
    command.addAll(
        List.of(
            engine.name(),
            String.valueOf(batch),
            String.valueOf(accumulate),
            folder.resolve("c").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(code);
    return said;
  }

  static List<TrainingExample> examples(int count) {
    int side = 64;
    List<TrainingExample> examples = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      float[] pixels = new float[side * side];
      pixels[n] = 1;
      List<int[]> boxes = List.of(new int[] {100, 200, 300, 400});
      examples.add(
          new TrainingExample("e" + n, pixels, "Where is it?", "[100, 200, 300, 400]", boxes));
    }
    return examples;
  }

  /** The process that is short of memory. */
  static final class Trainee {
    private Trainee() {}

    public static void main(String[] args) throws Exception {
      VisionLanguageModel base = VisionLanguageModel.builtIn(VisionLanguageModel.TINY);
      if (Boolean.getBoolean("limited")) {
        OnnxRuntime.load();
        limit();
      }
      FineTuningOptions options =
          FineTuningOptions.defaults()
              .change()
              .steps(1)
              .batch(Integer.parseInt(args[1]))
              .accumulate(Integer.parseInt(args[2]))
              .build();
      try {
        FineTuning.of(base, options, examples(4))
            .withEngine(Engine.valueOf(args[0]))
            .run(Path.of(args[3]), Progress.silent());
      } catch (TrainingException e) {
        System.out.println(e.getMessage());
        System.exit(3);
      }
    }

    /** Lets this process have little more address space than it has. */
    private static void limit() throws IOException, InterruptedException {
      long size =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(l -> l.startsWith("VmSize"))
              .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) * 1024)
              .findFirst()
              .orElseThrow();
      new ProcessBuilder(
              "prlimit",
              "--pid",
              String.valueOf(ProcessHandle.current().pid()),
              "--as=" + (size + ROOM))
          .inheritIO()
          .start()
          .waitFor();
    }
  }
}
