package org.medvilam.transforms;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * The files of an unfinished run, in a folder that goes when the run is finished.
 *
 * <p>{@code items/SHARD.jsonl} lists a shard's items, {@code done/SHARD.json} says that it is
 * converted, {@code rejected/SHARD.jsonl} what it rejected.
 */
final class WorkFiles {
  static final String FOLDER = ".work";

  /** Rejections of the listing itself; sorts before every shard's. */
  static final String LISTING = "0-listing";

  private WorkFiles() {}

  static String items(String shard) {
    return FOLDER + "/items/" + shard + ".jsonl";
  }

  static String done() {
    return FOLDER + "/done";
  }

  static String done(String shard) {
    return done() + "/" + shard + ".json";
  }

  static String rejected(String shard) {
    return FOLDER + "/rejected/" + shard + ".jsonl";
  }

  static String plan() {
    return FOLDER + "/plan.json";
  }

  /** Returns what became of a shard, or empty if it is not converted from this item list yet. */
  static Optional<ShardSummary> summary(Store output, ShardSpec shard) throws IOException {
    String path = done(shard.name());
    if (!output.exists(path)) {
      return Optional.empty();
    }
    ShardSummary summary = RecordJson.mapper().readValue(output.readAll(path), ShardSummary.class);
    return Optional.of(summary).filter(s -> s.spec().equals(shard));
  }

  /** Deletes half-written files of killed attempts, and records and indexes of other shards. */
  static void sweep(Store output, Set<String> finished) throws IOException {
    sweep(output, "", name -> name.endsWith(RunFolder.TEMPORARY));
    for (String folder : List.of(RunFolder.RECORDS, RunFolder.INDEX)) {
      sweep(output, folder + "/", name -> !finished.contains(name));
    }
  }

  private static void sweep(Store output, String folder, Predicate<String> left)
      throws IOException {
    for (StoreEntry entry : output.list(folder)) {
      String path = folder + entry.name();
      if (left.test(path)) {
        output.delete(path);
      }
    }
  }
}
