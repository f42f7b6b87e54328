package org.medvilam.converters.item;

import java.io.IOException;
import java.util.function.IntPredicate;
import org.medvilam.imaging.volume.SliceAxis;
import org.medvilam.imaging.volume.SliceVisitor;
import org.medvilam.imaging.volume.UnreadableVolumeException;
import org.medvilam.imaging.volume.Volume;
import org.medvilam.imaging.volume.VolumeInfo;
import org.medvilam.imaging.volume.Volumes;
import org.medvilam.records.store.Store;

/** Reads the volumes of an item; whatever is wrong with one rejects the item by name. */
public final class ItemVolumes {
  private ItemVolumes() {}

  /**
   * Returns what a volume's header declares.
   *
   * @throws ItemException with the reason of {@link Volumes#probe}
   */
  public static VolumeInfo probe(Store root, String path) throws IOException {
    try {
      return Volumes.probe(root, path);
    } catch (UnreadableVolumeException e) {
      throw rejected(path, e);
    }
  }

  /**
   * Returns a volume.
   *
   * @throws ItemException with the reason of {@link Volumes#read}
   */
  public static Volume read(Store root, String path) throws IOException {
    try {
      return Volumes.read(root, path);
    } catch (UnreadableVolumeException e) {
      throw rejected(path, e);
    }
  }

  /**
   * Visits slices of a volume.
   *
   * @throws ItemException with the reason of {@link Volumes#slices}
   */
  public static void slices(
      Store root, String path, SliceAxis axis, IntPredicate wanted, SliceVisitor visitor)
      throws IOException {
    try {
      Volumes.slices(root, path, axis, wanted, visitor);
    } catch (UnreadableVolumeException e) {
      throw rejected(path, e);
    }
  }

  private static ItemException rejected(String path, UnreadableVolumeException e) {
    return new ItemException(path, e.reason(), e.getMessage());
  }
}
