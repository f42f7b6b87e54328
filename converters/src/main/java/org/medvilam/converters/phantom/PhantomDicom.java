package org.medvilam.converters.phantom;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Writes a grey picture as DICOM: a Secondary Capture (PS3.3 A.8.1) in Explicit VR Little Endian or
 * JPEG Baseline, whose attributes of patient and study are empty; the same picture gives the same
 * bytes.
 */
public final class PhantomDicom {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String JPEG = "1.2.840.10008.1.2.4.50";
  private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
  private static final int PIXELS = 0x7fe00010;
  private static final int ITEM = 0xfffee000;
  private static final int SEQUENCE_END = 0xfffee0dd;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private PhantomDicom() {}

  /**
   * Returns the file of a picture that is not compressed.
   *
   * @param id names the picture; its UIDs are made of it
   * @param columns columns
   * @param rows rows
   * @param bits 8, 12 or 16 bits per sample
   * @param samples {@code columns * rows} values from 0 to {@code 2^bits - 1}, row by row; 0 is
   *     black
   */
  public static byte[] grey(String id, int columns, int rows, int bits, int[] samples) {
    if (bits != 8 && bits != 12 && bits != 16) {
      throw new IllegalArgumentException("bits must be 8, 12 or 16, but were: " + bits);
    }
    if (samples.length != columns * rows) {
      throw new IllegalArgumentException(
          "samples must be columns x rows = %d x %d, but were: %d"
              .formatted(columns, rows, samples.length));
    }
    PhantomDicom file = new PhantomDicom();
    file.meta(id, EXPLICIT);
    file.instance(id);
    file.description(columns, rows, bits);
    file.samples(bits, samples);
    return file.out.toByteArray();
  }

  /**
   * Returns the file of a picture in baseline JPEG.
   *
   * @param id names the picture; its UIDs are made of it
   * @param picture 8-bit grey
   * @param quality 0 to 1
   */
  public static byte[] jpeg(String id, BufferedImage picture, double quality) throws IOException {
    if (picture.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      throw new IllegalArgumentException(
          "picture must be of 8-bit grey, but was of type: " + picture.getType());
    }
    PhantomDicom file = new PhantomDicom();
    file.meta(id, JPEG);
    file.instance(id);
    file.description(picture.getWidth(), picture.getHeight(), 8);
    file.text(0x00282110, "CS", "01");
    file.fragment(PhantomFiles.encodedJpeg(picture, quality));
    return file.out.toByteArray();
  }

  /** Writes preamble, prefix and file meta information (PS3.10, section 7.1). */
  private void meta(String id, String syntax) {
    PhantomDicom meta = new PhantomDicom();
    meta.element(0x00020001, "OB", new byte[] {0, 1});
    meta.text(0x00020002, "UI", SECONDARY_CAPTURE);
    meta.text(0x00020003, "UI", uid("instance|" + id));
    meta.text(0x00020010, "UI", syntax);
    meta.text(0x00020012, "UI", uid("medvilam"));
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    element(0x00020000, "UL", little(meta.out.size(), 4));
    out.writeBytes(meta.out.toByteArray());
  }

  private void instance(String id) {
    text(0x00080016, "UI", SECONDARY_CAPTURE);
    text(0x00080018, "UI", uid("instance|" + id));
    text(0x00080020, "DA", "");
    text(0x00080030, "TM", "");
    text(0x00080050, "SH", "");
    text(0x00080060, "CS", "OT");
    text(0x00080064, "CS", "SYN");
    text(0x00080090, "PN", "");
    text(0x00100010, "PN", "");
    text(0x00100020, "LO", "");
    text(0x00100030, "DA", "");
    text(0x00100040, "CS", "");
    text(0x0020000d, "UI", uid("study|" + id));
    text(0x0020000e, "UI", uid("series|" + id));
    text(0x00200010, "SH", "");
    text(0x00200011, "IS", "1");
    text(0x00200013, "IS", "1");
    text(0x00200020, "CS", "");
  }

  private static int allocated(int bits) {
    return bits > 8 ? 16 : 8;
  }

  /** Writes what the Image Pixel module says of the pixels (PS3.3 C.7.6.3). */
  private void description(int columns, int rows, int bits) {
    unsigned(0x00280002, 1);
    text(0x00280004, "CS", "MONOCHROME2");
    unsigned(0x00280010, rows);
    unsigned(0x00280011, columns);
    unsigned(0x00280100, allocated(bits));
    unsigned(0x00280101, bits);
    unsigned(0x00280102, bits - 1);
    unsigned(0x00280103, 0);
  }

  private void samples(int bits, int[] samples) {
    int octets = allocated(bits) / 8;
    byte[] data = new byte[(samples.length * octets + 1) / 2 * 2];
    for (int i = 0; i < samples.length; i++) {
      System.arraycopy(little(samples[i], octets), 0, data, i * octets, octets);
    }
    element(PIXELS, "OW", data);
  }

  /** Writes one frame in one fragment, with an empty offset table (PS3.5, annex A.4). */
  private void fragment(byte[] stream) {
    tag(PIXELS);
    out.writeBytes(new byte[] {'O', 'B', 0, 0, -1, -1, -1, -1});
    item(ITEM, new byte[0]);
    item(ITEM, Arrays.copyOf(stream, (stream.length + 1) / 2 * 2));
    item(SEQUENCE_END, new byte[0]);
  }

  private void item(int tag, byte[] value) {
    tag(tag);
    out.writeBytes(little(value.length, 4));
    out.writeBytes(value);
  }

  private void tag(int tag) {
    out.writeBytes(little(tag >>> 16, 2));
    out.writeBytes(little(tag, 2));
  }

  /** Returns a UID derived from a UUID (PS3.5, annex B.2). */
  private static String uid(String text) {
    UUID uuid = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    BigInteger high = BigInteger.valueOf(uuid.getMostSignificantBits()).shiftLeft(64);
    BigInteger low = new BigInteger(Long.toUnsignedString(uuid.getLeastSignificantBits()));
    return "2.25." + high.add(low).mod(BigInteger.ONE.shiftLeft(128));
  }

  private void unsigned(int tag, int value) {
    element(tag, "US", little(value, 2));
  }

  /** Writes a text of an even number of bytes: UIDs padded with zero, others with a blank. */
  private void text(int tag, String vr, String value) {
    String pad = value.length() % 2 == 0 ? "" : "UI".equals(vr) ? "\0" : " ";
    element(tag, vr, (value + pad).getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes an element; bytes and words have a length of 32 bits (PS3.5, section 7.1.2). */
  private void element(int tag, String vr, byte[] value) {
    tag(tag);
    out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
    if (vr.charAt(0) == 'O') {
      out.writeBytes(little(0, 2));
      out.writeBytes(little(value.length, 4));
    } else {
      out.writeBytes(little(value.length, 2));
    }
    out.writeBytes(value);
  }

  private static byte[] little(int value, int octets) {
    byte[] bytes = new byte[octets];
    for (int i = 0; i < octets; i++) {
      bytes[i] = (byte) (value >> 8 * i);
    }
    return bytes;
  }
}
