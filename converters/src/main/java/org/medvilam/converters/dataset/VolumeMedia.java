package org.medvilam.converters.dataset;

import org.medvilam.converters.item.ItemException;
import org.medvilam.imaging.volume.SliceAxis;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.records.Media;
import org.medvilam.records.codec.RunFolder;

/** How records name volumes and the slices that are cut from them. */
final class VolumeMedia {
  /** The orientation that volumes are stated in. */
  static final String ORIENTATION = "LPS";

  /** Labels may lie beside their volume by this part of a voxel. */
  private static final double HALF = 0.5;

  private VolumeMedia() {}

  /** Returns a volume, in orientation LPS whatever the order of its file. */
  static Media volume(String id, String uri, VolumeGrid stored) {
    VolumeGrid grid = stored.canonical();
    return Media.volume(id, uri, grid.ni(), grid.nj(), grid.nk(), ORIENTATION)
        .withSpacingMm(grid.spacing());
  }

  /** Returns an axial slice that the toolkit draws, numbered upwards from 0. */
  static Media axial(String dataset, String volume, VolumeGrid grid, int k) {
    SliceAxis axis = SliceAxis.AXIAL;
    String place = "%s/%s/%d".formatted(volume, axis.key(), k);
    String path = "%s/%s/%s.png".formatted(RunFolder.IMAGES, dataset, place);
    return Media.image(place, path, axis.width(grid), axis.height(grid))
        .withSpacingMm(axis.spacing(grid))
        .withSlice(k, axis.key())
        .asDerived();
  }

  /**
   * Checks that labels have as many voxels as their volume, in the same places, in whatever order.
   *
   * @throws ItemException {@code size-mismatch} or {@code place-mismatch}
   */
  static void checkSamePlace(String path, VolumeGrid labels, VolumeGrid image) {
    VolumeGrid a = labels.canonical();
    VolumeGrid b = image.canonical();
    if (a.ni() != b.ni() || a.nj() != b.nj() || a.nk() != b.nk()) {
      throw new ItemException(
          path,
          "size-mismatch",
          "expected labels of the volume's size %s, found %s".formatted(size(b), size(a)));
    }
    double tolerance = HALF * b.spacing().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    Vector3 last = new Vector3(a.ni() - 1, a.nj() - 1, a.nk() - 1);
    double off =
        Math.max(
            a.origin().minus(b.origin()).length(), a.worldOf(last).minus(b.worldOf(last)).length());
    if (off > tolerance) {
      throw new ItemException(
          path,
          "place-mismatch",
          "expected labels where their volume is, found them up to %.2f mm away".formatted(off));
    }
  }

  private static String size(VolumeGrid grid) {
    return "%dx%dx%d".formatted(grid.ni(), grid.nj(), grid.nk());
  }
}
