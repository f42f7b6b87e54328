package org.medvilam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.pipelines.Medvilam;

/** A run killed by the operating system, in a process of its own. */
final class KilledRunTest {
  private static final int PICTURES = 2000;

  @TempDir private static Path folder;

  private static Map<String, String> undisturbed;

  @BeforeAll
  static void convertUndisturbed() throws Exception {
    RunFiles.manyPictures(folder.resolve("data"), folder.resolve("drawn"), PICTURES);
    assertThat(start("undisturbed").waitFor(120, TimeUnit.SECONDS)).isTrue();
    undisturbed = RunFiles.checksums(folder.resolve("undisturbed"));
    assertThat(undisturbed).containsKey("_SUCCESS");
  }

  @Test
  void overwritingAKilledRunGivesTheUndisturbedBytes() throws Exception {
    Path output = kill("killed");
    assertThat(output.resolve("_SUCCESS")).doesNotExist();
    start("killed", "--overwrite").waitFor();
    assertThat(RunFiles.checksums(output)).isEqualTo(undisturbed);
  }

  @Test
  void resumingAKilledRunGivesTheUndisturbedBytes() throws Exception {
    Path output = kill("resumed");
    start("resumed", "--resume").waitFor();
    assertThat(RunFiles.checksums(output)).isEqualTo(undisturbed);
  }

  /** The index of a shard is written after its records. */
  @Test
  void resumingAKilledRunOfTfRecordsGivesTheUndisturbedBytes() throws Exception {
    String[] format = {"--format", "tfrecord"};
    assertThat(start("undisturbed-tf", format).waitFor(120, TimeUnit.SECONDS)).isTrue();
    Path output = kill("resumed-tf", format);
    start("resumed-tf", "--format", "tfrecord", "--resume").waitFor();
    assertThat(RunFiles.checksums(output))
        .isEqualTo(RunFiles.checksums(folder.resolve("undisturbed-tf")))
        .containsKey("index/train-00000-of-00040.idx");
  }

  /** Starts a run and kills it once its first shard is done. */
  private static Path kill(String name, String... more) throws Exception {
    Process process = start(name, more);
    while (process.isAlive() && !RunFiles.hasFinishedShard(folder.resolve(name))) {
      Thread.sleep(5);
    }
    process.destroyForcibly();
    assertThat(process.waitFor()).as("exit code of a killed process").isEqualTo(128 + 9);
    return folder.resolve(name);
  }

  private static Process start(String output, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Medvilam.class.getName(), "convert", "--dataset", "masks"));
    command.addAll(List.of("--input", folder.resolve("data").toString()));
    command.addAll(List.of("--output", folder.resolve(output).toString(), "--shards", "40"));
    command.addAll(List.of(more));
    File log = folder.resolve(output + ".log").toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }
}
