package org.medvilam.imaging.volume;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header of a MetaImage, as MetaIO reads it: lines of {@code Name = value} up to {@code
 * ElementDataFile}; lines that are nothing of the kind are stepped over, and of a name that is
 * there twice the last counts.
 *
 * <p>World coordinates are LPS. {@code TransformMatrix} holds the direction of each index axis, one
 * after the other, so the columns of ITK's direction matrix. {@code AnatomicalOrientation} repeats
 * it in words and is not looked at. An image of two axes is a volume of one slice; beyond three
 * axes are frames. A function from elements to intensities is refused: ITK ignores what MetaIO
 * defines.
 */
final class MetaImageHeader {
  private static final int SPACE = 3;
  private static final List<Vector3> UNITS =
      List.of(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1));

  /** The field that MetaIO tells its files by. */
  private static final String MARK = "NDims";

  private final HeaderFields fields;
  private final String path;
  private final int axes;
  private final long[] sizes;

  private MetaImageHeader(HeaderFields fields) {
    this.fields = fields;
    this.path = fields.path();
    this.axes = fields.axes(MARK);
    this.sizes = fields.sizes("DimSize", axes);
  }

  /** Tells whether a file starts with the field that MetaIO looks for. */
  static boolean starts(byte[] head) {
    HeaderLines lines = new HeaderLines(head);
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.matches(MARK + "\\s*[=:].*")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Parses a header.
   *
   * @param head the first bytes of the file
   */
  static VolumeFile parse(byte[] head, String path) {
    Map<String, String> values = new HashMap<>();
    HeaderLines lines = new HeaderLines(head);
    String data = null;
    while (data == null) {
      String line = lines.next();
      if (line == null) {
        throw UnreadableVolumeException.truncated(
            path, "expected a MetaImage header that ends with ElementDataFile, found none");
      }
      int sign = line.indexOf(line.indexOf('=') < 0 ? ':' : '=');
      if (sign > 0) {
        String name = line.substring(0, sign).strip();
        String value = line.substring(sign + 1).strip();
        values.put(name, value);
        data = name.equals("ElementDataFile") ? value : null;
      }
    }
    return new MetaImageHeader(new HeaderFields(path, values)).file(data, lines);
  }

  private VolumeFile file(String data, HeaderLines rest) {
    VoxelType type = type();
    refuseFunction();
    boolean ascii = !flag("BinaryData", true);
    boolean compressed = flag("CompressedData", false);
    Encoding encoding = ascii ? Encoding.ASCII : compressed ? Encoding.ZLIB : Encoding.RAW;
    boolean big = flag("BinaryDataByteOrderMSB", flag("ElementByteOrderMSB", false));
    return new VolumeFile(
        path,
        new VolumeInfo("metaimage", grid(), type, frames()),
        ascii || big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        1,
        0,
        data(data, rest, encoding));
  }

  private VoxelData data(String data, HeaderLines rest, Encoding encoding) {
    long headerSize = fields.integer("HeaderSize", 0);
    if (headerSize < -1 || headerSize > VoxelInput.MAX_SKIP) {
      throw UnreadableVolumeException.broken(
          path,
          "expected a HeaderSize of -1 to %d, found %d".formatted(VoxelInput.MAX_SKIP, headerSize));
    }
    boolean local = data.equalsIgnoreCase("LOCAL");
    long before = local && headerSize == 0 ? rest.position() : Math.max(0, headerSize);
    List<String> files = local ? List.of(path) : new MetaImageFiles(path, sizes).named(data, rest);
    return new VoxelData(files, encoding, before, 0, headerSize < 0 ? -1 : 0);
  }

  private VoxelType type() {
    if (fields.integer("ElementNumberOfChannels", 1) != 1) {
      throw UnreadableVolumeException.unsupported(
          path, "expected one channel, found several or none");
    }
    String type = fields.required("ElementType");
    return switch (type) {
      case "MET_CHAR" -> VoxelType.INT8;
      case "MET_UCHAR" -> VoxelType.UINT8;
      case "MET_SHORT" -> VoxelType.INT16;
      case "MET_USHORT" -> VoxelType.UINT16;
      case "MET_INT", "MET_LONG" -> VoxelType.INT32;
      case "MET_UINT", "MET_ULONG" -> VoxelType.UINT32;
      case "MET_LONG_LONG" -> VoxelType.INT64;
      case "MET_ULONG_LONG" -> VoxelType.UINT64;
      case "MET_FLOAT" -> VoxelType.FLOAT32;
      case "MET_DOUBLE" -> VoxelType.FLOAT64;
      default ->
          throw UnreadableVolumeException.unsupported(
              path,
              "expected an ElementType of MET_CHAR to MET_DOUBLE, found "
                  + (type.matches("MET_[A-Z_]{1,20}") ? type : "something else"));
    };
  }

  private void refuseFunction() {
    String slope = fields.text("ElementToIntensityFunctionSlope");
    String offset = fields.text("ElementToIntensityFunctionOffset");
    boolean identity =
        (slope == null || fields.number("ElementToIntensityFunctionSlope", slope) == 1)
            && (offset == null || fields.number("ElementToIntensityFunctionOffset", offset) == 0);
    if (!identity) {
      throw UnreadableVolumeException.unsupported(
          path,
          "expected elements that are intensities, found an ElementToIntensityFunction, which"
              + " readers do not agree about; write the intensities");
    }
  }

  private boolean flag(String name, boolean otherwise) {
    String value = fields.text(name);
    return value == null ? otherwise : value.matches("[Tt1].*");
  }

  private long frames() {
    long frames = 1;
    for (int axis = SPACE; axis < axes; axis++) {
      frames = Numbers.product(frames, sizes[axis]);
    }
    return frames;
  }

  private VolumeGrid grid() {
    double[] spacing = numbers(axes, "ElementSpacing", "ElementSize");
    double[] offset = numbers(axes, "Offset", "Position", "Origin", "ImagePosition");
    double[] matrix = numbers(axes * axes, "TransformMatrix", "Rotation", "Orientation");
    return VolumeFile.grid(
        path,
        (int) sizes[0],
        axes > 1 ? (int) sizes[1] : 1,
        axes > 2 ? (int) sizes[2] : 1,
        offset == null ? new Vector3(0, 0, 0) : vector(offset, 0),
        step(spacing, matrix, 0),
        step(spacing, matrix, 1),
        step(spacing, matrix, 2));
  }

  /** Returns the step along an index axis; those that the file leaves out are the world's. */
  private Vector3 step(double @Nullable [] spacing, double @Nullable [] matrix, int axis) {
    double size = spacing == null || axis >= axes ? 1 : spacing[axis];
    if (!(size > 0)) {
      throw UnreadableVolumeException.broken(
          path, "expected a positive ElementSpacing, found %s".formatted(size));
    }
    Vector3 direction =
        matrix == null || axis >= axes ? UNITS.get(axis) : vector(matrix, axis * axes);
    return direction.times(size);
  }

  /** Returns the vector that starts at a position; a flat image has no third coordinate. */
  private Vector3 vector(double[] numbers, int from) {
    return new Vector3(
        numbers[from], axes > 1 ? numbers[from + 1] : 0, axes > 2 ? numbers[from + 2] : 0);
  }

  private double @Nullable [] numbers(int count, String... names) {
    for (String name : names) {
      String value = fields.text(name);
      if (value != null) {
        return fields.numbers(name, value, count);
      }
    }
    return null;
  }
}
