package org.medvilam.converters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.TreeFiles;
import org.medvilam.records.store.Store;

/**
 * The datasets whose tree or label files an input holds.
 *
 * @param candidates datasets of which it holds all of the tree, or at least one label file; the
 *     likeliest first
 */
public record FormDetection(List<Candidate> candidates) {
  /** How sure it is that a tree is of a dataset. */
  public enum Confidence {
    /** The tree is that of one release, or its label files can be nothing else. */
    HIGH,
    /**
     * Its label files could be something else, or come with a release of the catalogue; the tree is
     * as the form needs it.
     */
    MEDIUM,
    /** There are label files of the form, and the tree lacks something else. */
    LOW
  }

  /**
   * A dataset that a tree may be of.
   *
   * @param dataset the dataset that reads it
   * @param confidence how sure that is
   * @param evidence what says so, and what is missing
   */
  public record Candidate(Dataset dataset, Confidence confidence, String evidence) {
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

  /** Compares a tree with every release of the catalogue, and looks at each of its files. */
  public static FormDetection of(Store input, Settings settings) throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (Dataset dataset : Catalogue.all()) {
      if (!(dataset instanceof GenericDataset)) {
        LayoutCheck check = dataset.check(input, settings);
        if (check.problem() == null) {
          candidates.add(new Candidate(dataset, Confidence.HIGH, evidence(dataset, check)));
        }
      }
    }
    Confidence most = candidates.isEmpty() ? Confidence.HIGH : Confidence.MEDIUM;
    List<String> files = TreeFiles.of(input);
    for (Dataset dataset : Catalogue.all()) {
      if (dataset instanceof GenericDataset generic) {
        Candidate candidate = candidate(generic, input, settings, files, most);
        if (candidate != null) {
          candidates.add(candidate);
        }
      }
    }
    candidates.sort(Comparator.comparing(Candidate::confidence));
    return new FormDetection(candidates);
  }

  private static String evidence(Dataset dataset, LayoutCheck check) {
    return "the tree of %s%s: %s"
        .formatted(
            dataset.info().title(),
            check.prefix().isEmpty() ? "" : " in " + check.prefix() + "/",
            dataset.info().tree().stream()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .collect(Collectors.joining("; ")));
  }

  private static @Nullable Candidate candidate(
      GenericDataset dataset, Store input, Settings settings, List<String> files, Confidence most)
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
    Confidence confidence = dataset.isUnmistakable(files) ? most : Confidence.MEDIUM;
    return new Candidate(dataset, confidence, evidence);
  }

  /** Returns the dataset that the tree is of, where one alone is likeliest and lacks nothing. */
  public Optional<Dataset> clear() {
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
