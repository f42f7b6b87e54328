package org.medvilam.imaging.volume;

import java.io.IOException;
import java.util.function.IntPredicate;
import org.medvilam.records.store.Store;

/**
 * Reads NIfTI-1 and NIfTI-2 ({@code .nii}, {@code .nii.gz}, {@code .hdr} with {@code .img}),
 * MetaImage ({@code .mhd}, {@code .mha}) and NRRD ({@code .nrrd}, {@code .nhdr}) files.
 *
 * <p>The format is told by content, then by the file's name. Whatever is wrong with a file ends as
 * {@link UnreadableVolumeException}; an {@link IOException} is the store's. A data file that a
 * header names is looked for beside or below the header only. Shorter data than declared is {@code
 * truncated-volume}. Longer data is tolerated, as nibabel, MetaIO and Teem do for their formats;
 * but compressed data that goes on for more than a mebibyte is {@code volume-too-large}.
 */
public final class Volumes {
  /** The largest volume in bytes of voxels: 1 GiB. */
  public static final long MAX_BYTES = 1L << 30;

  private Volumes() {}

  /**
   * Returns what the header declares; the voxels are not looked at.
   *
   * @param store the dataset
   * @param path file of the header
   * @throws UnreadableVolumeException if the header cannot be used, with the reason
   */
  public static VolumeInfo probe(Store store, String path) throws IOException {
    return VolumeHeaders.read(store, path).info();
  }

  /**
   * Returns the volume of a file that holds one.
   *
   * @param store the dataset
   * @param path file of the header
   * @throws UnreadableVolumeException if the volume cannot be used, with the reason; {@code
   *     unsupported-volume} where the file holds several frames
   */
  public static Volume read(Store store, String path) throws IOException {
    return read(store, single(VolumeHeaders.read(store, path)), 0);
  }

  /**
   * Returns one of the volumes that a file holds.
   *
   * @param store the dataset
   * @param path file of the header
   * @param frame 0-based number of the volume, below {@link VolumeInfo#frames}
   * @throws UnreadableVolumeException if the volume cannot be used, with the reason
   */
  public static Volume read(Store store, String path, long frame) throws IOException {
    VolumeFile file = VolumeHeaders.read(store, path);
    if (frame < 0 || frame >= file.info().frames()) {
      throw UnreadableVolumeException.unsupported(
          path,
          "expected frame %d, found frames 0 to %d".formatted(frame, file.info().frames() - 1));
    }
    return read(store, file, frame);
  }

  private static VolumeFile single(VolumeFile file) {
    if (file.info().frames() > 1) {
      throw UnreadableVolumeException.unsupported(
          file.path(),
          "expected one volume, found %d frames; ask for one by its number"
              .formatted(file.info().frames()));
    }
    return file;
  }

  private static Volume read(Store store, VolumeFile file, long frame) throws IOException {
    VoxelInput.checkLength(store, file);
    try (VoxelInput in = new VoxelInput(store, file)) {
      in.skip(frame * file.frameBytes());
      byte[] voxels = new byte[(int) file.frameBytes()];
      in.read(voxels);
      in.finish();
      return file.volume(file.info().grid(), voxels);
    } catch (OutOfMemoryError e) {
      throw UnreadableVolumeException.tooLarge(
          file.path(),
          "expected a volume that fits into memory, found %d bytes".formatted(file.frameBytes()));
    }
  }

  /**
   * Visits slices of a file that holds one volume, each as {@link Volume#slice} returns it.
   *
   * <p>Where the slices lie one after the other on disk, only one is in memory at a time, and they
   * come in the order of the disk, which may be from the last to the first. Otherwise the volume is
   * read as a whole. The file is read to its end, whichever slices are wanted.
   *
   * @param store the dataset
   * @param path file of the header
   * @param axis the way to cut
   * @param wanted tells from a slice's 0-based position in the canonical volume whether to visit it
   * @param visitor takes the slices
   * @throws UnreadableVolumeException if the volume cannot be used, with the reason; slices may
   *     have been visited before
   */
  public static void slices(
      Store store, String path, SliceAxis axis, IntPredicate wanted, SliceVisitor visitor)
      throws IOException {
    VolumeFile file = single(VolumeHeaders.read(store, path));
    VolumeGrid grid = file.info().grid();
    AxisOrder order = AxisOrder.of(grid);
    if (order.axes().get(axis.world()) == 2) {
      boolean backwards = order.backwards().get(axis.world());
      stream(store, file, axis, backwards, wanted, visitor);
      return;
    }
    Volume volume = read(store, file, 0);
    for (int index = 0; index < axis.count(grid); index++) {
      if (wanted.test(index)) {
        visitor.visit(volume.slice(axis, index));
      }
    }
  }

  private static void stream(
      Store store,
      VolumeFile file,
      SliceAxis axis,
      boolean backwards,
      IntPredicate wanted,
      SliceVisitor visitor)
      throws IOException {
    VolumeGrid grid = file.info().grid();
    VolumeGrid thin =
        new VolumeGrid(grid.ni(), grid.nj(), 1, grid.origin(), grid.di(), grid.dj(), grid.dk());
    byte[] voxels = new byte[grid.ni() * grid.nj() * file.info().type().bytes()];
    Volume one = file.volume(thin, voxels);
    try (VoxelInput in = new VoxelInput(store, file)) {
      for (int k = 0; k < grid.nk(); k++) {
        int index = backwards ? grid.nk() - 1 - k : k;
        if (wanted.test(index)) {
          in.read(voxels);
          Slice slice = one.slice(axis, 0);
          visitor.visit(new Slice(axis, index, slice.width(), slice.height(), slice.values()));
        } else {
          in.skip(voxels.length);
        }
      }
      in.finish();
    }
  }
}
