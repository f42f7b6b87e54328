package org.medvilam.converters.phantom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.Volume;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.imaging.volume.VoxelType;

/**
 * Writes the volumes of a phantom, little-endian; the same volume gives the same bytes.
 *
 * <p>Values are written as they are, in the volume's type and order of axes.
 */
public final class PhantomVolumes {
  private static final int NIFTI_HEADER = 348;
  private static final int NIFTI_START = 352;

  /** Millimetres and seconds. */
  private static final byte UNITS = 10;

  private final PhantomFiles files;

  /** Writes through the files of a phantom. */
  public PhantomVolumes(PhantomFiles files) {
    this.files = files;
  }

  /**
   * Writes NIfTI-1, compressed where the path ends with {@code .gz}; the sform states the place,
   * the qform is left out.
   *
   * @param path ends with {@code .nii} or {@code .nii.gz}
   */
  public void nifti(String path, Volume volume) throws IOException {
    byte[] voxels = voxels(volume);
    ByteBuffer file =
        ByteBuffer.allocate(NIFTI_START + voxels.length).order(ByteOrder.LITTLE_ENDIAN);
    niftiHeader(file, volume);
    file.position(NIFTI_START);
    byte[] bytes = file.put(voxels).array();
    files.bytes(path, path.endsWith(".gz") ? gzip(bytes) : bytes);
  }

  /** Fills in a header by the field offsets of nifti1.h. */
  private static void niftiHeader(ByteBuffer file, Volume volume) {
    VolumeGrid grid = volume.grid();
    int[] sizes = {3, grid.ni(), grid.nj(), grid.nk(), 1, 1, 1, 1};
    file.putInt(0, NIFTI_HEADER);
    file.putFloat(76, 1);
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] > Short.MAX_VALUE) {
        throw new IllegalArgumentException(
            "sizes must be at most %d, but were: %d".formatted(Short.MAX_VALUE, sizes[axis]));
      }
      file.putShort(40 + 2 * axis, (short) sizes[axis]);
    }
    for (int axis = 0; axis < 3; axis++) {
      file.putFloat(80 + 4 * axis, grid.spacing().get(axis).floatValue());
    }
    file.putShort(70, niftiType(volume.type())).putShort(72, (short) (8 * volume.type().bytes()));
    file.putFloat(108, NIFTI_START).putFloat(112, 1).put(123, UNITS).putShort(254, (short) 1);
    Vector3[] columns = {grid.di(), grid.dj(), grid.dk(), grid.origin()};
    for (int column = 0; column < columns.length; column++) {
      file.putFloat(280 + 4 * column, (float) -columns[column].x());
      file.putFloat(296 + 4 * column, (float) -columns[column].y());
      file.putFloat(312 + 4 * column, (float) columns[column].z());
    }
    file.put(344, "n+1\0".getBytes(StandardCharsets.US_ASCII));
  }

  private static short niftiType(VoxelType type) {
    return switch (type) {
      case UINT8 -> 2;
      case INT16 -> 4;
      case INT32 -> 8;
      case FLOAT32 -> 16;
      case FLOAT64 -> 64;
      case INT8 -> 256;
      case UINT16 -> 512;
      case UINT32 -> 768;
      case INT64 -> 1024;
      case UINT64 -> 1280;
    };
  }

  /**
   * Writes a MetaImage header and its data beside it: {@code .zraw} when compressed, else {@code
   * .raw}.
   *
   * @param path path of the header, ends with {@code .mhd}
   */
  public void metaImage(String path, Volume volume, boolean compressed) throws IOException {
    String stem = path.substring(0, path.length() - ".mhd".length());
    String data = stem + (compressed ? ".zraw" : ".raw");
    byte[] voxels = voxels(volume);
    byte[] stored = compressed ? zlib(voxels) : voxels;
    files.bytes(data, stored);
    VolumeGrid grid = volume.grid();
    StringBuilder header = new StringBuilder();
    header.append("ObjectType = Image\nNDims = 3\nBinaryData = True\n");
    header.append("BinaryDataByteOrderMSB = False\n");
    header.append("CompressedData = ").append(compressed ? "True\n" : "False\n");
    if (compressed) {
      header.append("CompressedDataSize = ").append(stored.length).append('\n');
    }
    header
        .append("TransformMatrix = ")
        .append(numbers(unit(grid.di()), unit(grid.dj()), unit(grid.dk())))
        .append("\nOffset = ")
        .append(numbers(grid.origin()))
        .append("\nCenterOfRotation = 0 0 0\nElementSpacing = ")
        .append(
            numbers(
                new Vector3(grid.spacing().get(0), grid.spacing().get(1), grid.spacing().get(2))))
        .append("\nDimSize = ")
        .append(grid.ni() + " " + grid.nj() + " " + grid.nk())
        .append("\nElementType = ")
        .append(metaType(volume.type()))
        .append("\nElementDataFile = ")
        .append(data.substring(data.lastIndexOf('/') + 1))
        .append('\n');
    files.text(path, header.toString());
  }

  private static Vector3 unit(Vector3 step) {
    return step.times(1 / step.length());
  }

  /** Writes each number as shortly as it can be read back, whole ones without a point. */
  private static String numbers(Vector3... vectors) {
    StringBuilder text = new StringBuilder();
    for (Vector3 v : vectors) {
      for (double number : new double[] {v.x(), v.y(), v.z()}) {
        boolean whole = number == (long) number;
        text.append(whole ? Long.toString((long) number) : Double.toString(number)).append(' ');
      }
    }
    return text.toString().strip();
  }

  private static String metaType(VoxelType type) {
    return switch (type) {
      case INT8 -> "MET_CHAR";
      case UINT8 -> "MET_UCHAR";
      case INT16 -> "MET_SHORT";
      case UINT16 -> "MET_USHORT";
      case INT32 -> "MET_INT";
      case UINT32 -> "MET_UINT";
      case INT64 -> "MET_LONG_LONG";
      case UINT64 -> "MET_ULONG_LONG";
      case FLOAT32 -> "MET_FLOAT";
      case FLOAT64 -> "MET_DOUBLE";
    };
  }

  private static byte[] voxels(Volume volume) {
    VolumeGrid grid = volume.grid();
    VoxelType type = volume.type();
    ByteBuffer voxels =
        ByteBuffer.allocate(grid.ni() * grid.nj() * grid.nk() * type.bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (int k = 0; k < grid.nk(); k++) {
      for (int j = 0; j < grid.nj(); j++) {
        for (int i = 0; i < grid.ni(); i++) {
          type.put(voxels, at++, volume.value(i, j, k));
        }
      }
    }
    return voxels.array();
  }

  /** The header of the stream states no time. */
  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] zlib(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = new DeflaterOutputStream(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }
}
