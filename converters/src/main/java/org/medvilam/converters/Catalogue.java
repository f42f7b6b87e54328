package org.medvilam.converters;

import java.util.List;
import java.util.Optional;
import org.medvilam.converters.dataset.Busi;
import org.medvilam.converters.dataset.Masks;

/** The datasets that the toolkit knows, in the order of their names. */
public final class Catalogue {
  private static final List<Dataset> DATASETS = List.of(new Busi(), new Masks());

  private Catalogue() {}

  /** Returns every dataset. */
  public static List<Dataset> all() {
    return DATASETS;
  }

  /** Returns the dataset of a name. */
  public static Optional<Dataset> find(String name) {
    return DATASETS.stream().filter(d -> d.info().name().equals(name)).findFirst();
  }
}
