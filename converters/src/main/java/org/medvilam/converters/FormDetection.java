package org.medvilam.converters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.TreeFiles;
import org.medvilam.records.store.Store;

/**
 * The forms of label files that a tree holds.
 *
 * @param candidates forms with at least one file, the likeliest first
 */
public record FormDetection(List<Candidate> candidates) {
  /** How sure it is that a tree is of a form. */
  public enum Confidence {
    /** Its label files can be nothing else, and the tree is as the form needs it. */
    HIGH,
    /** Its label files could be something else, and the tree is as the form needs it. */
    MEDIUM,
    /** There are label files of the form, and the tree lacks something else. */
    LOW
  }

  /**
   * A form that a tree may be of.
   *
   * @param dataset the dataset that reads it
   * @param confidence how sure that is
   * @param evidence how many files say so, one of them, and what is missing
   */
  public record Candidate(GenericDataset dataset, Confidence confidence, String evidence) {
    @Override
    public String toString() {
      return "%s (%s confidence): %s"
          .formatted(dataset.info().name(), confidence.name().toLowerCase(Locale.ROOT), evidence);
    }
  }

  /** Copies the list. */
  public FormDetection {
    candidates = List.copyOf(candidates);
  }

  /** Looks at every file of a tree. */
  public static FormDetection of(Store input, Settings settings) throws IOException {
    List<String> files = TreeFiles.of(input);
    List<Candidate> candidates = new ArrayList<>();
    for (Dataset dataset : Catalogue.all()) {
      if (dataset instanceof GenericDataset generic) {
        Candidate candidate = candidate(generic, input, settings, files);
        if (candidate != null) {
          candidates.add(candidate);
        }
      }
    }
    candidates.sort(Comparator.comparing(Candidate::confidence));
    return new FormDetection(candidates);
  }

  private static @Nullable Candidate candidate(
      GenericDataset dataset, Store input, Settings settings, List<String> files)
      throws IOException {
    int count = 0;
    String first = "";
    for (String path : files) {
      String evidence = dataset.claim(input, path);
      if (evidence != null) {
        first = count == 0 ? "%s has %s".formatted(path, evidence) : first;
        count++;
      }
    }
    if (count == 0) {
      return null;
    }
    String evidence = "%d %s: %s".formatted(count, count == 1 ? "file" : "files", first);
    String problem = dataset.check(input, settings).problem();
    if (problem != null) {
      return new Candidate(dataset, Confidence.LOW, evidence + "; but " + problem);
    }
    boolean sure = dataset.isUnmistakable(files);
    return new Candidate(dataset, sure ? Confidence.HIGH : Confidence.MEDIUM, evidence);
  }

  /** Returns the form that the tree is of, where one alone is likeliest and lacks nothing. */
  public Optional<GenericDataset> clear() {
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Confidence best = candidates.get(0).confidence;
    long equal = candidates.stream().filter(c -> c.confidence == best).count();
    return best != Confidence.LOW && equal == 1
        ? Optional.of(candidates.get(0).dataset)
        : Optional.empty();
  }
}
