package org.medvilam.imaging.volume;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header of an NRRD file, by the definition of the NRRD file format at Teem: a magic, lines of
 * {@code field: value}, keys of users as {@code key:=value}, comments, and an empty line.
 *
 * <p>The first axes are the space, at most three; what follows are frames. Unsupported by name:
 * vectors and colours as voxels, several data files, and the encoding hex.
 */
final class NrrdHeader {
  private static final int MAGIC_LENGTH = 8;

  private final HeaderFields fields;
  private final String path;

  private NrrdHeader(HeaderFields fields) {
    this.fields = fields;
    this.path = fields.path();
  }

  static boolean starts(byte[] head) {
    return head.length >= 4 && new String(head, 0, 4, StandardCharsets.ISO_8859_1).equals("NRRD");
  }

  /**
   * Parses a header that {@link #starts} as one.
   *
   * @param head the first bytes of the file
   */
  static VolumeFile parse(byte[] head, String path) {
    HeaderLines lines = new HeaderLines(head);
    String magic = lines.next();
    if (magic == null || !magic.matches("NRRD(000[1-5]|00\\.01)")) {
      throw head.length < MAGIC_LENGTH
          ? UnreadableVolumeException.truncated(path, "expected a magic of NRRD, found its start")
          : UnreadableVolumeException.unsupported(
              path, "expected NRRD0001 to NRRD0005, found another version");
    }
    Map<String, String> values = new HashMap<>();
    String line = lines.next();
    while (line != null && !line.isEmpty()) {
      add(values, line, path);
      line = lines.next();
    }
    NrrdHeader header = new NrrdHeader(new HeaderFields(path, values));
    if (line == null && !values.containsKey("datafile")) {
      throw UnreadableVolumeException.truncated(
          path, "expected an NRRD header that ends with an empty line, found none");
    }
    return header.file(lines.position());
  }

  /** Adds a field; names are those of the format in lower case and without blanks. */
  private static void add(Map<String, String> values, String line, String path) {
    if (line.startsWith("#")) {
      return;
    }
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw UnreadableVolumeException.broken(
          path, "expected a field or key in each line of the header, found another line");
    }
    if (line.startsWith("=", colon + 1)) {
      return;
    }
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT).replace(" ", "");
    if (values.put(name, line.substring(colon + 1).strip()) != null) {
      throw UnreadableVolumeException.broken(
          path, "expected each field of the header once, found one twice");
    }
  }

  private VolumeFile file(int headerLength) {
    VoxelType type = type();
    Encoding encoding = encoding();
    NrrdSpace space = new NrrdSpace(fields);
    return new VolumeFile(
        path,
        new VolumeInfo("nrrd", space.grid(), type, space.frames()),
        order(type, encoding),
        1,
        0,
        data(encoding, headerLength));
  }

  private VoxelData data(Encoding encoding, int headerLength) {
    long lines = fields.integer("lineskip", 0);
    long bytes = fields.integer("byteskip", 0);
    long most = VoxelInput.MAX_SKIP;
    if (lines < 0 || lines > most || bytes < -most || bytes > most) {
      throw UnreadableVolumeException.broken(
          path,
          "expected skips of at most %d, found %d lines and %d bytes"
              .formatted(most, lines, bytes));
    }
    String name = fields.text("datafile");
    if (name == null) {
      return new VoxelData(List.of(path), encoding, headerLength, lines, bytes);
    }
    if (name.matches("(SKIP)?LIST( .*)?") || name.contains("%")) {
      throw UnreadableVolumeException.unsupported(path, "expected one data file, found several");
    }
    String data = StoredFile.beside(path, HeaderLines.fileName(name));
    return new VoxelData(List.of(data), encoding, 0, lines, bytes);
  }

  private VoxelType type() {
    String type = fields.required("type").replaceAll("\\s+", " ");
    VoxelType known = named(type);
    if (known == null) {
      throw UnreadableVolumeException.unsupported(
          path, "expected a type of signed char to double, found another");
    }
    return known;
  }

  private static @Nullable VoxelType named(String type) {
    return switch (type) {
      case "signed char", "int8", "int8_t" -> VoxelType.INT8;
      case "uchar", "unsigned char", "uint8", "uint8_t" -> VoxelType.UINT8;
      case "short", "short int", "signed short", "signed short int", "int16", "int16_t" ->
          VoxelType.INT16;
      case "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t" ->
          VoxelType.UINT16;
      case "int", "signed int", "int32", "int32_t" -> VoxelType.INT32;
      case "uint", "unsigned int", "uint32", "uint32_t" -> VoxelType.UINT32;
      case "longlong",
          "long long",
          "long long int",
          "signed long long",
          "signed long long int",
          "int64",
          "int64_t" ->
          VoxelType.INT64;
      case "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t" ->
          VoxelType.UINT64;
      case "float" -> VoxelType.FLOAT32;
      case "double" -> VoxelType.FLOAT64;
      default -> null;
    };
  }

  private Encoding encoding() {
    return switch (fields.required("encoding").toLowerCase(Locale.ROOT)) {
      case "raw" -> Encoding.RAW;
      case "txt", "text", "ascii" -> Encoding.ASCII;
      case "gz", "gzip" -> Encoding.GZIP;
      case "bz2", "bzip2" -> Encoding.BZIP2;
      default ->
          throw UnreadableVolumeException.unsupported(
              path, "expected the encoding raw, ascii, gzip or bzip2, found another");
    };
  }

  private ByteOrder order(VoxelType type, Encoding encoding) {
    if (encoding == Encoding.ASCII || type.bytes() == 1) {
      return ByteOrder.BIG_ENDIAN;
    }
    return switch (fields.required("endian").toLowerCase(Locale.ROOT)) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw UnreadableVolumeException.broken(
              path, "expected endian little or big, found another");
    };
  }
}
