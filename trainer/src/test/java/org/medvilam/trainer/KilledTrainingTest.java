package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.trainer.checkpoint.CheckpointFiles;

/** A run killed again and again ends in the bits of one that was left alone. */
class KilledTrainingTest {
  private static final int STEPS = 60;
  private static final int KILLS = 3;

  @TempDir private Path folder;

  @Test
  void testKilledAndResumedRunEndsInTheSameBits() throws Exception {
    Path base = folder.resolve("base");
    VisionLanguageModel model = Tiny.base(base, 1);
    Path whole = folder.resolve("whole");
    FineTuning.of(model, options(), Tiny.examples()).run(whole, Progress.silent());
    Path killed = folder.resolve("killed");
    for (int kill = 1; kill <= KILLS; kill++) {
      int from = kill * STEPS / (KILLS + 2);
      Process process = start(base, killed);
      while (process.isAlive() && steps(killed.resolve("log")) < from) {
        Thread.sleep(2);
      }
      process.destroyForcibly();
      assertThat(process.waitFor()).as("exit code of a killed process").isEqualTo(128 + 9);
    }
    assertThat(start(base, killed).waitFor()).isZero();
    for (String file : List.of(CheckpointFiles.WEIGHTS, CheckpointFiles.OPTIMISER)) {
      assertThat(Files.mismatch(whole.resolve(file), killed.resolve("c").resolve(file)))
          .as(file)
          .isEqualTo(-1);
    }
    assertThat(killed).isDirectoryNotContaining("glob:**/.c.*");
  }

  private static FineTuningOptions options() {
    return Tiny.options(STEPS, 0.2, 1);
  }

  private static long steps(Path log) throws Exception {
    Path table = log.resolve(History.FILE);
    return Files.exists(table) ? Files.readAllLines(table).size() - 1 : 0;
  }

  private Process start(Path base, Path output) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Trainee.class.getName(), base.toString(), output.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("trainee.log").toFile())
        .start();
  }

  /** The process that is killed. */
  static final class Trainee {
    private Trainee() {}

    public static void main(String[] args) throws Exception {
      Path output = Path.of(args[1]);
      FineTuning.of(VisionLanguageModel.load(Path.of(args[0])), options(), Tiny.examples())
          .withLog(output.resolve("log"))
          .resume(output.resolve("c"), Progress.silent());
    }
  }
}
