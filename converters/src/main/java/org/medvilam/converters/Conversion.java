package org.medvilam.converters;

import java.util.List;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;

/**
 * What an item gave.
 *
 * <p>An item of one picture gives one sample. One of a volume or a video may give several, of the
 * whole and of single slices or frames; findings of equal source and label are then one annotation,
 * seen in several places.
 *
 * @param samples its samples, at least one
 * @param rejections annotations of the item that cannot be used, each counted once
 * @param negatives annotations that say there is nothing to find, such as empty masks; the label of
 *     the medium states them
 * @param pictures pictures drawn from the item, of which samples speak as derived media
 */
public record Conversion(
    List<Sample> samples,
    List<Rejection> rejections,
    int negatives,
    List<DerivedPicture> pictures) {
  /** Copies the lists. */
  public Conversion {
    samples = List.copyOf(samples);
    rejections = List.copyOf(rejections);
    pictures = List.copyOf(pictures);
  }

  /** Creates the conversion of an item that needs no picture drawn. */
  public Conversion(List<Sample> samples, List<Rejection> rejections, int negatives) {
    this(samples, rejections, negatives, List.of());
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
