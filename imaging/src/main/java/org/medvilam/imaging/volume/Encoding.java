package org.medvilam.imaging.volume;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How voxels are turned into the bytes of a file. */
enum Encoding {
  /** As they are. */
  RAW(1),
  /** Decimal numbers in ASCII, apart by blanks or commas; decoded to big-endian voxels. */
  ASCII(1),
  /** RFC 1952, members one after the other. */
  GZIP(1040),
  /** RFC 1950; MetaIO reads RFC 1952 in the same place. */
  ZLIB(1040),
  /** Bzip2, one stream, as Teem reads it. */
  BZIP2(4_000_000);

  private static final int BUFFER = 1 << 16;

  /** No file of this encoding decodes to more than this many times its size. */
  private final int mostGain;

  Encoding(int mostGain) {
    this.mostGain = mostGain;
  }

  /** Returns the size that a file must have at the least. */
  long leastStored(long decodedBytes, VoxelType type) {
    return this == ASCII ? 2 * (decodedBytes / type.bytes()) - 1 : decodedBytes / mostGain;
  }

  boolean isCompressed() {
    return this != RAW && this != ASCII;
  }

  InputStream decode(BufferedInputStream in, VoxelType type) throws IOException {
    return switch (this) {
      case RAW -> in;
      case ASCII -> new AsciiVoxels(in, type);
      case GZIP -> new GZIPInputStream(in, BUFFER);
      case ZLIB -> isGzip(in) ? new GZIPInputStream(in, BUFFER) : new InflaterInputStream(in);
      case BZIP2 -> new BZip2CompressorInputStream(in);
    };
  }

  private static boolean isGzip(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = isGzip(in.readNBytes(2));
    in.reset();
    return gzip;
  }

  static boolean isGzip(byte[] head) {
    return head.length > 1 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b;
  }
}
