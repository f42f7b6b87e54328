package org.medvilam.imaging.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.records.store.Store;

/**
 * A header of NIfTI-1 (348 bytes) or NIfTI-2 (540 bytes), in either byte order: {@code nifti1.h}
 * and {@code nifti2.h} of the NIfTI Data Format Working Group.
 *
 * <p>Where readers differ, nibabel is followed: a slope of 0, NaN or infinity means no scaling, and
 * a slope with an intercept that is no number is refused. World coordinates of the file grow to the
 * right, the front and the top; they are turned to LPS, and to millimetres where the header says
 * metres or microns, which nibabel leaves to the caller.
 */
final class NiftiHeader {
  /** Bytes of the shorter and the longer header. */
  static final int SHORTEST = 348;

  static final int LONGEST = 540;

  private static final int MAX_AXES = 7;
  private static final Pattern PAIR = Pattern.compile("\\.(hdr|HDR|img|IMG)(\\.gz)?$");

  private final ByteBuffer bytes;
  private final boolean two;
  private final String path;

  private NiftiHeader(byte[] head, String path) {
    this.bytes = ByteBuffer.wrap(head);
    this.path = path;
    if (!isSize(bytes.getInt(0))) {
      bytes.order(ByteOrder.LITTLE_ENDIAN);
    }
    this.two = bytes.getInt(0) == LONGEST;
  }

  /** Tells whether a file starts with the size of a header. */
  static boolean starts(byte[] head) {
    if (head.length < 4) {
      return false;
    }
    int size = ByteBuffer.wrap(head).getInt();
    return isSize(size) || isSize(Integer.reverseBytes(size));
  }

  private static boolean isSize(int size) {
    return size == SHORTEST || size == LONGEST;
  }

  /**
   * Parses a header that {@link #starts} as one.
   *
   * @param head the first bytes of the file, decompressed
   * @param gzip whether they were compressed
   */
  static VolumeFile parse(byte[] head, Store store, String path, boolean gzip) throws IOException {
    NiftiHeader header = new NiftiHeader(head, path);
    int size = header.two ? LONGEST : SHORTEST;
    if (head.length < size) {
      throw UnreadableVolumeException.truncated(
          path, "expected a header of %d bytes, found %d".formatted(size, head.length));
    }
    boolean pair = header.isPair();
    VoxelType type = header.type();
    return new VolumeFile(
        path,
        new VolumeInfo("nifti", header.grid(), type, header.frames()),
        header.bytes.order(),
        header.slope(),
        header.intercept(),
        pair ? header.beside(store) : header.inside(gzip));
  }

  private boolean isPair() {
    int at = two ? 4 : 344;
    String magic = new String(bytes.array(), at, 4, StandardCharsets.ISO_8859_1);
    String version = two ? "2\0" : "1\0";
    if (magic.equals("n+" + version)) {
      return false;
    }
    if (magic.equals("ni" + version)) {
      return true;
    }
    throw UnreadableVolumeException.unsupported(
        path,
        "expected the magic of NIfTI, found a header without, such as Analyze 7.5's, which does"
            + " not say where the patient's left is");
  }

  private VoxelType type() {
    int code = bytes.getShort(two ? 12 : 70);
    return switch (code) {
      case 2 -> VoxelType.UINT8;
      case 4 -> VoxelType.INT16;
      case 8 -> VoxelType.INT32;
      case 16 -> VoxelType.FLOAT32;
      case 64 -> VoxelType.FLOAT64;
      case 256 -> VoxelType.INT8;
      case 512 -> VoxelType.UINT16;
      case 768 -> VoxelType.UINT32;
      case 1024 -> VoxelType.INT64;
      case 1280 -> VoxelType.UINT64;
      default ->
          throw UnreadableVolumeException.unsupported(
              path,
              "expected voxels that are one integer or real number, found datatype %d"
                  .formatted(code));
    };
  }

  private long dim(int n) {
    return two ? bytes.getLong(16 + 8 * n) : bytes.getShort(40 + 2 * n);
  }

  private int axes() {
    long axes = dim(0);
    if (axes < 1 || axes > MAX_AXES) {
      throw UnreadableVolumeException.broken(
          path, "expected 1 to %d axes, found %d".formatted(MAX_AXES, axes));
    }
    return (int) axes;
  }

