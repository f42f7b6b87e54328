package org.medvilam.converters.dataset;

import java.util.List;

/**
 * A volume and the volumes that label its voxels, as an item's payload.
 *
 * @param image path of the volume
 * @param labels the volumes that label it, at least one
 */
record LabelledVolume(String image, List<LabelFile> labels) {
  /**
   * A volume of labels.
   *
   * @param path its path
   * @param parts what it labels
   */
  record LabelFile(String path, List<Part> parts) {}

  /**
   * One thing that a volume of labels shows.
   *
   * @param label standard label
   * @param nativeLabel the owner's name, which no other part of the file has
   * @param values voxel values that mean it; empty where every value above the least one does, as
   *     in masks that a program shifted while packing them
   * @param instances whether each component in a slice is a finding of its own
   */
  record Part(String label, String nativeLabel, List<Integer> values, boolean instances) {}

  /** Returns the number of annotations: one for each part. */
  int annotations() {
    return labels.stream().mapToInt(f -> f.parts().size()).sum();
  }
}
