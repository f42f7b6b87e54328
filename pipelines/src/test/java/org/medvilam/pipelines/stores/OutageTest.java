package org.medvilam.pipelines.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.Settings;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.pipelines.command.Heard;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.store.LocalStore;
import org.medvilam.transforms.ConvertJob;
import org.medvilam.transforms.Embedding;
import org.medvilam.transforms.ItemPlan;
import org.medvilam.transforms.Patience;
import org.medvilam.transforms.RunFinisher;
import org.medvilam.transforms.ShardConverter;
import org.medvilam.transforms.ShardSpec;

/**
 * Storage that fails never turns into a rejection: what it holds is converted, or the run fails.
 */
final class OutageTest {
  /** Reading this file of Linux is the error that a disk gives. */
  private static final Path BROKEN = Path.of("/proc/self/mem");

  private static final int ALWAYS = Integer.MAX_VALUE;

  @TempDir private static Path folder;
  private static GcsServer server;
  private static String picture;
  private static Map<String, String> undisturbed;

  @BeforeAll
  static void convertUndisturbed() throws IOException {
    Path drawn = folder.resolve("drawn");
    Catalogue.find("masks").orElseThrow().draw(new PhantomRequest(drawn, 4, 1));
    server = new GcsServer();
    Trees.copy(LocalStore.of(drawn), server.store("data"));
    picture = server.names().stream().filter(n -> n.contains("/masks/")).findFirst().orElseThrow();
    assertThat(convert("undisturbed", "direct").code()).isZero();
    undisturbed = Trees.checksums(server.store("undisturbed"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink"})
  void outageThatEndsSoonCostsNothing(String runner) throws IOException {
    server.refuseReads(picture, 2);
    Heard heard = convert("soon-" + runner, runner);
    assertThat(heard.code()).as(heard.text()).isZero();
    assertThat(server.readsToRefuse()).as("reads left to refuse").isNotPositive();
    assertThat(Trees.checksums(server.store("soon-" + runner))).isEqualTo(undisturbed);
  }

  @Test
  void outageThatEndsSoonCostsAPlainLoopNothing() throws IOException {
    server.refuseReads(picture, 2);
    loop(job("soon-loop"));
    assertThat(server.readsToRefuse()).as("reads left to refuse").isNotPositive();
    assertThat(Trees.checksums(server.store("soon-loop"))).isEqualTo(undisturbed);
  }

  @Test
  void engineDoesAShardAgainWhoseStorageFailed() throws IOException {
    server.refuseReads(picture, 6);
    Heard heard = convert("again", "flink");
    assertThat(heard.code()).as(heard.text()).isZero();
    assertThat(server.readsToRefuse()).as("reads left to refuse").isNotPositive();
    assertThat(Trees.checksums(server.store("again"))).isEqualTo(undisturbed);
  }

  @Test
  void outageThatStaysFailsTheRunAndResumeMakesItWhole() throws IOException {
    server.refuseReads(picture, ALWAYS);
    Heard failed = convert("stays", "direct");
    assertThat(failed.code()).as(failed.text()).isEqualTo(3);
    assertThat(failed.text()).contains(server.root() + "/" + picture, "--resume");
    assertThat(server.names())
        .contains("stays/.work/plan.json")
        .doesNotContain("stays/_SUCCESS", "stays/manifest.json");
    server.refuseReads(null, 0);
    Heard resumed = convert("stays", "direct", "--resume");
    assertThat(resumed.code()).as(resumed.text()).isZero();
    assertThat(Trees.checksums(server.store("stays"))).isEqualTo(undisturbed);
  }

  @Test
  void diskThatFailsForAMomentCostsNothing() throws Exception {
    assumeThat(BROKEN).exists();
    Path data = localData("moment");
    Path victim = breakMask(data);
    CompletableFuture<Heard> run = CompletableFuture.supplyAsync(() -> convertHere("moment"));
    while (!run.isDone() && !isPatient()) {
      Thread.sleep(10);
    }
    assertThat(run).as("a run that waits for the disk").isNotDone();
    Path whole = folder.resolve("drawn/masks").resolve(victim.getFileName());
    Files.copy(whole, folder.resolve("whole"));
    Files.move(folder.resolve("whole"), victim, StandardCopyOption.REPLACE_EXISTING);
    Heard heard = run.get(1, TimeUnit.MINUTES);
    assertThat(heard.code()).as(heard.text()).isZero();
    assertThat(records("moment")).isEqualTo(undisturbedRecords());
  }

  @Test
  void diskThatFailsForGoodFailsTheRun() throws Exception {
    assumeThat(BROKEN).exists();
    Path victim = breakMask(localData("for-good"));
    Heard heard = convertHere("for-good");
    assertThat(heard.code()).as(heard.text()).isEqualTo(3);
    assertThat(heard.text()).contains(victim.toString(), "Input/output error", "--resume");
    assertThat(folder.resolve("for-good/out/_SUCCESS")).doesNotExist();
  }

  private static Path localData(String name) throws IOException {
    Path data = folder.resolve(name).resolve("data");
    Trees.copy(LocalStore.of(folder.resolve("drawn")), LocalStore.of(data));
    return data;
  }

  private static Path breakMask(Path data) throws IOException {
    Path victim = data.resolve(picture.replaceFirst("data/", ""));
    Files.delete(victim);
    return Files.createSymbolicLink(victim, BROKEN);
  }

  private static boolean isPatient() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            f ->
                f.getClassName().equals(Patience.class.getName())
                    && f.getMethodName().equals("pause"));
  }

  private static Heard convertHere(String name) {
    return Heard.of(
        "convert",
        "--dataset=masks",
        "--shards=1",
        "--input=" + folder.resolve(name).resolve("data"),
        "--output=" + folder.resolve(name).resolve("out"));
  }

  private static Map<String, String> records(String name) throws IOException {
    return Trees.checksums(LocalStore.of(folder.resolve(name).resolve("out/records")));
  }

  private static Map<String, String> undisturbedRecords() throws IOException {
    return Trees.checksums(server.store("undisturbed/records"));
  }

  private static ConvertJob job(String output) {
    Set<Task> tasks = Catalogue.find("masks").orElseThrow().info().tasks();
    return new ConvertJob(
        "masks",
        server.store("data"),
        server.store(output),
        Settings.standard(),
        new InstructionOptions(tasks, 25, 10, false),
        RecordFormat.JSONL,
        1,
        0,
        Embedding.standard(RecordFormat.JSONL, Settings.standard()));
  }

  private static void loop(ConvertJob job) throws IOException {
    ItemPlan plan = ItemPlan.write(job, Files.createTempDirectory(folder, "scratch"), n -> {});
    ShardConverter converter = new ShardConverter(job);
    for (ShardSpec shard : plan.shards()) {
      converter.convert(shard);
    }
    new RunFinisher(job, plan).finish();
  }

  private static Heard convert(String output, String runner, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("convert", "--dataset=masks", "--shards=1", "--runner=" + runner));
    words.addAll(List.of("--input=" + server.root() + "/data"));
    words.addAll(List.of("--output=" + server.root() + "/" + output));
    words.addAll(List.of(more));
    words.add("--");
    words.addAll(server.flags());
    return Heard.of(words.toArray(String[]::new));
  }
}
