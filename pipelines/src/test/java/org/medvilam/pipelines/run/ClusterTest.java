package org.medvilam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.pipelines.command.Heard;

/**
 * The whole conversion on a cluster of processes, and what happens when parts of it are lost.
 *
 * <p>Tests with the tag {@code faults} take a few minutes and run by hand.
 */
@Tag("cluster")
final class ClusterTest {
  private static final int PICTURES = 2000;
  private static final int WAIT_S = 300;
  private static final int REJECTED = 1;
  private static final int FAILED = 3;

  @TempDir private static Path folder;

  private static Map<String, String> undisturbed;
  private static StandaloneFlink cluster;

  @BeforeAll
  static void startAndConvertUndisturbed() throws Exception {
    cluster = new StandaloneFlink(folder.resolve("flink"));
    Path data = folder.resolve("data");
    RunFiles.manyPictures(data, folder.resolve("drawn"), PICTURES);
    try (var pictures = Files.list(data.resolve("images"))) {
      Path corrupt = pictures.sorted().findFirst().orElseThrow();
      Files.delete(corrupt);
      Files.write(corrupt, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0});
    }
    assertThat(convert("undisturbed", List.of("--runner", "direct"))).isEqualTo(REJECTED);
    undisturbed = RunFiles.checksums(folder.resolve("undisturbed"));
    assertThat(
            Files.readString(folder.resolve("undisturbed/rejected/rejected-00000-of-00001.jsonl")))
        .contains("images/picture0.", "truncated-picture");
    cluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  @Test
  void fourSlotsGiveTheBytesOfTheDirectRunner() throws Exception {
    assertThat(convert("four", on(4))).isEqualTo(REJECTED);
    assertThat(files("four")).isEqualTo(undisturbed);
  }

  @Test
  void aLostTaskManagerCostsNothing() throws Exception {
    loseATaskManager("lost");
  }

