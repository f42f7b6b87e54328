package org.medvilam.pipelines.model;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.MediaType;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RunFolder;

/** The records that a model which looks at one picture can be asked. */
final class StillPictures {
  private StillPictures() {}

  static boolean are(InstructionRecord instruction) {
    return instruction.media().type() == MediaType.IMAGE;
  }

  /**
   * Returns the records of a part that a model can be asked, and says how many others there are.
   *
   * @param option what named the run
   * @param limit the most of them, the first by hash of their ids; 0 for all, in their own order
   * @throws UsageException if there are none
   */
  static List<InstructionRecord> of(
      String option, Split split, RunFolder run, int limit, PrintStream err) throws IOException {
    List<InstructionRecord> pictures = new ArrayList<>();
    long[] others = new long[1];
    run.forEach(
        split,
        r -> {
          if (are(r)) {
            pictures.add(r);
          } else {
            others[0]++;
          }
        });
    sayLeftOut(others[0], err);
    if (pictures.isEmpty()) {
      throw new UsageException(
          "%s: expected %s records in %s, found none"
              .formatted(option, split.key(), run.store().uri()));
    }
    if (limit > 0 && limit < pictures.size()) {
      pictures.sort(Comparator.comparing(r -> Hashing.hex(r.id())));
      pictures.subList(limit, pictures.size()).clear();
    }
    return pictures;
  }

  /** Says how many records a model cannot be asked, if any. */
  static void sayLeftOut(long n, PrintStream err) {
    if (n > 0) {
      err.printf("left out %,d records of volumes, videos or sounds: the model sees pictures%n", n);
    }
  }
}
