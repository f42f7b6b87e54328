package org.medvilam.imaging;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.LongStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The first picture of a TIFF file: what its directory declares, and whether its strips or tiles
 * are all there, without decoding any (TIFF 6.0, sections 2, 8 and 15).
 *
 * <p>Samples are unsigned whole numbers of up to 16 bits, or signed ones of 16; others are refused
 * by name, as are pictures that are neither grey, colour nor palette.
 */
final class TiffFile {
  private static final int NO_COMPRESSION = 1;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int YCBCR = 6;
  private static final int UNSIGNED = 1;
  private static final int SIGNED = 2;
  private static final int PLANAR = 2;

  /**
   * None, CCITT, LZW, deflate by its two numbers, PackBits; JPEG streams have sizes of their own.
   */
  private static final Set<Integer> COMPRESSIONS =
      Set.of(NO_COMPRESSION, 2, 3, 4, 5, 8, 32773, 32946);

  private final Directory directory;
  private final long length;
  private final String name;
  private final int width;
  private final int height;
  private final int samples;
  private final int bits;

  private TiffFile(Directory directory, long length, String name) {
    this.directory = directory;
    this.length = length;
    this.name = name;
    this.width = number(TIFF.TAG_IMAGE_WIDTH, 0);
    this.height = number(TIFF.TAG_IMAGE_HEIGHT, 0);
    this.samples = number(TIFF.TAG_SAMPLES_PER_PIXEL, 1);
    this.bits = number(TIFF.TAG_BITS_PER_SAMPLE, 1);
  }

  /** Tells whether a file starts as TIFF files do, of either byte order and offset size. */
  static boolean starts(byte[] data) {
    if (data.length < 4) {
      return false;
    }
    boolean little = data[0] == 'I' && data[1] == 'I' && data[3] == 0;
    boolean big = data[0] == 'M' && data[1] == 'M' && data[2] == 0;
    int magic = little ? data[2] : data[3];
    return (little || big) && (magic == TIFF.TIFF_MAGIC || magic == TIFF.BIGTIFF_MAGIC);
  }

  /** Returns what the directory declares, once all strips or tiles are found. */
  static PictureHeader probe(byte[] data, String name) {
    TiffFile file = new TiffFile(read(data, name), data.length, name);
    file.checkSize();
    file.checkSamples();
    file.checkCompression();
    file.checkSegments();
    return new PictureHeader(
        PictureInfo.stored("tiff", file.width, file.height, Orientation.of(file.directory)),
        (long) file.width * file.height * file.samples * (file.bits > 8 ? 2 : 1));
  }

