package org.medvilam.imaging.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.medvilam.imaging.UnreadablePictureException;

/** Decodes one compressed frame. */
final class Frame {
  private static final int LAST_DCT = 0xc2;

  private Frame() {}

  /**
   * Decodes a frame.
   *
   * <p>Broken streams make decoders throw nearly anything; what they say may quote the file.
   *
   * @param frames how the transfer syntax writes frames
   * @param stream the bytes of the frame
   * @param out receives the samples
   */
  static void decode(TransferSyntax.Frames frames, byte[] stream, Samples out) {
    String name = out.format().name();
    try {
      switch (frames) {
        case PLAIN -> plain(stream, out);
        case JPEG -> jpeg(stream, out);
        case JPEG_2000 -> PluginFrame.jpeg2000(stream, out);
        case RLE -> RleFrame.decode(stream, out);
        case DEFLATED -> plain(Inflated.of(stream, 0, out.format().name()), out);
        case NATIVE, UNREAD -> throw new IllegalArgumentException(frames + " is not compressed");
      }
    } catch (UnreadablePictureException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Problem.unreadable(
          name, "expected a whole frame, its decoder found: " + e.getClass().getSimpleName());
    }
  }

  private static void plain(byte[] stream, Samples out) {
    long bytes = (NativeFrame.bits(out.format()) + 7) / 8;
    if (stream.length < bytes) {
      throw Problem.truncated(
          out.format().name(),
          "expected %d bytes in the frame, found %d".formatted(bytes, stream.length));
    }
    ByteBuffer data = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
    NativeFrame.decode(data, 0, 0, false, out);
  }

  /** Decodes by what the stream says of itself; writers mix up the syntaxes of JPEG. */
  private static void jpeg(byte[] stream, Samples out) {
    JpegHeader header = JpegHeader.of(stream, out.format());
    if (header.marker() == JpegSegments.JPEG_LS_FRAME) {
      JpegLs.decode(stream, out);
    } else if (header.marker() == JpegSegments.LOSSLESS_FRAME) {
      PluginFrame.losslessJpeg(stream, out);
    } else if (header.marker() <= LAST_DCT && header.precision() == 8) {
      PluginFrame.jpeg(stream, out);
    } else if (header.marker() == JpegSegments.EXTENDED_FRAME && header.precision() == 12) {
      JpegExtended.decode(stream, out);
    } else {
      throw Problem.unsupported(
          out.format().name(),
          "expected sequential, progressive, lossless or LS JPEG, found marker FF%02X with %d bits"
              .formatted(header.marker(), header.precision()));
    }
  }
}
