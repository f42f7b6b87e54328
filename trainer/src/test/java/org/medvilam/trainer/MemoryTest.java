package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.trainer.scene.Scene;
import org.medvilam.trainer.scene.SceneGenerator;
import org.medvilam.trainer.scene.SceneGenerator.Question;

/**
 * Ten thousand steps, or two thousand answers, take no more memory than the first tenth of them.
 */
@Tag("benchmark")
class MemoryTest {
  private static final int STEPS = 10_000;
  private static final int ANSWERS = 2_000;

  /** What may still be taken after the first tenth: the heap is filled by then. */
  private static final long GROWTH_MB = 40;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"ND4J", "ONNX"})
  void testStepsStayWhereTheyAre(Engine engine) throws Exception {
    assertStays(engine, "steps", STEPS);
  }

  @ParameterizedTest
  @EnumSource(names = {"ND4J", "ONNX"})
  void testAnswersStayWhereTheyAre(Engine engine) throws Exception {
    assertStays(engine, "answers", ANSWERS);
  }

  private void assertStays(Engine engine, String what, int times) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Watched.class.getName(),
                engine.name(),
                what,
                Integer.toString(times),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    List<Long> curve =
        said.lines().filter(l -> l.matches("\\d+")).map(l -> Long.parseLong(l) / 1024).toList();
    System.out.printf("%s: MB at the first of %,d %s, then 10: %s%n", engine, times, what, curve);
    assertThat(curve).hasSize(11);
    assertThat(curve.get(10) - curve.get(1)).as("growth in MB").isLessThan(GROWTH_MB);
  }

  /** The process that is watched. */
  static final class Watched {
    private Watched() {}

    public static void main(String[] args) throws Exception {
      Engine engine = Engine.valueOf(args[0]);
      int times = Integer.parseInt(args[2]);
      Path folder = Path.of(args[3]);
      if (args[1].equals("steps")) {
        FineTuning.of(
                Tiny.base(folder.resolve("base"), 1), Tiny.options(times, 0.1, 0), Tiny.examples())
            .withEngine(engine)
            .run(folder.resolve("c"), report -> say(report.step(), times));
        return;
      }
      try (VisionLanguageModel base =
          VisionLanguageModel.builtIn(VisionLanguageModel.TINY).withEngine(engine)) {
        SceneGenerator scenes = new SceneGenerator(4, base.inputSize(), 8);
        for (int i = 1; i <= times; i++) {
          Scene scene = scenes.scene(i, Question.WHERE, 1);
          base.answer(scene.pixels(), scene.instruction());
          say(i, times);
        }
      }
    }

    private static void say(int done, int times) {
      if (done != 1 && done % (times / 10) != 0) {
        return;
      }
      try {
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(l -> l.startsWith("VmRSS"))
            .forEach(l -> System.out.println(l.replaceAll("\\D", "")));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
