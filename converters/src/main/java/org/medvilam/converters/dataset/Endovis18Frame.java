package org.medvilam.converters.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Source;

/**
 * A picture of EndoVis 2018 and the files that label it.
 *
 * @param image the picture of the left eye
 * @param labels the label picture, or null where instance masks alone label it
 * @param colours whether the label picture holds colours, or class numbers
 * @param asked the classes that the label picture is asked for
 * @param instances masks of one instrument each
 */
record Endovis18Frame(
    String image,
    @Nullable Source labels,
    boolean colours,
    List<Asked> asked,
    List<Instance> instances) {
  /** Copies the lists. */
  Endovis18Frame {
    asked = List.copyOf(asked);
    instances = List.copyOf(instances);
  }

  /**
   * A class of a label picture.
   *
   * @param value its colour {@code 0xRRGGBB} or number
   * @param name the owners' name
   * @param label standard label
   */
  record Asked(int value, String name, String label) {
    static Asked of(Endovis18Class c) {
      return new Asked(c.colour(), c.name(), c.label());
    }
  }

  /**
   * The mask of one instrument.
   *
   * @param mask its file
   * @param number its class number
   * @param name the owners' name of the class, or null where the class table has none
   * @param label standard label, or null where the class is none of the seven types
   */
  record Instance(String mask, int number, @Nullable String name, @Nullable String label) {}

  /** Returns how many annotations these are: every class asked for, and every mask. */
  int annotations() {
    return asked.size() + instances.size();
  }
}
