package org.medvilam.pipelines.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/** A directory that a command writes into: new, or cleared because the user said so. */
public final class OutputFolder {
  /** What the toolkit itself leaves in a directory; anything else there is not ours to delete. */
  private static final Set<String> OURS =
      Set.of(
          "records",
          "rejected",
          "images",
          "index",
          ".work",
          "manifest.json",
          "_SUCCESS",
          "fewshot.json",
          "leaks.html",
          "metrics.json",
          "table.md",
          "report.html",
          "predictions-zero-shot.jsonl",
          "predictions-fine-tuned.jsonl",
          "model.safetensors",
          "optimizer.safetensors",
          "card.json",
          "study.json",
          "study.html",
          "features",
          "history.csv",
          "events.out.tfevents.0.medvilam",
          "best.safetensors",
          "data",
          "runs",
          "fewshot",
          "checkpoint",
          "evaluation");

  /** What only an export leaves, from its first moment on. */
  private static final Set<String> EXPORT_MARKS =
      Set.of("export.json", "left-out.jsonl", "left-out.jsonl.tmp", "croissant.json");

  /** What an export leaves under names that others use too: ours beside one of its marks. */
  private static final Set<String> OURS_IN_EXPORTS =
      Set.of("annotations", "conversations", "tsv", "images.sha256", "CARD.md", "README.md");

  private static final Pattern DRAW = Pattern.compile("seed--?\\d+");

  private OutputFolder() {}

  /** Tells whether a folder's name is that of one of several draws, e.g. {@code seed-1}. */
  static boolean isDraw(String name) {
    return DRAW.matcher(name).matches();
  }

  /** What to do with a directory that is not empty. */
  public enum Existing {
    /** Refuse it. */
    REFUSE,
    /** Delete what an earlier run left there. */
    OVERWRITE,
    /** Go on where an earlier run broke off. */
    RESUME;

    /**
     * Returns what the flags of a command that can go on ask for.
     *
     * @throws UsageException if both are given
     */
    public static Existing of(boolean overwrite, boolean resume) {
      if (overwrite && resume) {
        throw new UsageException("--overwrite and --resume exclude each other");
      }
      return resume ? RESUME : overwrite ? OVERWRITE : REFUSE;
    }
  }

  /**
   * Checks that a directory is new or empty, and makes nothing.
   *
   * @throws UsageException if it is not
   */
  public static void checkNew(Path folder) throws IOException {
    checkNew(LocalStore.of(folder));
  }

  private static void checkNew(Store store) throws IOException {
    if (isFile(store)) {
      throw new UsageException("--output: expected a directory, found the file " + store.uri());
    }
    AtomicLong entries = new AtomicLong();
    store.visit("", e -> entries.incrementAndGet());
    if (entries.get() > 0) {
      throw new UsageException(
          "--output: expected a new or empty directory, found %d entries in %s; name another one, or use --overwrite"
              .formatted(entries.get(), store.uri()));
    }
  }

  private static boolean isFile(Store store) throws IOException {
    return store.exists("") && !store.isFolder("");
  }

  /** Prepares a directory on the local disk; see the other form. */
  public static Store prepare(Path folder, Existing existing) throws IOException {
    return prepare(LocalStore.of(folder), existing);
  }

  /**
   * Prepares a directory.
   *
   * @throws UsageException if it holds something, and the user did not say what to do; or if it
   *     holds something that no run wrote
   */
  public static Store prepare(Store store, Existing existing) throws IOException {
    if (existing == Existing.REFUSE || isFile(store)) {
      checkNew(store);
    }
    List<StoreEntry> children = store.list("");
    if (children.isEmpty()) {
      if (store instanceof LocalStore local) {
        Files.createDirectories(local.resolve(""));
      }
      return store;
    }
    Set<String> foreign = foreign(children);
    if (!foreign.isEmpty()) {
      throw new UsageException(
          "--output: %s holds '%s', which no run of medvilam wrote; name another directory"
              .formatted(store.uri(), foreign.iterator().next()));
    }
    if (existing == Existing.OVERWRITE) {
      store.delete(RunFolder.SUCCESS);
      for (StoreEntry child : children) {
        store.delete(child.name());
      }
    }
    return store;
  }

  private static Set<String> foreign(List<StoreEntry> children) {
    Set<String> ours = new HashSet<>(OURS);
    ours.addAll(EXPORT_MARKS);
    if (children.stream().anyMatch(c -> EXPORT_MARKS.contains(c.name()))) {
      ours.addAll(OURS_IN_EXPORTS);
    }
    return children.stream()
        .map(StoreEntry::name)
        .filter(n -> !ours.contains(n) && !isDraw(n))
        .filter(n -> !n.endsWith(RunFolder.TEMPORARY))
        .collect(Collectors.toSet());
  }
}
