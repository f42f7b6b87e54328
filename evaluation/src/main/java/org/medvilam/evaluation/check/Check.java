package org.medvilam.evaluation.check;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What is looked for in a run.
 *
 * <p>A check that fails names an error: no reader of the run can use what it found. One that warns
 * names what healthy data may hold too, such as a lesion that fills the picture.
 */
public enum Check {
  /** Files against the manifest. */
  SHARD_MISMATCH(
      "shard-mismatch", true, "files", "files that differ from the manifest (bytes, SHA-256)"),
  /** Records that cannot be read. */
  UNREADABLE_RECORD(
      "unreadable-record",
      true,
      "files",
      "files with a record that cannot be read or lacks fields"),
  /** The same id twice. */
  DUPLICATE_ID("duplicate-id", true, "records", "records whose id another record has too"),
  /** A group on both sides. */
  GROUP_ACROSS_SPLITS(
      "group-across-splits", true, "groups", "groups (patients, studies) in several splits"),
  /** Pictures that are not there. */
  MISSING_MEDIA("missing-media", true, "files", "pictures and volumes that are not there"),
  /** The same bytes on both sides. */
  PICTURE_ACROSS_SPLITS(
      "picture-across-splits", true, "files", "pictures of the same bytes in several splits"),
  /** The same bytes twice on one side. */
  DUPLICATE_PICTURE(
      "duplicate-picture", false, "files", "pictures of the same bytes under two names"),
  /** Boxes that nothing can hit. */
  EMPTY_BOX("empty-box", true, "boxes", "boxes without an area"),
  /** Very thin boxes. */
  THIN_BOX("thin-box", false, "boxes", "boxes with a side under 5 thousandths of the picture"),
  /** Boxes of the whole picture. */
  HUGE_BOX("huge-box", false, "boxes", "boxes over 90 % of the picture"),
  /** Beyond the picture. */
  OUTSIDE("outside", true, "regions", "boxes, outlines and points outside the picture"),
  /** Lines that cross. */
  CROSSING_POLYGON("crossing-polygon", true, "outlines", "outlines whose edges cross"),
  /** Points that lose the shape. */
  UNDER_COVERING_POLYGON(
      "under-covering-polygon", true, "outlines", "outlines too unlike the native one (IoU)"),
  /** The wrong way round. */
  COUNTER_CLOCKWISE_POLYGON(
      "counter-clockwise-polygon", true, "outlines", "outlines that run counter-clockwise"),
  /** Answers that nobody can read. */
  UNPARSABLE_ANSWER("unparsable-answer", true, "records", "answers that do not parse back"),
  /** Answers that say something else. */
  ANSWER_MISMATCH("answer-mismatch", true, "records", "answers that differ from the fields"),
  /** Questions that ask for something else. */
  INSTRUCTION_MISMATCH(
      "instruction-mismatch", true, "records", "instructions that ask for another label or medium"),
  /** Labels spelt in two ways. */
  LABEL_SPELLING(
      "label-spelling", true, "labels", "labels spelt in two ways, with capitals or stray blanks"),
  /** Rare labels. */
  CLASS_IMBALANCE(
      "class-imbalance", false, "classes", "labels far rarer than the most frequent of their task");

  private final String key;
  private final boolean fails;
  private final String unit;
  private final String looksFor;

  Check(String key, boolean fails, String unit, String looksFor) {
    this.key = key;
    this.fails = fails;
    this.unit = unit;
    this.looksFor = looksFor;
  }

  /** Returns the name on the command line and in JSON. */
  @JsonValue
  public String key() {
    return key;
  }

  /** Tells whether a finding fails the run; otherwise it only warns. */
  public boolean fails() {
    return fails;
  }

  /** Returns what is counted, in the plural. */
  public String unit() {
    return unit;
  }

  /** Returns what is looked for, in words. */
  public String looksFor() {
    return looksFor;
  }

  /** Returns the check of a name, or says which names there are. */
  public static Check of(String key) {
    return Arrays.stream(values())
        .filter(c -> c.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a check out of %s, but was: %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(Check::key)
                                .collect(Collectors.joining(", ")),
                            key)));
  }
}
