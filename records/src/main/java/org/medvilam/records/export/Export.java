package org.medvilam.records.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.MediaType;
import org.medvilam.records.Task;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.MediaGroups;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/**
 * Writes a finished run in the form of another system.
 *
 * <p>The run is read once (twice with a limit), a medium's records in memory at a time. The same
 * run and options give the same bytes. {@code _SUCCESS} comes last.
 */
public final class Export {
  /** What a user reads first. */
  static final String CARD = "CARD.md";

  private final RunFolder run;
  private final ExportOptions options;
  private final SortedMap<String, DatasetFacts> facts;
  private long media;
  private long selected;
  private long exported;

  /**
   * Prepares an export to any target but {@link ExportTarget#CROISSANT}.
   *
   * @param facts what is said of each dataset of the run, by name
   * @throws IllegalArgumentException if the run has no record that is asked for
   */
  public Export(RunFolder run, ExportOptions options, SortedMap<String, DatasetFacts> facts) {
    this.run = run;
    this.options = options;
    this.facts = facts;
    if (!Selection.hasAny(run, options)) {
      throw new IllegalArgumentException(
          "expected records of split %s and tasks %s in %s, found %s"
              .formatted(
                  options.arguments().get("split"),
                  options.arguments().get("tasks"),
                  run.store().uri(),
                  run.manifest().counts().records("by_split_task_label").keySet()));
    }
  }

  /**
   * Writes the export.
   *
   * @param output an empty tree
   * @param roots where each dataset's pictures are; asked only to copy or link them
   * @param progress takes the number of records read so far, as it grows
   */
  public ExportManifest write(Store output, Function<String, Store> roots, LongConsumer progress)
      throws IOException {
    ExportPictures pictures = new ExportPictures(options.pictures(), run, roots, output);
    TargetWriter target = target(output);
    LeftOut leftOut = new LeftOut(output);
    MediaGroups groups = new MediaGroups(r -> medium(r, target, pictures, leftOut));
    Selection.of(run, options)
        .forEach(
            r -> {
              groups.add(r);
              progress.accept(++selected);
            });
    groups.end();
    List<Manifest.FileEntry> files = new ArrayList<>(target.finish());
    files.add(leftOut.finish());
    pictures.finish().ifPresent(files::add);
    if (exported + leftOut.count() != selected) {
      throw new IllegalStateException(
          "counts do not add up: %d exported and %d left out of %d records"
              .formatted(exported, leftOut.count(), selected));
    }
    ExportManifest.Counted counted =
        new ExportManifest.Counted(media, selected, exported, leftOut.byReason());
    String card = new ExportCard(options, run, facts).text(target.card(), counted);
    files.add(RunFolder.writeText(output, CARD, card));
    return ExportManifest.finish(output, run, options, counted, files);
  }

  private TargetWriter target(Store output) {
    return switch (options.target()) {
      case LLAVA -> new ConversationWriter(new LlavaDialect(), options.groupByImage(), output);
      case QWEN -> new ConversationWriter(new QwenDialect(), options.groupByImage(), output);
      case OFA_TSV -> new OfaTsvWriter(options.points(), output);
      case COCO -> new CocoWriter(options.points(), located(), facts, output);
      case CROISSANT -> throw new IllegalStateException("croissant writes no records");
    };
  }

  private SortedSet<String> located() {
    SortedSet<String> labels = Selection.labels(run, options, Task.LOCALIZATION);
    labels.addAll(Selection.labels(run, options, Task.SEGMENTATION));
    return labels;
  }

  private void medium(
      List<InstructionRecord> records,
      TargetWriter target,
      ExportPictures pictures,
      LeftOut leftOut)
      throws IOException {
    String path = pictures.path(records.get(0));
    List<InstructionRecord> good = new ArrayList<>();
    for (InstructionRecord r : records) {
      Problem problem = notAPicture(r);
      if (problem == null) {
        problem = target.problem(r, records, path);
      }
      if (problem == null) {
        good.add(r);
      } else {
        leftOut.add(r, problem);
      }
    }
    if (good.isEmpty()) {
      return;
    }
    Problem problem = pictures.provide(good.get(0));
    if (problem != null) {
      for (InstructionRecord r : good) {
        leftOut.add(r, problem);
      }
      return;
    }
    target.write(good, path);
    media++;
    exported += good.size();
  }

  private static @Nullable Problem notAPicture(InstructionRecord r) {
    return r.media().type() == MediaType.IMAGE
        ? null
        : new Problem(
            "not-a-picture", "expected a still picture, found a " + r.media().type().key());
  }
}
