package org.medvilam.transforms;

import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.store.Store;

/**
 * A conversion, as every worker sees it.
 *
 * @param dataset the dataset's name
 * @param root the dataset's root
 * @param output the run's directory
 * @param settings what the user asked of the dataset
 * @param instructions which records to make
 * @param format their file form
 * @param shards shards per split, or 0 for one per {@value ItemPlan#ITEMS_PER_SHARD} items
 * @param limit most items per split, or 0 for all
 * @param embedding which pictures are stored with the records
 */
public record ConvertJob(
    String dataset,
    Store root,
    Store output,
    Settings settings,
    InstructionOptions instructions,
    RecordFormat format,
    int shards,
    int limit,
    Embedding embedding)
    implements Serializable {

  /** Creates a job that stores the pictures that its format holds by itself. */
  public ConvertJob(
      String dataset,
      Store root,
      Store output,
      Settings settings,
      InstructionOptions instructions,
      RecordFormat format,
      int shards,
      int limit) {
    this(
        dataset,
        root,
        output,
        settings,
        instructions,
        format,
        shards,
        limit,
        Embedding.standard(format, settings));
  }

  /** Returns the dataset itself. */
  public Dataset find() {
    return Catalogue.find(dataset)
        .orElseThrow(() -> new IllegalStateException("no dataset named " + dataset));
  }

  /** Returns where workers read from. */
  DatasetSource source(SortedLines.Scratch scratch) {
    return new DatasetSource(root, settings, scratch);
  }

  /** Returns what shapes the records, as the manifest states it. */
  public SortedMap<String, String> arguments() {
    SortedMap<String, String> arguments = new TreeMap<>();
    arguments.put("dataset", dataset);
    arguments.put("format", format.key());
    arguments.put("shards", shards == 0 ? "auto" : Integer.toString(shards));
    arguments.put("limit", limit == 0 ? "none" : Integer.toString(limit));
    arguments.put(
        "tasks",
        String.join(",", instructions.tasks().stream().sorted().map(t -> t.key()).toList()));
    arguments.put("points", Integer.toString(instructions.points()));
    arguments.put("min_component", Integer.toString(instructions.minComponent()));
    arguments.put("expand", instructions.expandRegions() ? "regions" : "none");
    arguments.put("labels_only", Boolean.toString(settings.labelsOnly()));
    arguments.put("label", settings.label());
    arguments.put("annotations", settings.annotations() == null ? "auto" : settings.annotations());
    if (format.holdsPictures()) {
      arguments.put("embed_images", embedding.form().key());
      arguments.put(
          "max_side", embedding.maxSide() == 0 ? "none" : Integer.toString(embedding.maxSide()));
    }
    if (settings.zeroBased()) {
      arguments.put("zero_based", "true");
    }
    return arguments;
  }
}
