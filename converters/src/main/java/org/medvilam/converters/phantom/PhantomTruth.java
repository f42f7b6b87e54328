package org.medvilam.converters.phantom;

import java.util.List;
import java.util.Map;
import org.medvilam.records.geometry.Box;

/**
 * What phantom pictures show.
 *
 * @param findings findings by media id; a picture without any has an empty list
 */
public record PhantomTruth(Map<String, List<Drawn>> findings) {
  /** Copies the map. */
  public PhantomTruth {
    findings = Map.copyOf(findings);
  }

  /**
   * One painted finding.
   *
   * @param label standard label
   * @param box its box in the native pixel-edge frame, as the dataset's labels state it
   */
  public record Drawn(String label, Box box) {}
}
