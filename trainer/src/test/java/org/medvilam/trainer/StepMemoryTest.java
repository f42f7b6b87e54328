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

/** Ten thousand steps take no more memory than the first thousand. */
@Tag("benchmark")
class StepMemoryTest {
  private static final int STEPS = 10_000;

  /** What may still be taken after the first thousand steps: the heap is filled by then. */
  private static final long GROWTH_MB = 40;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"ND4J", "ONNX"})
  void testMemoryStaysWhereItIs(Engine engine) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Trainee.class.getName(),
                engine.name(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    List<Long> curve =
        said.lines().filter(l -> l.matches("\\d+")).map(l -> Long.parseLong(l) / 1024).toList();
    System.out.printf("%s: MB at step 1, then every %d: %s%n", engine, STEPS / 10, curve);
    assertThat(curve).hasSize(11);
    assertThat(curve.get(10) - curve.get(1)).as("growth in MB").isLessThan(GROWTH_MB);
  }

  /** The process that is watched. */
  static final class Trainee {
    private Trainee() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[1]);
      FineTuning.of(
              Tiny.base(folder.resolve("base"), 1), Tiny.options(STEPS, 0.1, 0), Tiny.examples())
          .withEngine(Engine.valueOf(args[0]))
          .run(folder.resolve("c"), report -> say(report.step()));
    }

    private static void say(int step) {
      if (step != 1 && step % (STEPS / 10) != 0) {
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
