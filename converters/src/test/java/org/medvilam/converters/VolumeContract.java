package org.medvilam.converters;

import java.util.Optional;
import org.medvilam.converters.phantom.PhantomTruth;

/** What holds for every dataset of volumes: a wished medium is a volume, and slices are cut. */
public abstract class VolumeContract extends DatasetContract {
  @Override
  protected int images() {
    return 6;
  }

  @Override
  protected long wished(PhantomTruth drawn) {
    return drawn.findings().keySet().stream().filter(id -> !id.contains("/axial/")).count();
  }

  @Override
  protected Optional<String> otherSizeReason() {
    return Optional.empty();
  }

  @Override
  protected String truncatedReason() {
    return "truncated-volume";
  }
}