  private static void loseATaskManager(String output) throws Exception {
    CompletableFuture<Integer> run = start(output, on(4));
    cluster.replaceTaskManager();
    assertThat(run.get(WAIT_S, TimeUnit.SECONDS)).isEqualTo(REJECTED);
    assertThat(cluster.failures()).as("failures of the job").isPositive();
    assertThat(files(output)).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @Tag("faults")
  @ValueSource(ints = {1, 2})
  void fewerSlotsGiveTheSameBytes(int slots) throws Exception {
    String output = "slots-" + slots;
    assertThat(convert(output, on(slots))).isEqualTo(REJECTED);
    assertThat(files(output)).isEqualTo(undisturbed);
  }

  @RepeatedTest(5)
  @Tag("faults")
  void manyLostTaskManagersCostNothing(RepetitionInfo repetition) throws Exception {
    loseATaskManager("lost-" + repetition.getCurrentRepetition());
  }

  @ParameterizedTest
  @Tag("faults")
  @ValueSource(strings = {"--resume", "--overwrite"})
  void aLostJobManagerFailsTheRunAndTheNextIsWhole(String again) throws Exception {
    String output = "jobmanager" + again;
    CompletableFuture<Integer> run = start(output, on(4));
    cluster.killJobManager();
    assertThat(run.get(WAIT_S, TimeUnit.SECONDS)).isEqualTo(FAILED);
    assertThat(folder.resolve(output).resolve("_SUCCESS")).doesNotExist();
    cluster.stop();
    cluster.start();
    assertThat(convert(output, on(4), again)).isEqualTo(REJECTED);
    assertThat(files(output)).isEqualTo(undisturbed);
  }

  @Test
  @Tag("faults")
  void aDatasetThatGoesAwayAndComesBackIsReadAgain() throws Exception {
    CompletableFuture<Integer> run = start("away", on(4));
    Path data = folder.resolve("data");
    Files.move(data, folder.resolve("data-away"));
    Thread.sleep(2000);
    Files.move(folder.resolve("data-away"), data);
    assertThat(run.get(WAIT_S, TimeUnit.SECONDS)).isEqualTo(REJECTED);
    assertThat(cluster.failures()).as("failures of the job").isPositive();
    assertThat(files("away")).isEqualTo(undisturbed);
  }

  @Test
  @Tag("faults")
  void aFullDiskEndsTheRunAndTheNextIsWhole() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "800k")) {
      Heard full = Heard.of(arguments("disk/run", on(4)));
      assertThat(full.code()).isEqualTo(FAILED);
      assertThat(full.text()).contains("No space left on device");
      assertThat(folder.resolve("disk/run/_SUCCESS")).doesNotExist();
      disk.resize("64m");
      assertThat(convert("disk/run", on(4), "--resume")).isEqualTo(REJECTED);
      assertThat(files("disk/run")).isEqualTo(undisturbed);
    }
  }

  @Test
  @Tag("faults")
  void aFullDiskThatIsClearedInTimeCostsNothing() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("cleared"), "800k")) {
      CompletableFuture<Integer> run = start("cleared/run", on(4));
      while (!run.isDone() && cluster.failures() == 0) {
        Thread.sleep(100);
      }
      disk.resize("64m");
      assertThat(run.get(WAIT_S, TimeUnit.SECONDS)).isEqualTo(REJECTED);
      assertThat(files("cleared/run")).isEqualTo(undisturbed);
    }
  }

  @Test
  @Tag("faults")
  void aStoppedCommandCancelsItsJob() throws Exception {
    Path log = folder.resolve("stopped.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(Medvilam.class.getName());
    command.addAll(List.of(arguments("stopped", on(2))));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    awaitFirstShard("stopped", () -> !process.isAlive());
    process.destroy();
    assertThat(process.waitFor(WAIT_S, TimeUnit.SECONDS)).isTrue();
    assertThat(cluster.state()).isEqualTo("CANCELED");
    assertThat(Files.readString(log)).contains("--resume");
    assertThat(convert("stopped", on(4), "--resume")).isEqualTo(REJECTED);
    assertThat(files("stopped")).isEqualTo(undisturbed);
  }

  @Test
  @Tag("faults")
  void featuresAreThoseOfTheDirectRunner() throws Exception {
    String data = folder.resolve("busi").toString();
    String run = folder.resolve("busi-run").toString();
    Medvilam.run("sample-data", "--dataset", "busi", "--output", data, "--images", "30");
    Medvilam.run("convert", "--dataset", "busi", "--input", data, "--output", run);
    List<String> encode = List.of("encode", "--input", run, "--output");
    assertThat(run(encode, "features-direct", List.of())).isZero();
    assertThat(run(encode, "features-flink", on(4))).isZero();
    assertThat(files("features-flink")).isEqualTo(files("features-direct")).isNotEmpty();
  }

  private static int run(List<String> command, String output, List<String> engine) {
    List<String> arguments = new ArrayList<>(command);
    arguments.add(folder.resolve(output).toString());
    arguments.addAll(engine);
    return Medvilam.run(arguments.toArray(String[]::new));
  }

  /** Starts a run beside the test, and returns when its first shard is done. */
  private static CompletableFuture<Integer> start(String output, List<String> engine)
      throws IOException, InterruptedException {
    CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> convert(output, engine));
    awaitFirstShard(output, run::isDone);
    assertThat(run).as("a run that can be disturbed").isNotDone();
    return run;
  }

  private static void awaitFirstShard(String output, BooleanSupplier ended)
      throws IOException, InterruptedException {
    while (!ended.getAsBoolean() && !RunFiles.hasFinishedShard(folder.resolve(output))) {
      Thread.sleep(5);
    }
  }

  private static List<String> on(int slots) {
    List<String> engine = new ArrayList<>(List.of("--runner", "flink", "--"));
    engine.addAll(cluster.flags(slots));
    return engine;
  }

  private static int convert(String output, List<String> engine, String... more) {
    return Medvilam.run(arguments(output, engine, more));
  }

  private static String[] arguments(String output, List<String> engine, String... more) {
    List<String> arguments = new ArrayList<>(List.of("convert", "--dataset", "masks"));
    arguments.addAll(List.of("--input", folder.resolve("data").toString(), "--shards", "40"));
    arguments.addAll(List.of("--output", folder.resolve(output).toString()));
    arguments.addAll(List.of(more));
    arguments.addAll(engine);
    return arguments.toArray(String[]::new);
  }

  private static Map<String, String> files(String output) throws IOException {
    return RunFiles.checksums(folder.resolve(output));
  }
}
