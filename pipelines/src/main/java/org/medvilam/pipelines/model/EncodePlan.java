package org.medvilam.pipelines.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;
import org.medvilam.trainer.FeatureStore;

/**
 * The ranges of an encoding, and which of them stand finished in the output.
 *
 * @param arguments what decides the features: the run, its part, the base, the engine and mirroring
 * @param pictures pictures listed
 * @param ranges into how many ranges they are cut
 */
record EncodePlan(SortedMap<String, String> arguments, long pictures, int ranges) {
  static final String WORK = ".work";
  private static final String FILE = WORK + "/plan.json";

  /**
   * What became of a range.
   *
   * @param features features written
   * @param sha256 the checksum of their file
   * @param base the SHA-256 of the base that gave them
   * @param name that base's name
   */
  record Done(int features, String sha256, String base, String name) {}

  /** Returns the plan of a run that was broken off, once its lists were whole. */
  static Optional<EncodePlan> find(Store output) throws IOException {
    return output.exists(FILE)
        ? Optional.of(RecordJson.mapper().readValue(output.readAll(FILE), EncodePlan.class))
        : Optional.empty();
  }

  /** Writes the plan, after all of its lists. */
  void write(Store output) throws IOException {
    RunFolder.writeJson(output, FILE, this);
  }

  static String pictures(int range) {
    return "%s/pictures-%05d.jsonl".formatted(WORK, range);
  }

  static String rejected(int range) {
    return "%s/rejected-%05d.jsonl".formatted(WORK, range);
  }

  private static String done(int range) {
    return "%s/done-%05d.json".formatted(WORK, range);
  }

  static void finish(Store output, int range, Done done) throws IOException {
    RunFolder.writeJson(output, done(range), done);
  }

  /** Returns what became of a range, if it is finished. */
  static Optional<Done> done(Store output, int range) throws IOException {
    return output.exists(done(range))
        ? Optional.of(RecordJson.mapper().readValue(output.readAll(done(range)), Done.class))
        : Optional.empty();
  }

  /** Returns the ranges that are not finished, or whose file is no longer what it was. */
  List<Integer> pending(Store output) throws IOException {
    List<Integer> pending = new ArrayList<>();
    for (int range = 0; range < ranges; range++) {
      Optional<Done> done = done(output, range);
      if (done.isEmpty()
          || !output.exists(rejected(range))
          || !Checksum.holds(output, FeatureStore.file(range), done.get().sha256())) {
        output.delete(done(range));
        pending.add(range);
      }
    }
    return pending;
  }
}
