package org.medvilam.pipelines.model;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.medvilam.pipelines.run.Locations;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.trainer.JointRecords;
import org.medvilam.trainer.PretrainingOptions;

/** The train parts of finished runs, to pre-train a base from. */
public final class JointRuns {
  private final List<RunFolder> runs;
  private final Map<String, String> moved;
  private final int limit;
  private final PrintStream err;

  /**
   * Names the runs.
   *
   * @param moved directories of datasets that lie elsewhere now, by dataset
   * @param limit the most records of each run, the first by hash of their ids; 0 for all
   */
  public JointRuns(List<RunFolder> runs, Map<String, String> moved, int limit, PrintStream err) {
    this.runs = List.copyOf(runs);
    this.moved = Map.copyOf(moved);
    this.limit = limit;
    this.err = err;
    new PictureRoots(runs, moved, Locations.standard()); // refuses what no run knows
  }

  /** Reads them all; the first picture that cannot be read ends it. */
  public JointRecords read(PretrainingOptions options) throws IOException {
    JointRecords records = new JointRecords(options);
    for (RunFolder run : runs) {
      List<InstructionRecord> pictures = StillPictures.of("--input", Split.TRAIN, run, limit, err);
      records.add(run, PictureRoots.of(run, moved)::of, pictures);
    }
    records.counts().forEach((what, n) -> err.printf("records     %,d of %s%n", n, what));
    if (records.tooLong() > 0) {
      err.printf("left out %,d records: their texts are too long%n", records.tooLong());
    }
    return records;
  }
}
