package org.medvilam.imaging.dicom;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.medvilam.imaging.UnreadablePictureException;

/**
 * A DICOM file: the attributes that describe its pixels, and its frames.
 *
 * <p>Reading looks at the header only; frames are decoded when asked for and not kept. Whatever is
 * wrong ends as {@link UnreadablePictureException}, whose message quotes no text of the header. Not
 * for several threads at once.
 *
 * <pre>{@code
 * DicomFile file = DicomFile.read(bytes, "series/0001.dcm");
 * double[] position = file.numbers(DicomAttribute.IMAGE_POSITION_PATIENT);
 * double[] hounsfield = file.modality(0);
 * }</pre>
 */
public final class DicomFile {
  private final String name;
  private final String syntaxUid;
  private final @Nullable TransferSyntax syntax;
  private final DicomHeader header;
  private @Nullable PixelFormat format;
  private @Nullable Fragments fragments;

  private DicomFile(
      String name, String syntaxUid, @Nullable TransferSyntax syntax, DicomHeader header) {
    this.name = name;
    this.syntaxUid = syntaxUid;
    this.syntax = syntax;
    this.header = header;
  }

  /**
   * Tells whether bytes are the start of a DICOM file beyond doubt: by the prefix {@code DICM}
   * (PS3.10, section 7.1) or, without it, by the elements it starts with.
   *
   * @param start the file, or a thousand bytes of its start
   */
  public static boolean starts(byte[] start) {
    return Preface.starts(start);
  }

  /**
   * Reads the header of a file.
   *
   * @param data the whole file; not copied
   * @param name its path, for messages
   * @throws UnreadablePictureException if the header is broken or ends too soon
   */
  public static DicomFile read(byte[] data, String name) {
    if (!Preface.starts(data)) {
      throw new UnreadablePictureException(
          "unknown-format",
          "%s: expected a DICOM file (PS3.10, 7.1), found %d bytes of something else"
              .formatted(name, data.length));
    }
    Preface preface = Preface.of(data, name);
    Encoding encoding;
    TransferSyntax syntax = null;
    if (preface.uid().isEmpty()) {
      encoding = told(data, preface, name);
    } else {
      syntax = TransferSyntax.of(preface.uid()).orElseThrow(() -> unknown(preface.uid(), name));
      encoding = syntax.encoding();
    }
    boolean deflated = syntax != null && syntax.deflated();
    byte[] bytes = deflated ? Inflated.of(data, preface.at(), name) : data;
    DicomHeader header =
        DicomParser.parse(name, ByteBuffer.wrap(bytes), deflated ? 0 : preface.at(), encoding);
    return new DicomFile(name, preface.uid(), syntax, header);
  }

  private static Encoding told(byte[] data, Preface preface, String name) {
    Encoding encoding = Encoding.tell(data, preface.at());
    if (encoding == null) {
      throw Problem.unreadable(
          name, "expected a transfer syntax UID (0002,0010) (PS3.10, 7.1), found none");
    }
    return encoding;
  }

  private static UnreadablePictureException unknown(String uid, String name) {
    return Problem.unsupported(
        name, "expected a transfer syntax of the DICOM standard, found the unknown UID " + uid);
  }

  /** Returns the UID of the transfer syntax; empty where the file gives none. */
  public String transferSyntax() {
    return syntaxUid;
  }

  /** Tells whether the object has pixels; plans, reports and structures have none. */
  public boolean hasPixels() {
    return header.pixels() != null;
  }

  /**
   * Returns the number of rows of a frame.
   *
   * @throws UnreadablePictureException if the file has no pixels or describes them wrongly
   */
  public int rows() {
    return format().rows();
  }

  /** Returns the number of columns of a frame; see {@link #rows}. */
  public int columns() {
    return format().columns();
  }

  /** Returns the number of frames; see {@link #rows}. */
  public int frames() {
    return format().frames();
  }

  /** Tells whether the display picture of a frame is one of colours; see {@link #rows}. */
  public boolean isColour() {
    Photometric photometric = format().photometric();
    return photometric.samples() == 3 || photometric == Photometric.PALETTE_COLOR;
  }

  /**
   * Returns the first value of an attribute that is a text; empty where the file has none.
   *
   * @throws UnreadablePictureException if the value is no code or UID
   */
  public Optional<String> text(DicomAttribute attribute) {
    return Optional.of(header.text(attribute, 0)).filter(t -> !t.isEmpty());
  }

  /**
   * Returns the first value of an attribute that is a number; empty where the file has none.
   *
   * @throws UnreadablePictureException if the value is no number
   */
  public OptionalInt integer(DicomAttribute attribute) {
    double[] values = numbers(attribute);
    return values.length == 0 ? OptionalInt.empty() : OptionalInt.of((int) values[0]);
  }

  /**
   * Returns the numbers of an attribute, for the first frame; see {@link #numbers(DicomAttribute,
   * int)}.
   */
  public double[] numbers(DicomAttribute attribute) {
    return numbers(attribute, 0);
  }

  /**
   * Returns the numbers of an attribute for a frame: those of the frame, else those that all frames
   * share, else those of the object (PS3.3 C.7.6.16); none where the file has none.
   *
   * @throws UnreadablePictureException if a value is no number
   */
  public double[] numbers(DicomAttribute attribute, int frame) {
    return header.numbers(attribute, frame);
  }