  private long size(int axis) {
    long size = axis > axes() ? 1 : dim(axis);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw UnreadableVolumeException.broken(
          path,
          "expected a positive number of voxels along axis %d, found %d".formatted(axis, size));
    }
    return size;
  }

  private long frames() {
    long frames = 1;
    for (int axis = 4; axis <= axes(); axis++) {
      frames = Numbers.product(frames, size(axis));
    }
    return frames;
  }

  private double pixdim(int n) {
    return real(76 + 4 * n, 104 + 8 * n);
  }

  /** Returns the number at the one offset of the shorter header or the other of the longer. */
  private double real(int one, int other) {
    return two ? bytes.getDouble(other) : bytes.getFloat(one);
  }

  private boolean isScaled() {
    double slope = real(112, 176);
    return slope != 0 && Double.isFinite(slope);
  }

  private double slope() {
    return isScaled() ? real(112, 176) : 1;
  }

  private double intercept() {
    double intercept = isScaled() ? real(116, 184) : 0;
    if (!Double.isFinite(intercept)) {
      throw UnreadableVolumeException.broken(
          path,
          "expected a finite intercept with slope %s, found %s".formatted(slope(), intercept));
    }
    return intercept;
  }

  private VolumeGrid grid() {
    int sform = two ? bytes.getInt(348) : bytes.getShort(254);
    int qform = two ? bytes.getInt(344) : bytes.getShort(252);
    int ni = (int) size(1);
    int nj = (int) size(2);
    int nk = (int) size(3);
    NiftiSpace space = new NiftiSpace(path, unit());
    if (sform > 0) {
      return space.ofRows(ni, nj, nk, numbers(two ? 400 : 280, 12));
    }
    double[] spacing = {spacing(1), spacing(2), spacing(3)};
    if (qform > 0) {
      double[] turn = numbers(two ? 352 : 256, 6);
      double epsilon = two ? Math.ulp(1.0) : Math.ulp(1f);
      return space.ofQuaternion(ni, nj, nk, turn, spacing, pixdim(0) == -1, epsilon);
    }
    return space.ofSpacing(ni, nj, nk, spacing);
  }

  /** A spacing of 0 counts as 1, and a negative one as positive. */
  private double spacing(int axis) {
    double size = axis > axes() ? 1 : Math.abs(pixdim(axis));
    return size == 0 ? 1 : size;
  }

  private double[] numbers(int at, int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = two ? bytes.getDouble(at + 8 * i) : bytes.getFloat(at + 4 * i);
    }
    return numbers;
  }

  /** Returns the length of the header's unit in millimetres. */
  private double unit() {
    int units = two ? bytes.getInt(500) : bytes.get(123);
    return switch (units & 7) {
      case 1 -> 1000;
      case 3 -> 0.001;
      default -> 1;
    };
  }

  private long offset() {
    double offset = two ? bytes.getLong(168) : bytes.getFloat(108);
    if (!(offset >= 0 && offset <= VoxelInput.MAX_SKIP)) {
      throw UnreadableVolumeException.broken(
          path,
          "expected voxels within the first %d bytes, found vox_offset %s"
              .formatted(VoxelInput.MAX_SKIP, offset));
    }
    return (long) offset;
  }

  private VoxelData inside(boolean gzip) {
    int least = two ? LONGEST + 4 : SHORTEST + 4;
    if (offset() < least) {
      throw UnreadableVolumeException.broken(
          path, "expected vox_offset of at least %d, found %d".formatted(least, offset()));
    }
    return new VoxelData(List.of(path), gzip ? Encoding.GZIP : Encoding.RAW, 0, 0, offset());
  }

  private VoxelData beside(Store store) throws IOException {
    String image = other(store, path);
    if (image.equals(path)) {
      throw UnreadableVolumeException.broken(
          path, "expected the name of a header with a data file to end with .hdr");
    }
    Encoding encoding = image.endsWith(".gz") ? Encoding.GZIP : Encoding.RAW;
    return new VoxelData(List.of(image), encoding, 0, 0, offset());
  }

  /**
   * Returns the other file of a pair of .hdr and .img, the compressed one where only that is there;
   * the same path where it ends with neither.
   */
  static String other(Store store, String path) throws IOException {
    Matcher ending = PAIR.matcher(path);
    if (!ending.find()) {
      return path;
    }
    String letters =
        switch (ending.group(1)) {
          case "hdr" -> "img";
          case "HDR" -> "IMG";
          case "IMG" -> "HDR";
          default -> "hdr";
        };
    String plain = path.substring(0, ending.start()) + "." + letters;
    return !store.exists(plain) && store.exists(plain + ".gz") ? plain + ".gz" : plain;
  }
}
