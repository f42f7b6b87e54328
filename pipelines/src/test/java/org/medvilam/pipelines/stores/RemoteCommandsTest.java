package org.medvilam.pipelines.stores;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.pipelines.command.Heard;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;

/** Commands over remote trees leave the same bytes there as on the local disk. */
final class RemoteCommandsTest {
  private static final List<String> DATASETS = List.of("busi", "msd-hippocampus");

  @TempDir private static Path folder;

  /** The kinds of storage. */
  enum Kind {
    GS,
    S3,
    HDFS;

    StorageServer start(Path scratch) throws Exception {
      return switch (this) {
        case GS -> new GcsServer();
        case S3 -> new S3Server(Files.createDirectories(scratch));
        case HDFS -> new HdfsServer(Files.createDirectories(scratch));
      };
    }
  }

  @BeforeAll
  static void runOnTheLocalDisk() throws IOException {
    for (String dataset : DATASETS) {
      Path data = folder.resolve("data").resolve(dataset);
      Catalogue.find(dataset).orElseThrow().draw(new PhantomRequest(data, 6, 1));
    }
    run(folder.toString(), List.of(), "direct");
  }

  @Test
  void sameBytesInGoogleStorage() throws Exception {
    compareAll(Kind.GS);
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "GS", mode = EnumSource.Mode.EXCLUDE)
  @Tag("stores")
  void sameBytesInOtherStorage(Kind kind) throws Exception {
    compareAll(kind);
  }

  private static void compareAll(Kind kind) throws Exception {
    try (StorageServer server = kind.start(folder.resolve("server-" + kind))) {
      Store remote = server.store("");
      Trees.copy(LocalStore.of(folder.resolve("data")), remote.below("data"));
      run(server.root(), server.flags(), kind == Kind.GS ? "flink" : "direct");
      compare(remote);
      for (String run : List.of("busi", "shots")) {
        assertThat(look("validate", server.root(), run, server.flags()))
            .isEqualTo(look("validate", folder.toString(), run, List.of()));
        assertThat(look("stats", server.root(), run, server.flags()))
            .isEqualTo(look("stats", folder.toString(), run, List.of()));
      }
    }
  }

  /** Converts, draws and encodes below a place. */
  private static void run(String top, List<String> flags, String runner) {
    convert(top, flags, runner, "busi", "parquet");
    convert(top, flags, runner, "msd-hippocampus", "webdataset");
    List<String> fewshot = new ArrayList<>(List.of("fewshot", "--input=" + top + "/busi"));
    fewshot.addAll(List.of("--output=" + top + "/shots", "--shots=1"));
    if (!flags.isEmpty()) {
      fewshot.add("--runner=" + runner);
    }
    done(flags, fewshot.toArray(String[]::new));
    done(
        flags,
        "encode",
        "--input=" + top + "/shots",
        "--output=" + top + "/features",
        "--no-flips");
  }

  private static void convert(
      String top, List<String> flags, String runner, String dataset, String format) {
    done(
        flags,
        "convert",
        "--dataset=" + dataset,
        "--input=" + top + "/data/" + dataset,
        "--output=" + top + "/" + dataset,
        "--format=" + format,
        "--shards=2",
        "--runner=" + runner);
  }

  private static void done(List<String> flags, String... command) {
    Heard heard = heard(flags, command);
    assertThat(heard.code()).as(heard.text()).isZero();
  }

  private static Heard heard(List<String> flags, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    if (!flags.isEmpty()) {
      words.add("--");
      words.addAll(flags);
    }
    return Heard.of(words.toArray(String[]::new));
  }

  private static List<String> look(String command, String top, String run, List<String> flags) {
    Heard heard = heard(flags, command, top + "/" + run);
    List<String> lines = new ArrayList<>(heard.text().lines().toList());
    lines.removeIf(line -> line.contains(" in ") || line.contains("\r"));
    lines.add("exit code " + heard.code());
    return lines;
  }

  /** Every file is there and no other; where they lie is all that manifests differ in. */
  private static void compare(Store remote) throws IOException {
    for (String run : List.of("busi", "msd-hippocampus", "shots", "features")) {
      Store here = LocalStore.of(folder.resolve(run));
      Map<String, String> expected = Trees.checksums(here);
      Map<String, String> found = Trees.checksums(remote.below(run));
      if (expected.containsKey(RunFolder.MANIFEST)) {
        assertThat(manifest(remote.below(run))).as(run).isEqualTo(manifest(here));
        expected.remove(RunFolder.MANIFEST);
        found.remove(RunFolder.MANIFEST);
      }
      assertThat(found).as(run).isEqualTo(expected).hasSizeGreaterThan(1);
    }
  }

  private static ObjectNode manifest(Store run) throws IOException {
    ObjectNode manifest = (ObjectNode) new ObjectMapper().readTree(run.readAll(RunFolder.MANIFEST));
    assertThat(manifest.get("roots").elements())
        .toIterable()
        .allSatisfy(root -> assertThat(root.asText()).contains("/data/"));
    // Item lists are salted with the root, so that a resumed run never mixes two.
    Stream.of("roots", "fingerprint", "input_fingerprint").forEach(manifest::remove);
    return manifest;
  }
}
