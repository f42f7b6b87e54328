package org.medvilam.transforms;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
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

  static String done(String shard) {
    return FOLDER + "/done/" + shard + ".json";
  }

  static String rejected(String shard) {
    return FOLDER + "/rejected/" + shard + ".jsonl";
  }

  static String plan() {
    return FOLDER + "/plan.json";
  }

  static BufferedWriter writer(Store store, String path) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(store.write(path), StandardCharsets.UTF_8), 1 << 16);
  }

  static void writeLine(BufferedWriter out, Object value) throws IOException {
    out.write(RecordJson.mapper().writeValueAsString(value));
    out.write('\n');
  }

  /** Deletes what stands beside the finished shards: half-written files of killed attempts. */
  static void sweep(Store output, Set<String> finished) throws IOException {
    for (StoreEntry entry : output.list(RunFolder.RECORDS)) {
      String path = RunFolder.RECORDS + "/" + entry.name();
      if (!finished.contains(path)) {
        output.delete(path);
      }
    }
  }
}
