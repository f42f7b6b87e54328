package org.medvilam.imaging.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.medvilam.records.geometry.Mask;

/**
 * A header put into the toolkit's terms.
 *
 * @param path file of the header, for messages
 * @param info what a caller may know
 * @param order byte order of the voxels
 * @param slope factor from what is stored to a value
 * @param intercept value of a stored 0
 * @param data where the voxels are kept
 */
record VolumeFile(
    String path, VolumeInfo info, ByteOrder order, double slope, double intercept, VoxelData data) {
  /** Checks that one frame may be held in memory and found in the file. */
  VolumeFile {
    VolumeGrid grid = info.grid();
    long bytes = bytesOf(grid, info.type());
    if (bytes > Volumes.MAX_BYTES) {
      throw UnreadableVolumeException.tooLarge(
          path,
          "expected at most %d bytes of voxels, found %dx%dx%d of %s declared"
              .formatted(Volumes.MAX_BYTES, grid.ni(), grid.nj(), grid.nk(), info.type()));
    }
    long most = Math.max((long) grid.ni() * grid.nj(), (long) grid.ni() * grid.nk());
    if (Math.max(most, (long) grid.nj() * grid.nk()) > Mask.MAX_PIXELS) {
      throw UnreadableVolumeException.tooLarge(
          path,
          "expected slices of at most %d pixels, found %dx%dx%d declared"
              .formatted(Mask.MAX_PIXELS, grid.ni(), grid.nj(), grid.nk()));
    }
    if (data.encoding() == Encoding.ASCII && data.byteSkip() != 0) {
      throw UnreadableVolumeException.unsupported(
          path, "expected no bytes to step over before numbers in ASCII, found some");
    }
    if (info.frames() > Long.MAX_VALUE / bytes) {
      throw UnreadableVolumeException.tooLarge(
          path, "expected frames that fit a file, found %d declared".formatted(info.frames()));
    }
  }

  /** Returns a grid, or says that the header describes none. */
  static VolumeGrid grid(
      String path, int ni, int nj, int nk, Vector3 origin, Vector3 di, Vector3 dj, Vector3 dk) {
    try {
      return new VolumeGrid(ni, nj, nk, origin, di, dj, dk);
    } catch (IllegalArgumentException e) {
      throw UnreadableVolumeException.broken(
          path, "expected axes that span the space, found: " + e.getMessage());
    }
  }

  private static long bytesOf(VolumeGrid grid, VoxelType type) {
    return Numbers.product(
        Numbers.product(grid.ni(), grid.nj()), Numbers.product(grid.nk(), type.bytes()));
  }

  /** Returns the size of one frame in bytes, as the voxels are in memory. */
  long frameBytes() {
    return bytesOf(info.grid(), info.type());
  }

  /** Returns the size of what each file holds, in bytes, as the voxels are in memory. */
  long partBytes() {
    return info.frames() * frameBytes() / data.files().size();
  }

  /** Returns a volume of voxels that were read. */
  Volume volume(VolumeGrid grid, byte[] voxels) {
    return Volume.of(
        grid,
        info.type(),
        ByteBuffer.wrap(voxels).order(order),
        new double[] {slope},
        new double[] {intercept});
  }
}
