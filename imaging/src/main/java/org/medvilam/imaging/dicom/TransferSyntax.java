package org.medvilam.imaging.dicom;

import java.util.Arrays;
import java.util.Optional;

/** How a data set and its frames are written (PS3.6, table A-1; PS3.5, section 10 and annex A). */
enum TransferSyntax {
  IMPLICIT("1.2.840.10008.1.2", "Implicit VR Little Endian", Frames.NATIVE),
  EXPLICIT("1.2.840.10008.1.2.1", "Explicit VR Little Endian", Frames.NATIVE),
  ENCAPSULATED(
      "1.2.840.10008.1.2.1.98",
      "Encapsulated Uncompressed Explicit VR Little Endian",
      Frames.PLAIN),
  DEFLATED("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", Frames.NATIVE),
  BIG_ENDIAN("1.2.840.10008.1.2.2", "Explicit VR Big Endian", Frames.NATIVE),
  JPEG_BASELINE("1.2.840.10008.1.2.4.50", "JPEG Baseline", Frames.JPEG),
  JPEG_EXTENDED("1.2.840.10008.1.2.4.51", "JPEG Extended", Frames.JPEG),
  JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", "JPEG Lossless", Frames.JPEG),
  JPEG_LOSSLESS_FIRST(
      "1.2.840.10008.1.2.4.70", "JPEG Lossless, First-Order Prediction", Frames.JPEG),
  JPEG_LS_LOSSLESS("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless", Frames.JPEG),
  JPEG_LS("1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless", Frames.JPEG),
  JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless", Frames.JPEG_2000),
  JPEG_2000("1.2.840.10008.1.2.4.91", "JPEG 2000", Frames.JPEG_2000),
  JPEG_2000_PART_2_LOSSLESS(
      "1.2.840.10008.1.2.4.92", "JPEG 2000 Part 2 Multi-component Lossless", Frames.UNREAD),
  JPEG_2000_PART_2("1.2.840.10008.1.2.4.93", "JPEG 2000 Part 2 Multi-component", Frames.UNREAD),
  JPIP("1.2.840.10008.1.2.4.94", "JPIP Referenced", Frames.UNREAD),
  JPIP_DEFLATED("1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate", Frames.UNREAD),
  MPEG_2_MAIN("1.2.840.10008.1.2.4.100", "MPEG2 Main Profile / Main Level", Frames.UNREAD),
  MPEG_2_HIGH("1.2.840.10008.1.2.4.101", "MPEG2 Main Profile / High Level", Frames.UNREAD),
  MPEG_4("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile / Level 4.1", Frames.UNREAD),
  MPEG_4_BD("1.2.840.10008.1.2.4.103", "MPEG-4 AVC/H.264 BD-compatible", Frames.UNREAD),
  MPEG_4_2D(
      "1.2.840.10008.1.2.4.104",
      "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video",
      Frames.UNREAD),
  MPEG_4_3D(
      "1.2.840.10008.1.2.4.105",
      "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video",
      Frames.UNREAD),
  MPEG_4_STEREO("1.2.840.10008.1.2.4.106", "MPEG-4 AVC/H.264 Stereo High Profile", Frames.UNREAD),
  HEVC_MAIN("1.2.840.10008.1.2.4.107", "HEVC/H.265 Main Profile / Level 5.1", Frames.UNREAD),
  HEVC_MAIN_10("1.2.840.10008.1.2.4.108", "HEVC/H.265 Main 10 Profile / Level 5.1", Frames.UNREAD),
  JPEG_XL_LOSSLESS("1.2.840.10008.1.2.4.110", "JPEG XL Lossless", Frames.UNREAD),
  JPEG_XL_JPEG("1.2.840.10008.1.2.4.111", "JPEG XL JPEG Recompression", Frames.UNREAD),
  JPEG_XL("1.2.840.10008.1.2.4.112", "JPEG XL", Frames.UNREAD),
  HTJ2K_LOSSLESS("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless", Frames.UNREAD),
  HTJ2K_RPCL_LOSSLESS(
      "1.2.840.10008.1.2.4.202",
      "High-Throughput JPEG 2000 with RPCL Options Lossless",
      Frames.UNREAD),
  HTJ2K("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000", Frames.UNREAD),
  JPIP_HTJ2K("1.2.840.10008.1.2.4.204", "JPIP HTJ2K Referenced", Frames.UNREAD),
  JPIP_HTJ2K_DEFLATED("1.2.840.10008.1.2.4.205", "JPIP HTJ2K Referenced Deflate", Frames.UNREAD),
  RLE("1.2.840.10008.1.2.5", "RLE Lossless", Frames.RLE),
  DEFLATED_FRAMES("1.2.840.10008.1.2.8.1", "Deflated Image Frame Compression", Frames.DEFLATED);

  /** How a frame is written. */
  enum Frames {
    /** One after the other, without packing (PS3.5, section 8.2). */
    NATIVE,
    /** Without packing, in fragments (PS3.5, annex A.4). */
    PLAIN,
    /** A process of ITU-T T.81 or T.87; the stream says which. */
    JPEG,
    /** ITU-T T.800. */
    JPEG_2000,
    /** Runs of bytes (PS3.5, annex G). */
    RLE,
    /** RFC 1951, frame by frame (PS3.5, annex A.4.13). */
    DEFLATED,
    /** In a way that the toolkit does not read. */
    UNREAD
  }

  private final String uid;
  private final String text;
  private final Frames frames;

  TransferSyntax(String uid, String text, Frames frames) {
    this.uid = uid;
    this.text = text;
    this.frames = frames;
  }

  /** Returns the syntax of a UID, if the standard has it. */
  static Optional<TransferSyntax> of(String uid) {
    return Arrays.stream(values()).filter(s -> s.uid.equals(uid)).findFirst();
  }

  String uid() {
    return uid;
  }

  Frames frames() {
    return frames;
  }

  /** Returns how the data set is written; all but two use Explicit VR Little Endian. */
  Encoding encoding() {
    return switch (this) {
      case IMPLICIT -> Encoding.IMPLICIT;
      case BIG_ENDIAN -> Encoding.BIG;
      default -> Encoding.EXPLICIT;
    };
  }

  /** Tells whether the whole data set is deflated (PS3.5, annex A.5). */
  boolean deflated() {
    return this == DEFLATED || this == JPIP_DEFLATED || this == JPIP_HTJ2K_DEFLATED;
  }

  /** Returns name and UID. */
  @Override
  public String toString() {
    return "%s (%s)".formatted(text, uid);
  }
}
