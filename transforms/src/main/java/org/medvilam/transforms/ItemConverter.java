package org.medvilam.transforms;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.instruction.Fate;
import org.medvilam.records.instruction.Instructed;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.StoreUnavailableException;
import org.medvilam.records.store.UnsafePathException;

/** Converts one item at a time; whatever is wrong with one ends as a named rejection. */
final class ItemConverter {
  private static final String NOTHING_LEFT = "expected an annotation that can be used, found none";

  private final String name;
  private final Dataset dataset;
  private final DatasetSource source;
  private final Instructor instructor;

  ItemConverter(ConvertJob job) {
    this.name = job.dataset();
    this.dataset = job.find();
    this.source = job.source(SortedLines.in(Path.of(System.getProperty("java.io.tmpdir"))));
    this.instructor = new Instructor(job.instructions(), dataset.info().converter());
  }

  /**
   * Converts an item; bad input never throws.
   *
   * @throws StoreUnavailableException if the storage of the dataset fails, and
   * @throws InterruptedIOException if the engine stops this worker: both are no fault of the item
   */
  Outcome convert(Item item) throws InterruptedIOException {
    try {
      return instruct(item, Patience.read(() -> dataset.convert(source, item)));
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      Patience.passInterruption(e);
      return rejected(item, e);
    }
  }

  private Outcome rejected(Item item, Exception e) {
    String where = item.source().toString();
    if (e instanceof ItemException ofItem) {
      String needed = ofItem.source().equals(where) ? "" : "; needed by " + where;
      return rejected(item, ofItem.source(), ofItem.reason(), e.getMessage() + needed);
    }
    if (e instanceof UnsafePathException) {
      return rejected(item, where, "unsafe-path", e.getMessage());
    }
    return e instanceof IOException
        ? rejected(item, where, "unreadable-file", e.toString())
        : rejected(item, where, "unexpected", "the converter failed: " + e);
  }

  private Outcome instruct(Item item, Conversion conversion) {
    List<InstructionRecord> records = new ArrayList<>();
    List<Instructed> instructed = new ArrayList<>();
    boolean labelled = false;
    for (Sample sample : conversion.samples()) {
      Instructed one = instructor.instruct(sample);
      records.addAll(one.records());
      instructed.add(one);
      labelled |= !sample.labels().isEmpty();
    }
    List<Fate> fates = AnnotationFates.of(instructed);
    List<Rejection> rejections = new ArrayList<>(conversion.rejections());
    fates.forEach(f -> rejections.addAll(f.rejections()));
    if (records.isEmpty() && !rejections.isEmpty() && !labelled) {
      String reason = rejections.get(0).reason();
      rejections.add(rejection(item.source().toString(), reason, NOTHING_LEFT));
      return Outcome.rejected(item, rejections);
    }
    return new Outcome(
        item,
        records,
        rejections,
        conversion.pictures(),
        false,
        conversion.negatives(),
        fates,
        instructed);
  }

  private Outcome rejected(Item item, String where, String reason, String detail) {
    return Outcome.rejected(item, List.of(rejection(where, reason, detail)));
  }

  private Rejection rejection(String where, String reason, String detail) {
    return new Rejection(name, Rejection.Scope.ITEM, where, reason, detail);
  }
}