  /**
   * Checks that the pixels that the header declares are in the file, without decoding.
   *
   * @throws UnreadablePictureException {@code truncated-picture} if they are not; other reasons if
   *     they are described wrongly
   */
  public void checkWhole() {
    PixelFormat pixels = format();
    if (isNative()) {
      checkNative(pixels);
    } else {
      fragments();
    }
  }

  /**
   * Checks that frames of this transfer syntax can be decoded.
   *
   * @throws UnreadablePictureException {@code unsupported-picture} if not, with name and UID of the
   *     syntax
   */
  public void checkSyntax() {
    if (syntax != null && syntax.frames() == TransferSyntax.Frames.UNREAD) {
      throw Problem.unsupported(
          name,
          "expected a transfer syntax that can be decoded, found "
              + syntax
              + "; convert the file to Explicit VR Little Endian");
    }
  }

  /**
   * Returns the stored samples of a frame, colour by pixel, signed ones extended from the high bit.
   *
   * <p>Samples of YBR_FULL stay brightness and differences, those of YBR_FULL_422 get the colour of
   * their pair; YBR_RCT and YBR_ICT come out as RGB. The type is the narrowest of byte, unsigned
   * short, short, int, float and double that holds all values of the number of bits.
   *
   * @param frame number of the frame, from 0
   */
  public Raster samples(int frame) {
    PixelFormat pixels = format();
    if (frame < 0 || frame >= pixels.frames()) {
      throw new IndexOutOfBoundsException(
          "frame must be from 0 to %d, but was: %d".formatted(pixels.frames() - 1, frame));
    }
    checkSyntax();
    try {
      return decoded(pixels, frame);
    } catch (OutOfMemoryError e) {
      throw Problem.tooLarge(name, "expected a frame that fits into memory");
    }
  }

  private Raster decoded(PixelFormat pixels, int frame) {
    if (!isNative()) {
      byte[] stream = fragments().frame(frame);
      Samples samples = new Samples(pixels);
      Frame.decode(syntax.frames(), stream, samples);
      return samples.raster();
    }
    checkNative(pixels);
    Samples samples = new Samples(pixels);
    Element element = pixels();
    boolean words = isBigEndian() && element.vr() == Element.OW && pixels.allocated() <= 8;
    NativeFrame.decode(header.data(), element.at(), frame, words, samples);
    return samples.raster();
  }

  /**
   * Returns the values of the modality, e.g. Hounsfield units, of a grey frame, row by row: the
   * stored samples after rescale or Modality LUT (PS3.3 C.11.1). Samples of colours stay as stored.
   *
   * @param frame number of the frame, from 0
   */
  public double[] modality(int frame) {
    return modality(samples(frame), frame);
  }

  /**
   * Returns the values of the modality of stored samples that another reader has decoded.
   *
   * @param samples samples of the frame; signs are extended, as not all readers do
   * @param frame number of the frame, from 0
   */
  public double[] modality(Raster samples, int frame) {
    double[] values =
        samples.getPixels(
            samples.getMinX(),
            samples.getMinY(),
            samples.getWidth(),
            samples.getHeight(),
            (double[]) null);
    PixelFormat pixels = format();
    if (!isColour()) {
      DoubleUnaryOperator modality = new Display(header, pixels, frame).modality();
      for (int i = 0; i < values.length; i++) {
        double stored = pixels.real() ? values[i] : pixels.value((int) (long) values[i]);
        values[i] = modality.applyAsDouble(stored);
      }
    }
    return values;
  }

  /**
   * Returns the display picture of a frame, of 8 bits: grey through the first window or VOI LUT,
   * else from the least to the greatest value; MONOCHROME1 inverted; colours as RGB. Overlays are
   * left out.
   *
   * @param frame number of the frame, from 0
   */
  public BufferedImage display(int frame) {
    return display(frame, null);
  }

  BufferedImage display(int frame, @Nullable Window window) {
    return new Display(header, format(), frame).picture(samples(frame), window);
  }

  private PixelFormat format() {
    if (format == null) {
      format = PixelFormat.of(header, pixels());
    }
    return format;
  }

  private Element pixels() {
    Element pixels = header.pixels();
    if (pixels == null) {
      throw Problem.unreadable(name, "expected pixels (7FE0,0010), found an object without any");
    }
    return pixels;
  }

  private boolean isBigEndian() {
    return header.data().order() == Encoding.BIG.order();
  }

  /** Tells whether pixels are not compressed; those of floating point never are (PS3.5, A.4). */
  private boolean isNative() {
    boolean undefined = pixels().length() == Element.UNDEFINED;
    boolean declared =
        syntax == null
            || syntax.frames() == TransferSyntax.Frames.NATIVE
            || pixels().tag() != Tag.PIXELS;
    if (undefined == declared) {
      throw Problem.unreadable(
          name,
          "expected pixels %s (PS3.5, A.4), found the contrary"
              .formatted(declared ? "of known length" : "in fragments"));
    }
    return declared;
  }

  private void checkNative(PixelFormat pixels) {
    Element element = pixels();
    long declared = Integer.toUnsignedLong(element.length());
    long expected = (NativeFrame.bits(pixels) * pixels.frames() + 7) / 8;
    int there = header.data().limit() - element.at();
    if (expected > declared || declared > there) {
      throw Problem.truncated(
          name,
          "expected %d bytes of pixels, found %d declared and %d there"
              .formatted(expected, declared, there));
    }
  }

  private Fragments fragments() {
    if (fragments == null) {
      fragments = Fragments.of(header, pixels(), format().frames());
    }
    return fragments;
  }
}
