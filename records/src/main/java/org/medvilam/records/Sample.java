package org.medvilam.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One medium with everything its owners say of it, in native coordinates.
 *
 * @param dataset the dataset's name
 * @param media the medium
 * @param split the official or hashed split, or null where the owners withhold it
 * @param modality e.g. {@code ultrasound}
 * @param group the unit that must never be split, with its kind: {@code patient:12}
 * @param source where the medium's labels stand
 * @param labels labels of the medium as a whole; empty where the owners give none
 * @param findings annotated things
 */
public record Sample(
    String dataset,
    Media media,
    @Nullable Split split,
    String modality,
    String group,
    Source source,
    List<ImageLabel> labels,
    List<Finding> findings) {
  /** Copies the lists. */
  public Sample {
    labels = List.copyOf(labels);
    findings = List.copyOf(findings);
  }
}
