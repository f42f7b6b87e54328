package org.medvilam.converters;

import java.util.List;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;

/**
 * What an item gave.
 *
 * @param samples its samples, at least one
 * @param rejections annotations of the item that cannot be used, each counted once
 * @param negatives annotations that say there is nothing to find, such as empty masks; the label of
 *     the medium states them
 */
public record Conversion(List<Sample> samples, List<Rejection> rejections, int negatives) {
  /** Copies the lists. */
  public Conversion {
    samples = List.copyOf(samples);
    rejections = List.copyOf(rejections);
  }

  /** Creates the conversion of an item without negative annotations. */
  public Conversion(List<Sample> samples, List<Rejection> rejections) {
    this(samples, rejections, 0);
  }

  /** Returns the conversion of an item that gave one sample and lost nothing. */
  public static Conversion of(Sample sample) {
    return new Conversion(List.of(sample), List.of());
  }
}
