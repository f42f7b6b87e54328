package org.medvilam.imaging.dicom;

import java.io.EOFException;
import java.io.UncheckedIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A stream of bytes in memory that ends for good: a decoder that goes on asking for more is
 * stopped.
 *
 * <p>The JPEG 2000 decoder takes the end of its input for bits that are set, for ever.
 */
final class EndedStream extends ImageInputStreamImpl {
  /** How often the end may be met; decoders look a little further than they must. */
  private static final int PATIENCE = 1 << 10;

  private final byte[] bytes;
  private int met;

  EndedStream(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : end();
  }

  @Override
  public int read(byte[] into, int from, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    if (count <= 0) {
      return end();
    }
    System.arraycopy(bytes, (int) streamPos, into, from, count);
    streamPos += count;
    return count;
  }

  private int end() {
    if (++met > PATIENCE) {
      throw new UncheckedIOException(new EOFException("the decoder reads past the end"));
    }
    return -1;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
