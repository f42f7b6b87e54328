package org.medvilam.evaluation.check;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordReader;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/**
 * Makes every {@link Check} of a finished run in one pass over its records.
 *
 * <p>In memory are one record, the names of labels and the first examples; ids, groups and paths
 * are sorted on disk. A file that cannot be read to its end is named and left, the others go on.
 */
public final class RunCheck {
  private final RunFolder run;
  private final Tally tally;
  private final FileChecks files;
  private final RegionChecks regions;
  private final AnswerChecks answers;
  private final LabelChecks labels;
  private long records;

  private RunCheck(RunFolder run, CheckOptions options) {
    this.run = run;
    this.tally = new Tally(options);
    this.files = new FileChecks(tally, run);
    this.regions = new RegionChecks(tally, options.minIou());
    this.answers = new AnswerChecks(tally);
    this.labels = new LabelChecks(tally, options.maxRatio());
  }

  /** Hears how many records were read. */
  @FunctionalInterface
  public interface Listener {
    /** Hears of so many records. */
    void read(long records);
  }

  /**
   * Checks a run.
   *
   * @param run the run
   * @param options what is checked
   * @param roots the tree that a dataset's media lie in, by the dataset's name
   * @param scratch sorts keys outside memory
   * @param listener hears of progress
   * @throws IOException if the scratch space fails; what is wrong with the run ends in the report
   */
  public static CheckReport of(
      RunFolder run,
      CheckOptions options,
      Function<String, Store> roots,
      KeySort.Scratch scratch,
      Listener listener)
      throws IOException {
    RunCheck check = new RunCheck(run, options);
    try (KeyChecks keys = new KeyChecks(check.tally, new RunMedia(run, roots), scratch)) {
      check.files.look();
      for (Manifest.FileEntry file : run.recordFiles(null)) {
        if (run.store().exists(file.path())) {
          check.read(file, keys, listener);
        }
      }
      keys.finish();
    }
    check.labels.finish();
    return CheckReport.of(check.records, check.tally.results());
  }

  /** Why a file cannot be read on; any exception of a format's library. */
  private static final class UnreadableShard extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableShard(String message) {
      super(message);
    }
  }

  private void read(Manifest.FileEntry file, KeyChecks keys, Listener listener) throws IOException {
    tally.examined(Check.UNREADABLE_RECORD);
    long found = 0;
    try (RecordReader reader = open(file.path())) {
      for (InstructionRecord r = next(reader); r != null; r = next(reader)) {
        regions.look(r);
        answers.look(r);
        labels.look(r);
        keys.look(r);
        found++;
        listener.read(++records);
      }
      files.records(file, found);
    } catch (UnreadableShard e) {
      tally.found(
          Check.UNREADABLE_RECORD,
          file.path(),
          "after %d records: %s; the rest was not checked".formatted(found, e.getMessage()));
    }
  }

  private RecordReader open(String path) throws UnreadableShard {
    try {
      return RecordFormat.ofPath(path).reader(run.store(), path);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableShard("expected a file of records, found another");
    }
  }

  private static @Nullable InstructionRecord next(RecordReader reader) throws UnreadableShard {
    InstructionRecord r;
    try {
      r = reader.next();
    } catch (IOException | RuntimeException e) {
      throw new UnreadableShard("expected a record, found what is none");
    }
    if (r != null && !isWhole(r)) {
      throw new UnreadableShard("expected a record with all its fields, found some missing");
    }
    return r;
  }

  private static boolean isWhole(InstructionRecord r) {
    return Stream.of(
                r.id(),
                r.dataset(),
                r.task(),
                r.modality(),
                r.media(),
                r.group(),
                r.label(),
                r.instruction(),
                r.answer())
            .noneMatch(Objects::isNull)
        && r.media().id() != null
        && r.media().type() != null
        && r.media().uri() != null;
  }
}
