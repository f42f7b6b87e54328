package org.medvilam.records.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/** Writes a run's Croissant document and its dataset card; both belong into the run's root. */
public final class CroissantExport {
  private final RunFolder run;
  private final SortedMap<String, DatasetFacts> facts;
  private final Publication publication;

  /**
   * Prepares the export.
   *
   * @param facts what is said of each dataset of the run, by name
   * @param publication what only those who publish know
   */
  public CroissantExport(
      RunFolder run, SortedMap<String, DatasetFacts> facts, Publication publication) {
    this.run = run;
    this.facts = facts;
    this.publication = publication;
  }

  /** Writes both files, the export's manifest and {@code _SUCCESS}. */
  public ExportManifest write(Store output) throws IOException {
    Manifest manifest = run.manifest();
    String json =
        RecordJson.mapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(new Croissant(manifest, facts, publication).document());
    List<Manifest.FileEntry> files = new ArrayList<>();
    files.add(RunFolder.writeText(output, Croissant.FILE, json + "\n"));
    files.add(
        RunFolder.writeText(
            output, DatasetCard.FILE, new DatasetCard(manifest, facts, publication).text()));
    long records = manifest.counts().records();
    return ExportManifest.finish(
        output,
        run,
        ExportOptions.of(ExportTarget.CROISSANT),
        new ExportManifest.Counted(0, records, records, new TreeMap<>()),
        files);
  }
}
