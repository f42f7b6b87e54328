package org.medvilam.pipelines.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;

/** A copy of a run that a test may damage. */
final class DamagedRun {
  static final String TRAIN = "records/train-00000-of-00001.jsonl";

  private final Path folder;
  private final List<ObjectNode> records = new ArrayList<>();

  private DamagedRun(Path folder) {
    this.folder = folder;
  }

  /** Copies a run of one shard per split and reads the records of its train part. */
  static DamagedRun copyOf(Path run, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(run.relativize(file).toString()));
      }
    }
    DamagedRun damaged = new DamagedRun(copy);
    for (String line : Files.readAllLines(copy.resolve(TRAIN))) {
      damaged.records.add((ObjectNode) RecordJson.mapper().readTree(line));
    }
    return damaged;
  }

  /** Returns the train records. */
  List<ObjectNode> records() {
    return records;
  }

  /** Returns the first train record of a task that has a region or a text to damage. */
  ObjectNode first(String task) {
    Predicate<ObjectNode> ofTask = r -> r.path("task").asText().equals(task);
    return records.stream().filter(ofTask).findFirst().orElseThrow();
  }

  /** Writes the train records, and the manifest as if they had always been so. */
  void save() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (ObjectNode r : records) {
      lines.append(RecordJson.mapper().writeValueAsString(r)).append('\n');
    }
    Files.writeString(folder.resolve(TRAIN), lines);
    editManifest(this::restate);
  }

  private void restate(ObjectNode manifest) {
    for (JsonNode file : (ArrayNode) manifest.get("files")) {
      if (file.path("path").asText().equals(TRAIN)) {
        try (InputStream in = Files.newInputStream(folder.resolve(TRAIN))) {
          Checksum checksum = Checksum.of(in);
          ((ObjectNode) file).put("bytes", checksum.bytes()).put("records", records.size());
          ((ObjectNode) file).put("sha256", checksum.hex());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  void editManifest(Consumer<ObjectNode> edit) throws IOException {
    Path file = folder.resolve(RunFolder.MANIFEST);
    ObjectNode manifest = (ObjectNode) RecordJson.mapper().readTree(file.toFile());
    edit.accept(manifest);
    Files.writeString(file, manifest.toString(), StandardCharsets.UTF_8);
  }

  Path folder() {
    return folder;
  }
}
