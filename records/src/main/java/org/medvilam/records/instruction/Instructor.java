package org.medvilam.records.instruction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Task;

/**
 * Turns one sample into its instruction records.
 *
 * <p>One record per image, task and label lists every region of that label; with {@code
 * expandRegions} each region gets a record of its own. Regions are ordered by their first vertex
 * (the top-left corner of a box) in native coordinates. Cost: one trace per mask, 25 samples per
 * outline.
 */
public final class Instructor {
  private final InstructionOptions options;
  private final Wording wording;
  private final String converter;

  /**
   * Creates an instructor.
   *
   * @param options which records to make
   * @param converter name and version that records carry, e.g. {@code busi/1}
   */
  public Instructor(InstructionOptions options, String converter) {
    this.options = options;
    this.converter = converter;
    this.wording = Wording.standard();
  }

  /** Returns the records of a sample, and what of it gave none. */
  public Instructed instruct(Sample sample) {
    List<FindingShapes> usable = new ArrayList<>();
    List<Fate> fates = new ArrayList<>();
    int specks = 0;
    long speckPixels = 0;
    long holePixels = 0;
    for (Finding finding : sample.findings()) {
      FindingShapes shapes = FindingShapes.of(finding, sample.media(), options.minComponent());
      specks += shapes.specks;
      speckPixels += shapes.speckPixels;
      holePixels += shapes.holePixels;
      fates.add(new Fate(finding, end(shapes), rejections(sample, shapes)));
      if (!shapes.isEmpty()) {
        usable.add(shapes);
      }
    }
    return new Instructed(records(sample, usable), fates, specks, speckPixels, holePixels);
  }

  private Fate.End end(FindingShapes shapes) {
    if (shapes.isEmpty()) {
      return Fate.End.REJECTED;
    }
    return requested(shapes) ? Fate.End.CONVERTED : Fate.End.NOT_REQUESTED;
  }

  private List<InstructionRecord> records(Sample sample, List<FindingShapes> usable) {
    List<InstructionRecord> records = new ArrayList<>();
    if (options.tasks().contains(Task.CLASSIFICATION) && !sample.labels().isEmpty()) {
      records.add(classification(sample));
    }
    SortedMap<String, List<FindingShapes>> byLabel = new TreeMap<>();
    for (FindingShapes shapes : usable) {
      byLabel.computeIfAbsent(shapes.finding.label(), k -> new ArrayList<>()).add(shapes);
    }
    for (Task task : List.of(Task.LOCALIZATION, Task.SEGMENTATION)) {
      if (options.tasks().contains(task)) {
        byLabel.forEach((label, shapes) -> records.addAll(regions(sample, task, label, shapes)));
      }
    }
    return records;
  }

  private InstructionRecord classification(Sample sample) {
    String label = joined(sample.labels(), ImageLabel::label, ", ");
    RecordDraft draft = new RecordDraft(sample, Task.CLASSIFICATION, label, converter, wording);
    return draft.text(joined(sample.labels(), ImageLabel::nativeLabel, ", "), label);
  }

  private List<InstructionRecord> regions(
      Sample sample, Task task, String label, List<FindingShapes> shapes) {
    List<Placed> placed = new ArrayList<>();
    for (FindingShapes s : shapes) {
      Placed.of(task, s, placed);
    }
    placed.sort(Comparator.naturalOrder());
    RecordDraft draft = new RecordDraft(sample, task, label, converter, wording);
    List<InstructionRecord> records = new ArrayList<>();
    int step = options.expandRegions() ? 1 : placed.size();
    for (int i = 0, ordinal = 0; i < placed.size(); i += step, ordinal++) {
      List<Placed> some = placed.subList(i, i + step);
      String nativeLabel = joined(some, p -> p.finding().nativeLabel(), ", ");
      records.add(draft.regions(ordinal, nativeLabel, some, source(some), options.points()));
    }
    return records;
  }

  private static Source source(List<Placed> placed) {
    String file = joined(placed, p -> p.finding().source().file(), "; ");
    Set<String> positions = new LinkedHashSet<>();
    for (Placed p : placed) {
      if (p.finding().source().record() != null) {
        positions.add(p.finding().source().record());
      }
    }
    return new Source(file, positions.isEmpty() ? null : String.join("; ", positions));
  }

  private boolean requested(FindingShapes shapes) {
    List<Placed> placed = new ArrayList<>();
    for (Task task : List.of(Task.LOCALIZATION, Task.SEGMENTATION)) {
      if (options.tasks().contains(task)) {
        Placed.of(task, shapes, placed);
      }
    }
    return !placed.isEmpty();
  }

  private static List<Rejection> rejections(Sample sample, FindingShapes shapes) {
    String source = shapes.finding.source().toString();
    if (shapes.isEmpty()) {
      String reason = shapes.problems.get(0).reason();
      String detail = joined(shapes.problems, Throwable::getMessage, "; ");
      Rejection.Scope scope = Rejection.Scope.ANNOTATION;
      return List.of(new Rejection(sample.dataset(), scope, source, reason, detail));
    }
    Rejection.Scope scope = Rejection.Scope.PART;
    return shapes.problems.stream()
        .map(p -> new Rejection(sample.dataset(), scope, source, p.reason(), p.getMessage()))
        .toList();
  }

  private static <T> String joined(List<T> all, Function<T, String> text, String separator) {
    return all.stream().map(text).distinct().collect(Collectors.joining(separator));
  }
}
