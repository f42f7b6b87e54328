package org.medvilam.records.export;

import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Split;
import org.medvilam.records.Task;

/**
 * What to export, and how.
 *
 * @param target whose form
 * @param split only this split, or null for all
 * @param tasks only these tasks; empty for all
 * @param limit most media per split, the first by SHA-256 of {@code dataset|media.id}; 0 for all
 * @param pictures where the pictures are
 * @param groupByImage one conversation per picture instead of one per record
 * @param points points per outline; 0 for what the target has by itself: all vertices in COCO, 25
 *     in OFA
 */
public record ExportOptions(
    ExportTarget target,
    @Nullable Split split,
    Set<Task> tasks,
    int limit,
    PictureMode pictures,
    boolean groupByImage,
    int points) {
  /** Copies the set, and refuses what the target knows nothing of. */
  public ExportOptions {
    tasks = Set.copyOf(tasks);
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative, but was: " + limit);
    }
    if (points != 0 && (points < 3 || points > 1000)) {
      throw new IllegalArgumentException("points must be 3 to 1000, but was: " + points);
    }
    boolean conversations = target == ExportTarget.LLAVA || target == ExportTarget.QWEN;
    if (groupByImage && !conversations) {
      throw new IllegalArgumentException("only llava and qwen group conversations by image");
    }
    if (points != 0 && target != ExportTarget.COCO && target != ExportTarget.OFA_TSV) {
      throw new IllegalArgumentException("only coco and ofa-tsv sample outlines anew");
    }
    boolean whole =
        split == null && tasks.isEmpty() && limit == 0 && pictures == PictureMode.REFERENCE;
    if (target == ExportTarget.CROISSANT && !whole) {
      throw new IllegalArgumentException(
          "croissant describes the files of the run as they are: no split, tasks, limit or pictures");
    }
  }

  /** Returns the options of a whole run without pictures. */
  public static ExportOptions of(ExportTarget target) {
    return new ExportOptions(target, null, Set.of(), 0, PictureMode.REFERENCE, false, 0);
  }

  /** Returns the same options for one split. */
  public ExportOptions withSplit(Split only) {
    return new ExportOptions(target, only, tasks, limit, pictures, groupByImage, points);
  }

  /** Returns the same options for some tasks. */
  public ExportOptions withTasks(Set<Task> only) {
    return new ExportOptions(target, split, only, limit, pictures, groupByImage, points);
  }

  /** Returns the same options for at most {@code most} media per split. */
  public ExportOptions withLimit(int most) {
    return new ExportOptions(target, split, tasks, most, pictures, groupByImage, points);
  }

  /** Returns the same options with pictures in another place. */
  public ExportOptions withPictures(PictureMode mode) {
    return new ExportOptions(target, split, tasks, limit, mode, groupByImage, points);
  }

  /** Returns the same options with one conversation per picture. */
  public ExportOptions groupedByImage() {
    return new ExportOptions(target, split, tasks, limit, pictures, true, points);
  }

  /** Returns the same options with outlines of {@code number} points. */
  public ExportOptions withPoints(int number) {
    return new ExportOptions(target, split, tasks, limit, pictures, groupByImage, number);
  }

  /** Tells whether a task is asked for. */
  boolean asksFor(Task task) {
    return tasks.isEmpty() || tasks.contains(task);
  }

  /** Returns the options as a manifest states them. */
  SortedMap<String, String> arguments() {
    SortedMap<String, String> arguments = new TreeMap<>();
    arguments.put("to", target.key());
    arguments.put("split", split == null ? "all" : split.key());
    arguments.put(
        "tasks",
        tasks.isEmpty()
            ? "all"
            : String.join(",", tasks.stream().sorted().map(Task::key).toList()));
    arguments.put("limit", limit == 0 ? "none" : Integer.toString(limit));
    arguments.put("images", pictures.name().toLowerCase(Locale.ROOT));
    arguments.put("group_by_image", Boolean.toString(groupByImage));
    arguments.put("points", points == 0 ? "auto" : Integer.toString(points));
    return arguments;
  }
}
