package org.medvilam.transforms;

import java.util.ArrayList;
import java.util.List;
import org.medvilam.converters.DerivedPicture;
import org.medvilam.converters.item.Item;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.instruction.Fate;
import org.medvilam.records.instruction.Instructed;

/**
 * What became of an item.
 *
 * @param item the item
 * @param records its records, none where it is rejected
 * @param rejections what of it gave no record
 * @param pictures pictures drawn from it
 * @param rejected whether it gives nothing as a whole
 * @param negatives annotations that say there is nothing to find
 * @param fates what became of its other annotations
 * @param instructed its samples, for what their outlines left out
 */
record Outcome(
    Item item,
    List<InstructionRecord> records,
    List<Rejection> rejections,
    List<DerivedPicture> pictures,
    boolean rejected,
    int negatives,
    List<Fate> fates,
    List<Instructed> instructed) {

  /** Returns the outcome of an item that gives nothing. */
  static Outcome rejected(Item item, List<Rejection> rejections) {
    return new Outcome(item, List.of(), rejections, List.of(), true, 0, List.of(), List.of());
  }

  /** Returns the same outcome with more that is left out. */
  Outcome with(List<Rejection> more) {
    List<Rejection> all = new ArrayList<>(rejections);
    all.addAll(more);
    return new Outcome(item, records, all, pictures, rejected, negatives, fates, instructed);
  }

  /** Adds this item to the counts of its shard. */
  void count(Counts counts) {
    counts.items("read", 1);
    counts.annotations("read", item.annotations());
    rejections.forEach(counts::rejected);
    counts.items("with_rejections", rejections.isEmpty() ? 0 : 1);
    if (rejected) {
      counts.items("rejected", 1);
      counts.annotations("rejected", item.annotations());
      return;
    }
    counts.items("converted", 1);
    counts.items("without_records", records.isEmpty() ? 1 : 0);
    counts.annotations("negative", negatives);
    counts.annotations(
        "rejected",
        rejections.stream().filter(r -> r.scope() == Rejection.Scope.ANNOTATION).count());
    for (Fate fate : fates) {
      switch (fate.end()) {
        case CONVERTED -> counts.annotations("converted", 1);
        case NOT_REQUESTED -> counts.annotations("not_requested", 1);
        case REJECTED -> {}
      }
    }
    for (Instructed sample : instructed) {
      counts.outlines("specks", sample.specks());
      counts.outlines("speck_pixels", sample.speckPixels());
      counts.outlines("hole_pixels", sample.holePixels());
    }
    records.forEach(counts::written);
  }
}
