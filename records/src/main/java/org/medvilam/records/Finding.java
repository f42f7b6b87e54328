package org.medvilam.records;

import java.util.List;
import org.medvilam.records.geometry.Region;

/**
 * One annotated thing of a medium.
 *
 * @param label standard name, lower case
 * @param nativeLabel the owner's name
 * @param regions where it is, in native coordinates: a box, an outline, or both of the same thing
 * @param source where its annotation stands
 */
public record Finding(String label, String nativeLabel, List<Region> regions, Source source) {
  /** Copies the list and checks that it is not empty. */
  public Finding {
    regions = List.copyOf(regions);
    if (regions.isEmpty()) {
      throw new IllegalArgumentException("a finding needs a region, but had none: " + label);
    }
  }

  /** Returns a finding of one region. */
  public static Finding of(String label, String nativeLabel, Region region, Source source) {
    return new Finding(label, nativeLabel, List.of(region), source);
  }
}
