package org.medvilam.fewshot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.records.InstructionRecord;

/** The draw of one seed. */
final class Draw {
  private final FewshotOptions options;
  private final long seed;
  private final SortedMap<String, Picks> labels = new TreeMap<>();
  private final Set<String> taken = new HashSet<>();

  /** What one label, or a whole dataset, chooses from. */
  private static final class Picks {
    private final String dataset;
    private final String label;
    private final ShotSelection images;
    private final InstanceSelection instances;

    Picks(String dataset, String label, int shots) {
      this.dataset = dataset;
      this.label = label;
      this.images = new ShotSelection(shots);
      this.instances = new InstanceSelection(shots);
    }
  }

  Draw(FewshotOptions options, long seed) {
    this.options = options;
    this.seed = seed;
  }

  /** Returns the seed. */
  long seed() {
    return seed;
  }

  /** Names the label of a candidate, whether or not it may be trained on. */
  void name(InstructionRecord r) {
    picks(r);
  }

  /**
   * Offers a candidate that may be trained on.
   *
   * @param r its record
   * @param instances instances of its label in its picture
   */
  void offer(InstructionRecord r, int instances) {
    Picks picks = picks(r);
    boolean counts = options.method() == DrawMethod.INSTANCES;
    String hash = ShotSelection.hash(seed, r.dataset(), orderLabel(r), r.media().id());
    ShotSelection.Shot shot =
        new ShotSelection.Shot(
            r.dataset(), picks.label, r.media().id(), r.group(), hash, counts ? instances : 0);
    if (counts) {
      picks.instances.offer(shot);
    } else {
      picks.images.offer(shot);
    }
  }

  private Picks picks(InstructionRecord r) {
    String label = options.perDataset() ? "" : r.label();
    return labels.computeIfAbsent(
        r.dataset() + "/" + label, k -> new Picks(r.dataset(), label, options.shots()));
  }

  /** Returns the label in the hash: a walk over all pictures of a dataset has none. */
  private String orderLabel(InstructionRecord r) {
    boolean one = options.perDataset() || options.method() == DrawMethod.GLIP;
    return one ? "" : r.label();
  }

  /** Ends the draw: what is chosen is chosen. */
  void finish() {
    for (ShotSelection.Shot shot : shots()) {
      boolean whole = options.method() == DrawMethod.GLIP;
      taken.add(key(shot.dataset(), whole ? "" : shot.label(), shot.mediaId()));
    }
  }

  /** Tells whether a candidate that may be trained on is chosen. */
  boolean takes(InstructionRecord r) {
    return taken.contains(key(r.dataset(), orderLabel(r), r.media().id()));
  }

  private static String key(String dataset, String label, String mediaId) {
    return dataset + "\n" + label + "\n" + mediaId;
  }

  private List<ShotSelection.Shot> shots() {
    List<ShotSelection.Shot> shots = new ArrayList<>();
    labels.values().forEach(p -> shots.addAll(chosen(p)));
    return shots;
  }

  private List<ShotSelection.Shot> chosen(Picks picks) {
    return options.method() == DrawMethod.INSTANCES
        ? picks.instances.chosen()
        : picks.images.chosen();
  }

  /** Returns what is chosen, in the order of dataset, label and hash. */
  List<FewshotReport.Chosen> chosen() {
    return shots().stream()
        .map(
            s ->
                new FewshotReport.Chosen(
                    s.dataset(),
                    s.label(),
                    s.mediaId(),
                    s.group(),
                    s.sha256(),
                    s.instances() == 0 ? null : s.instances()))
        .toList();
  }

  /** Returns the labels with less than was asked for. */
  List<FewshotReport.Shortfall> shortfalls() {
    List<FewshotReport.Shortfall> shortfalls = new ArrayList<>();
    for (Picks picks : labels.values()) {
      boolean counts = options.method() == DrawMethod.INSTANCES;
      int available = chosen(picks).stream().mapToInt(s -> counts ? s.instances() : 1).sum();
      if (available < options.shots()) {
        shortfalls.add(
            new FewshotReport.Shortfall(picks.dataset, picks.label, available, options.shots()));
      }
    }
    return shortfalls;
  }
}
