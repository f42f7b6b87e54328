package org.medvilam.converters;

import java.util.List;
import java.util.Set;
import org.medvilam.records.Task;

/**
 * What the catalogue says of a dataset.
 *
 * @param name kebab-case name, as on the command line
 * @param version version of its converter, counted up when its records change
 * @param title the owners' title
 * @param citation who to cite
 * @param licence the owners' terms, in a few words
 * @param modality e.g. {@code ultrasound}
 * @param tasks tasks it can serve
 * @param tier its place in the paper
 * @param tree the tree it must have, a line per entry
 * @param group the unit that must never be split, e.g. {@code patient}
 * @param splits whose splits are followed, in words
 * @param heldOut where few-shot test records come from
 * @param pools names of the overlap pools whose pictures it shares
 * @param expectedImages number of pictures in the whole release, or 0 where it is not fixed
 */
public record DatasetInfo(
    String name,
    int version,
    String title,
    String citation,
    String licence,
    String modality,
    Set<Task> tasks,
    Tier tier,
    List<String> tree,
    String group,
    String splits,
    HeldOut heldOut,
    List<String> pools,
    int expectedImages) {
  /** A dataset's place in the paper. */
  public enum Tier {
    /** In the joint training. */
    JOINT,
    /** Downstream: fine-tuned on twenty shots. */
    FINETUNE,
    /** Downstream: never trained on. */
    ZERO_SHOT,
    /** Not in the paper. */
    EXTRA
  }

  /** Where the test records of a few-shot subset come from. */
  public enum HeldOut {
    /** The test part, official or hashed. */
    TEST,
    /**
     * A fifth of train and validation, by hash of the group: the owners withhold the test labels.
     */
    CARVED,
    /**
     * The validation part, as the paper scores it, and the test part where there is one: the owners
     * made no test part with these labels.
     */
    VALIDATION
  }

  /** Copies the collections. */
  public DatasetInfo {
    tasks = Set.copyOf(tasks);
    tree = List.copyOf(tree);
    pools = List.copyOf(pools);
  }

  /**
   * Returns what can be said of pictures of which the form of their labels alone is known.
   *
   * @param name kebab-case name, as on the command line
   * @param title what they are
   * @param tree the tree they must have, a line per entry
   * @param group the unit that must never be split
   * @param splits whose splits are followed, in words
   */
  public static DatasetInfo ofAnyPictures(
      String name, String title, List<String> tree, String group, String splits) {
    return new DatasetInfo(
        name,
        1,
        title,
        "the owners of the pictures",
        "that of the pictures",
        "unspecified",
        Set.of(Task.CLASSIFICATION, Task.LOCALIZATION, Task.SEGMENTATION),
        Tier.EXTRA,
        tree,
        group,
        splits,
        HeldOut.TEST,
        List.of(),
        0);
  }

  /** Returns name and version as records carry them, e.g. {@code busi/1}. */
  public String converter() {
    return name + "/" + version;
  }
}
