package org.medvilam.records.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.codec.ToolVersion;
import org.medvilam.records.store.Store;

/**
 * What an export holds and what it was made from: {@code export.json}.
 *
 * <p>Records: selected = exported + left out.
 *
 * @param tool {@code medvilam} with its version
 * @param command {@code export}
 * @param arguments what shaped the files
 * @param roots where each dataset's pictures are, by dataset
 * @param inputFingerprint fingerprint that the run states
 * @param runManifest hex SHA-256 of the run's manifest
 * @param media pictures in the export
 * @param selected records that were asked for
 * @param exported records that the files express
 * @param leftOut other records, by reason; named in {@code left-out.jsonl}
 * @param files the files in the order of their paths
 */
@JsonPropertyOrder({"tool", "command", "arguments"})
public record ExportManifest(
    String tool,
    String command,
    SortedMap<String, String> arguments,
    SortedMap<String, String> roots,
    @JsonProperty("input_fingerprint") String inputFingerprint,
    @JsonProperty("run_manifest") String runManifest,
    long media,
    long selected,
    long exported,
    @JsonProperty("left_out") SortedMap<String, Long> leftOut,
    List<Manifest.FileEntry> files) {
  /** The manifest's name. */
  public static final String FILE = "export.json";

  /** Copies the list. */
  public ExportManifest {
    files = List.copyOf(files);
  }

  /** What became of the records. */
  record Counted(long media, long selected, long exported, SortedMap<String, Long> leftOut) {}

  /** Writes the manifest of an export, and last the mark that it is finished. */
  static ExportManifest finish(
      Store output,
      RunFolder run,
      ExportOptions options,
      Counted counted,
      List<Manifest.FileEntry> files)
      throws IOException {
    byte[] source = run.store().readAll(RunFolder.MANIFEST);
    ExportManifest manifest =
        new ExportManifest(
            ToolVersion.CURRENT,
            "export",
            options.arguments(),
            new TreeMap<>(run.manifest().roots()),
            run.manifest().inputFingerprint(),
            Checksum.of(new ByteArrayInputStream(source)).hex(),
            counted.media,
            counted.selected,
            counted.exported,
            counted.leftOut,
            files.stream().sorted(Comparator.comparing(Manifest.FileEntry::path)).toList());
    RunFolder.writeJson(output, FILE, manifest);
    output.write(RunFolder.SUCCESS).close();
    return manifest;
  }
}
