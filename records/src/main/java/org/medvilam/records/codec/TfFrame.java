package org.medvilam.records.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.store.Store;

/**
 * The frame of a message in a TFRecord file: its length in 8 bytes, little-endian, the masked CRC
 * of these, the message, and its masked CRC.
 *
 * <p>A CRC is CRC-32C, rotated right by 15 bits and increased by a constant, as TensorFlow's {@code
 * record_writer.h} masks it.
 */
final class TfFrame {
  /** Bytes around a message. */
  static final int OVERHEAD = 16;

  private static final int HEAD = 12;
  private static final int CRC = 4;
  private static final int MASK_DELTA = 0xa282ead8;

  private TfFrame() {}

  static void write(OutputStream out, byte[] message) throws IOException {
    byte[] head = new byte[HEAD];
    little(head).putLong(message.length);
    little(head).putInt(Long.BYTES, maskedCrc(head, Long.BYTES));
    byte[] crc = new byte[CRC];
    little(crc).putInt(maskedCrc(message, message.length));
    out.write(head);
    out.write(message);
    out.write(crc);
  }

  /**
   * Reads the next message.
   *
   * @return the message, or null at the end
   * @throws IOException if it is cut, damaged, or larger than {@link Store#MAX_WHOLE_FILE}
   */
  static byte @Nullable [] read(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    if (head.length == 0) {
      return null;
    }
    whole(head, HEAD);
    long length = little(head).getLong();
    check(head, Long.BYTES, little(head).getInt(Long.BYTES));
    if (length < 0 || length > Store.MAX_WHOLE_FILE) {
      throw new IOException(
          "expected at most %d bytes, found %d declared".formatted(Store.MAX_WHOLE_FILE, length));
    }
    byte[] message = whole(in.readNBytes((int) length), (int) length);
    byte[] crc = whole(in.readNBytes(CRC), CRC);
    check(message, message.length, little(crc).getInt());
    return message;
  }

  private static byte[] whole(byte[] found, int expected) throws IOException {
    if (found.length < expected) {
      throw new EOFException(
          "expected %d bytes, found %d; the file is cut".formatted(expected, found.length));
    }
    return found;
  }

  private static void check(byte[] data, int length, int expected) throws IOException {
    if (maskedCrc(data, length) != expected) {
      throw new IOException("expected data of its checksum, found other data; the file is damaged");
    }
  }

  /** Returns the masked CRC of the first bytes of an array. */
  static int maskedCrc(byte[] data, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  private static ByteBuffer little(byte[] data) {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }
}