  private static Directory read(byte[] data, String name) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(data))) {
      Directory first = first(new TIFFReader().read(in));
      if (first.size() == 0) {
        throw truncated(name, "expected a directory of tags, found the end of the file");
      }
      return first;
    } catch (IOException | RuntimeException e) {
      if (e instanceof UnreadablePictureException known) {
        throw known;
      }
      throw new UnreadablePictureException(
          "unreadable-picture",
          "%s: expected a directory of tags, found: %s".formatted(name, e),
          e);
    }
  }

  /** Returns the first of the directories that a file may have. */
  static Directory first(Directory directory) {
    boolean several = directory instanceof CompoundDirectory c && c.directoryCount() > 0;
    return several ? ((CompoundDirectory) directory).getDirectory(0) : directory;
  }

  private void checkSize() {
    if (width < 1 || height < 1) {
      throw broken("expected a positive size, found %dx%d".formatted(width, height));
    }
  }

  private void checkSamples() {
    long[] formats = numbers(TIFF.TAG_SAMPLE_FORMAT, UNSIGNED);
    long format = formats[0];
    boolean uneven = !same(numbers(TIFF.TAG_BITS_PER_SAMPLE, 1)) || !same(formats) || samples < 1;
    boolean whole = format == UNSIGNED || format == SIGNED && bits == 16;
    boolean known = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
    if (uneven || !whole || !known) {
      throw unsupported(
          "expected samples that are whole numbers of 1, 2, 4, 8 or 16 bits, found %s of %s bits"
              .formatted(
                  sampleFormat(format), Arrays.toString(numbers(TIFF.TAG_BITS_PER_SAMPLE, 1))));
    }
    int meaning = number(TIFF.TAG_PHOTOMETRIC_INTERPRETATION, 0);
    if (meaning > PALETTE && meaning != YCBCR) {
      throw unsupported(
          "expected grey, colour or palette, found photometric interpretation " + meaning);
    }
    if ((meaning == RGB || meaning == YCBCR) && bits < 8) {
      throw unsupported("expected colours of 8 or 16 bits per sample, found " + bits);
    }
  }

  private static boolean same(long[] values) {
    return Arrays.stream(values).distinct().count() == 1;
  }

  private static String sampleFormat(long format) {
    return switch ((int) format) {
      case UNSIGNED -> "unsigned whole numbers";
      case SIGNED -> "signed whole numbers";
      case 3 -> "floating-point numbers";
      default -> "samples of format " + format;
    };
  }

  private void checkCompression() {
    int compression = number(TIFF.TAG_COMPRESSION, NO_COMPRESSION);
    if (!COMPRESSIONS.contains(compression)) {
      throw unsupported(
          "expected no compression, LZW, deflate, PackBits or CCITT, found compression %d; write the"
                  .formatted(compression)
              + " picture anew with one of these");
    }
  }

  /** Checks that strips or tiles cover the picture and lie inside the file. */
  private void checkSegments() {
    boolean tiled = directory.getEntryById(TIFF.TAG_TILE_WIDTH) != null;
    String kind = tiled ? "tile" : "strip";
    long columns = tiled ? number(TIFF.TAG_TILE_WIDTH, 0) : width;
    long rows = tiled ? number(TIFF.TAG_TILE_HEIGTH, 0) : rowsPerStrip();
    if (columns < 1 || rows < 1 || columns > PictureHeader.MAX_SIDE) {
      throw broken("expected %ss of a sensible size, found %dx%d".formatted(kind, columns, rows));
    }
    long[] offsets = numbers(tiled ? TIFF.TAG_TILE_OFFSETS : TIFF.TAG_STRIP_OFFSETS, -1);
    long[] counts = numbers(tiled ? TIFF.TAG_TILE_BYTE_COUNTS : TIFF.TAG_STRIP_BYTE_COUNTS, 0);
    boolean planar = number(TIFF.TAG_PLANAR_CONFIGURATION, 1) == PLANAR;
    long down = (height + rows - 1) / rows;
    long expected = (width + columns - 1) / columns * down * (planar ? samples : 1);
    if (offsets.length < expected || offsets[0] < 0) {
      throw broken("expected %d %ss, found %d".formatted(expected, kind, offsets.length));
    }
    boolean counted = counts.length >= expected && LongStream.of(counts).anyMatch(c -> c != 0);
    long rowBytes = isPlain() ? (columns * bits * (planar ? 1 : samples) + 7) / 8 : 0;
    for (int i = 0; i < expected; i++) {
      long needed = rowBytes * (tiled ? rows : Math.min(rows, height - i % down * rows));
      long declared = counted ? counts[i] : needed;
      if (declared < needed || offsets[i] + declared > length) {
        String segment = "%s %d of %d".formatted(kind, i + 1, expected);
        throw missing(segment, offsets[i], needed, declared);
      }
    }
  }

  private UnreadablePictureException missing(
      String segment, long offset, long needed, long declared) {
    return truncated(
        name,
        declared < needed
            ? "expected %d bytes of %s, found %d declared".formatted(needed, segment, declared)
            : "expected %s to end at byte %d, found the end of the file at byte %d"
                .formatted(segment, offset + declared, length));
  }

  /** Tells whether the number of bytes follows from the number of pixels. */
  private boolean isPlain() {
    return number(TIFF.TAG_COMPRESSION, NO_COMPRESSION) == NO_COMPRESSION
        && number(TIFF.TAG_PHOTOMETRIC_INTERPRETATION, 0) != YCBCR;
  }

  /** Returns the rows of a strip; where no number is given, or one above the height, all rows. */
  private long rowsPerStrip() {
    long rows = numbers(TIFF.TAG_ROWS_PER_STRIP, height)[0];
    return rows < 1 ? height : Math.min(rows, height);
  }

  /** Returns the first value of a tag; -1 where it is none that a picture can have. */
  private int number(int tag, int otherwise) {
    long value = numbers(tag, otherwise)[0];
    return value == (int) value ? (int) value : -1;
  }

  /** Returns the values of a tag, or a single other one where it is absent. */
  private long[] numbers(int tag, long otherwise) {
    Entry entry = directory.getEntryById(tag);
    Object value = entry == null ? null : entry.getValue();
    if (value instanceof EOFException) {
      throw truncated(name, "expected the values of tag %d inside the file".formatted(tag));
    }
    if (value instanceof Number n) {
      return new long[] {n.longValue()};
    }
    if (value instanceof long[] longs && longs.length > 0) {
      return longs;
    }
    return value instanceof int[] ints && ints.length > 0
        ? Arrays.stream(ints).asLongStream().toArray()
        : new long[] {otherwise};
  }

  private UnreadablePictureException broken(String message) {
    return new UnreadablePictureException("unreadable-picture", name + ": " + message);
  }

  private UnreadablePictureException unsupported(String message) {
    return new UnreadablePictureException("unsupported-picture", name + ": " + message);
  }

  private static UnreadablePictureException truncated(String name, String message) {
    return new UnreadablePictureException("truncated-picture", name + ": " + message);
  }
}
