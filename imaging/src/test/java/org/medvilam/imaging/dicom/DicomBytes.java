package org.medvilam.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes data sets and files in any encoding, well formed or not; elements in the order of calls.
 */
final class DicomBytes {
  private static final int UNDEFINED = -1;

  private final boolean explicit;
  private final ByteOrder order;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private DicomBytes(boolean explicit, ByteOrder order) {
    this.explicit = explicit;
    this.order = order;
  }

  static DicomBytes explicit() {
    return new DicomBytes(true, ByteOrder.LITTLE_ENDIAN);
  }

  static DicomBytes implicit() {
    return new DicomBytes(false, ByteOrder.LITTLE_ENDIAN);
  }

  static DicomBytes big() {
    return new DicomBytes(true, ByteOrder.BIG_ENDIAN);
  }

  /** Returns an empty data set in the encoding of a transfer syntax. */
  static DicomBytes of(TransferSyntax syntax) {
    return switch (syntax) {
      case IMPLICIT -> implicit();
      case BIG_ENDIAN -> big();
      default -> explicit();
    };
  }

  /** Returns an empty data set in the same encoding. */
  DicomBytes same() {
    return new DicomBytes(explicit, order);
  }

  DicomBytes raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  DicomBytes header(int tag, String vr, int length) {
    ByteBuffer header = ByteBuffer.allocate(12).order(order);
    header.putShort((short) (tag >>> 16)).putShort((short) tag);
    if (!explicit || tag >>> 16 == 0xfffe) {
      header.putInt(length);
    } else {
      header.put(vr.getBytes(StandardCharsets.US_ASCII));
      if (Encoding.isShort(Element.vr(vr))) {
        header.putShort((short) length);
      } else {
        header.putShort((short) 0).putInt(length);
      }
    }
    out.write(header.array(), 0, header.position());
    return this;
  }

  DicomBytes bytes(int tag, String vr, byte... value) {
    return header(tag, vr, value.length).raw(value);
  }

  DicomBytes text(int tag, String vr, String value) {
    String pad = value.length() % 2 == 0 ? "" : vr.equals("UI") ? "\0" : " ";
    return bytes(tag, vr, (value + pad).getBytes(StandardCharsets.US_ASCII));
  }

  DicomBytes text(DicomAttribute attribute, String value) {
    return text(attribute.tag(), attribute.vr().name(), value);
  }

  DicomBytes us(int tag, int... values) {
    return bytes(tag, "US", shorts(values));
  }

  DicomBytes us(DicomAttribute attribute, int value) {
    return us(attribute.tag(), value);
  }

  /** Returns shorts in the byte order of the data set. */
  byte[] shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(order);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  /** Writes a sequence whose length and whose items' lengths are known. */
  DicomBytes sequence(int tag, DicomBytes... items) {
    DicomBytes content = same();
    for (DicomBytes item : items) {
      content.bytes(Tag.ITEM, "", item.dataSet());
    }
    return bytes(tag, "SQ", content.dataSet());
  }

  /** Writes a sequence with delimiters. */
  DicomBytes delimited(int tag, String vr, DicomBytes... items) {
    header(tag, vr, UNDEFINED);
    for (DicomBytes item : items) {
      header(Tag.ITEM, "", UNDEFINED).raw(item.dataSet()).header(Tag.ITEM_END, "", 0);
    }
    return header(Tag.SEQUENCE_END, "", 0);
  }

  /** Writes pixels in fragments after an offset table. */
  DicomBytes fragments(int[] offsets, byte[]... fragments) {
    header(Tag.PIXELS, "OB", UNDEFINED);
    ByteBuffer table = ByteBuffer.allocate(4 * offsets.length).order(order);
    for (int offset : offsets) {
      table.putInt(offset);
    }
    bytes(Tag.ITEM, "", table.array());
    for (byte[] fragment : fragments) {
      bytes(Tag.ITEM, "", fragment);
    }
    return header(Tag.SEQUENCE_END, "", 0);
  }

  DicomBytes fragments(byte[]... fragments) {
    return fragments(new int[0], fragments);
  }

  /** Writes what describes grey pixels. */
  DicomBytes grey(int columns, int rows, int allocated, int stored, boolean signed) {
    return pixels("MONOCHROME2", columns, rows, allocated, stored, signed);
  }

  /** Writes what describes pixels of one frame. */
  DicomBytes pixels(
      String photometric, int columns, int rows, int allocated, int stored, boolean signed) {
    boolean colour = photometric.startsWith("RGB") || photometric.startsWith("YBR");
    return text(DicomAttribute.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.7")
        .text(0x00100010, "PN", "Secret^Name")
        .us(DicomAttribute.SAMPLES_PER_PIXEL, colour ? 3 : 1)
        .text(DicomAttribute.PHOTOMETRIC_INTERPRETATION, photometric)
        .us(DicomAttribute.ROWS, rows)
        .us(DicomAttribute.COLUMNS, columns)
        .us(DicomAttribute.BITS_ALLOCATED, allocated)
        .us(DicomAttribute.BITS_STORED, stored)
        .us(DicomAttribute.HIGH_BIT, stored - 1)
        .us(DicomAttribute.PIXEL_REPRESENTATION, signed ? 1 : 0);
  }

  byte[] dataSet() {
    return out.toByteArray();
  }

  /** Returns a file with preamble and meta information. */
  byte[] file(TransferSyntax syntax) {
    return file(syntax.uid(), syntax == TransferSyntax.DEFLATED ? deflated(dataSet()) : dataSet());
  }

  static byte[] file(String uid, byte[] dataSet) {
    DicomBytes meta = explicit().bytes(0x00020001, "OB", (byte) 0, (byte) 1);
    if (!uid.isEmpty()) {
      meta.text(Tag.TRANSFER_SYNTAX_UID, "UI", uid);
    }
    DicomBytes file =
        explicit().raw(new byte[128]).raw((byte) 'D', (byte) 'I', (byte) 'C', (byte) 'M');
    int length = meta.dataSet().length;
    file.bytes(
        0x00020000,
        "UL",
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    return file.raw(meta.dataSet()).raw(dataSet).dataSet();
  }

  static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater =
        new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
