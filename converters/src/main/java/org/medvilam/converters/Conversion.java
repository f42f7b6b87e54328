package org.medvilam.converters;

import java.util.List;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;

/**
 * What an item gave.
 *
 * @param samples its samples, at least one
 * @param rejections annotations of the item that cannot be used, each counted once
 */
public record Conversion(List<Sample> samples, List<Rejection> rejections) {
  /** Copies the lists. */
  public Conversion {
    samples = List.copyOf(samples);
    rejections = List.copyOf(rejections);
  }

  /** Returns the conversion of an item that gave one sample and lost nothing. */
  public static Conversion of(Sample sample) {
    return new Conversion(List.of(sample), List.of());
  }
}
