package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;

/** Whatever is wrong with a file ends in one way, and says nothing of the patient. */
final class BrokenDicomTest {
  private static final String NAME = "Secret";

  /** Returns a whole file of every syntax that is read, by name. */
  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    int[] samples = TestPicture.samples(4095, 1);
    for (TransferSyntax syntax :
        new TransferSyntax[] {
          TransferSyntax.EXPLICIT,
          TransferSyntax.IMPLICIT,
          TransferSyntax.BIG_ENDIAN,
          TransferSyntax.DEFLATED
        }) {
      DicomBytes data = DicomBytes.of(syntax);
      data.sequence(0x00081140, data.same().text(0x00081150, "UI", "1.2"))
          .delimited(0x00081115, "SQ", data.same().text(0x00081155, "UI", "1.3"))
          .grey(TestPicture.COLUMNS, TestPicture.ROWS, 16, 12, true);
      data.bytes(Tag.PIXELS, "OW", data.shorts(samples));
      files.put(syntax.name(), data.file(syntax));
    }
    put(files, TransferSyntax.RLE, 16, Streams.rle(samples, 1, 2));
    put(files, TransferSyntax.JPEG_BASELINE, 8, Streams.jpeg(1));
    put(files, TransferSyntax.JPEG_EXTENDED, 12, Streams.stored("extended-12"));
    put(files, TransferSyntax.JPEG_LOSSLESS_FIRST, 8, Streams.stored("lossless-8"));
    put(files, TransferSyntax.JPEG_LS_LOSSLESS, 8, Streams.stored("jpeg-ls-8-presets"));
    put(files, TransferSyntax.JPEG_LS, 12, Streams.stored("jpeg-ls-12-near-5"));
    put(files, TransferSyntax.JPEG_2000_LOSSLESS, 8, Streams.jpeg2000(1, true));
    byte[] plain = DicomBytes.explicit().shorts(samples);
    put(files, TransferSyntax.DEFLATED_FRAMES, 16, DicomBytes.deflated(plain));
    DicomBytes palette =
        DicomBytes.explicit()
            .pixels("PALETTE COLOR", 4, 1, 8, 8, false)
            .text(DicomAttribute.NUMBER_OF_FRAMES, "2");
    for (int c = 0; c < 3; c++) {
      palette.us(Tag.RED_PALETTE_DESCRIPTOR + c, 4, 0, 8);
    }
    for (int c = 0; c < 3; c++) {
      palette.bytes(Tag.RED_PALETTE_DATA + c, "OW", (byte) 1, (byte) 2, (byte) 3, (byte) 4);
    }
    palette.bytes(Tag.PIXELS, "OB", new byte[8]);
    files.put("PALETTE", palette.file(TransferSyntax.EXPLICIT));
    return files;
  }

  private static void put(
      Map<String, byte[]> files, TransferSyntax syntax, int bits, byte[] stream) {
    DicomBytes data =
        DicomBytes.explicit()
            .grey(TestPicture.COLUMNS, TestPicture.ROWS, bits > 8 ? 16 : 8, bits, false)
            .text(DicomAttribute.WINDOW_CENTER, "300")
            .text(DicomAttribute.WINDOW_WIDTH, "700")
            .fragments(new byte[][] {Streams.even(stream)});
    files.put(syntax.name(), data.file(syntax));
  }

  private static Iterable<String> names() {
    return files().keySet();
  }

  /** Reads a file in every way. */
  private static String reason(byte[] data) {
    String probed = reason(data, d -> Pictures.probe(d, "p"));
    String shown = reason(data, d -> Pictures.grey(d, "p"));
    reason(data, d -> Pictures.grey(d, "p", -100, 1000));
    if (shown.isEmpty()) {
      assertThat(probed).isEmpty();
    }
    return probed;
  }

  /** Returns the reason of the failure, or nothing where there is none; other failures pass on. */
  private static String reason(byte[] data, Consumer<byte[]> read) {
    try {
      read.accept(data);
      return "";
    } catch (UnreadablePictureException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        assertThat(cause.toString()).doesNotContain(NAME);
      }
      return e.reason();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void wholeFilesAreRead(String name) {
    assertThat(reason(files().get(name))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyCutIsTruncated(String name) {
    byte[] file = files().get(name);
    for (int length = 0; length < file.length; length++) {
      String reason = reason(Arrays.copyOf(file, length));
      String expected =
          length == 0 || length >= 134 ? "truncated-picture|unreadable-picture" : "unknown-format";
      assertThat(reason).as("%d of %d bytes", length, file.length).matches(expected);
      if (length > file.length - 20) {
        assertThat(reason).isEqualTo("truncated-picture");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void damageEndsInAPictureOrAReason(String name) {
    byte[] whole = files().get(name);
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      byte[] file = whole.clone();
      int flips = 1 + random.nextInt(4);
      for (int k = 0; k < flips; k++) {
        file[132 + random.nextInt(file.length - 132)] = (byte) random.nextInt(256);
      }
      reason(file);
    }
  }

  @Test
  void nestingIsAsDeepAsTheFileIsLong() {
    DicomBytes data = DicomBytes.explicit();
    for (int i = 0; i < 200_000; i++) {
      data.header(0x00081140, "SQ", -1).header(Tag.ITEM, "", -1);
    }
    assertThat(reason(data.file(TransferSyntax.EXPLICIT))).isEqualTo("truncated-picture");
    for (int i = 0; i < 200_000; i++) {
      data.header(Tag.ITEM_END, "", 0).header(Tag.SEQUENCE_END, "", 0);
    }
    data.grey(1, 1, 8, 8, false).bytes(Tag.PIXELS, "OB", (byte) 1, (byte) 0);
    assertThat(Pictures.probe(data.file(TransferSyntax.EXPLICIT), "p"))
        .isEqualTo(new PictureInfo("dicom", 1, 1));
  }

  @Test
  void declaredBulkIsNotAllocated() {
    DicomBytes data = DicomBytes.explicit().grey(8000, 8000, 32, 32, false);
    data.header(Tag.PIXELS, "OW", 256_000_000).raw(new byte[100]);
    assertThat(reason(data.file(TransferSyntax.EXPLICIT))).isEqualTo("truncated-picture");
    DicomBytes before = DicomBytes.explicit().header(0x00091010, "OB", 0x7ffffff0);
    assertThat(reason(before.file(TransferSyntax.EXPLICIT))).isEqualTo("truncated-picture");
    DicomBytes table = DicomBytes.explicit().header(Tag.LUT_DATA, "OW", 0xfffffff0);
    assertThat(reason(table.file(TransferSyntax.EXPLICIT))).isEqualTo("truncated-picture");
  }

  @ParameterizedTest
  @CsvSource({"65535, 65535, 8", "8193, 8192, 8", "8192, 8192, 64"})
  void declaredBombIsTooLarge(int columns, int rows, int allocated) {
    DicomBytes data = DicomBytes.explicit().grey(columns, rows, allocated, allocated, false);
    data.bytes(allocated == 64 ? Tag.DOUBLE_PIXELS : Tag.PIXELS, "OW", new byte[100]);
    assertThat(reason(data.file(TransferSyntax.EXPLICIT))).isEqualTo("picture-too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "1000000"})
  void framesThatAreNotThereAreTruncated(String frames) {
    DicomBytes data =
        DicomBytes.explicit()
            .grey(512, 512, 16, 16, false)
            .text(DicomAttribute.NUMBER_OF_FRAMES, frames);
    byte[] plain =
        data.same()
            .raw(data.dataSet())
            .bytes(Tag.PIXELS, "OW", new byte[9])
            .file(TransferSyntax.EXPLICIT);
    assertThat(reason(plain)).isEqualTo("truncated-picture");
    byte[] packed = data.fragments(new byte[10], new byte[10]).file(TransferSyntax.RLE);
    assertThat(reason(packed)).isEqualTo("truncated-picture");
  }

  @Test
  void deflatedBombIsTooLarge() {
    byte[] bomb = DicomBytes.deflated(new byte[300 << 20]);
    assertThat(bomb.length).isLessThan(1 << 20);
    byte[] file = DicomBytes.file(TransferSyntax.DEFLATED.uid(), bomb);
    assertThat(reason(file, d -> Pictures.probe(d, "p"))).isEqualTo("picture-too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.10008.1.2.4.100",
        "1.2.840.10008.1.2.4.110",
        "1.2.840.10008.1.2.4.202",
        "1.2.840.10008.1.2.4.93",
        "1.2.840.113619.5.2"
      })
  void unsupportedSyntaxIsSaidInOneSentence(String uid) {
    DicomBytes data =
        DicomBytes.explicit().grey(4, 4, 8, 8, false).fragments(new byte[][] {{1, 2, 3, 4}});
    byte[] file = DicomBytes.file(uid, data.dataSet());
    UnreadablePictureException e =
        catchThrowableOfType(
            UnreadablePictureException.class, () -> Pictures.probe(file, "a/b.dcm"));
    assertThat(e.reason()).isEqualTo("unsupported-picture");
    assertThat(e).hasMessageStartingWith("a/b.dcm: expected").hasMessageContaining(uid);
    assertThat(reason(file, d -> Pictures.grey(d, "p"))).isEqualTo("unsupported-picture");
  }

  @Test
  void nativePixelsInFragmentsAreRefusedAndTheContrary() {
    byte[] packed =
        DicomBytes.explicit()
            .grey(2, 1, 8, 8, false)
            .fragments(new byte[][] {{1, 2}})
            .file(TransferSyntax.EXPLICIT);
    assertThat(reason(packed)).isEqualTo("unreadable-picture");
    byte[] plain =
        DicomBytes.explicit()
            .grey(2, 1, 8, 8, false)
            .bytes(Tag.PIXELS, "OB", (byte) 1, (byte) 2)
            .file(TransferSyntax.RLE);
    assertThat(reason(plain)).isEqualTo("unreadable-picture");
  }

  /** Gives each attribute that describes pixels a value it cannot have. */
  @ParameterizedTest
  @CsvSource({
    "BITS_ALLOCATED, 12, unsupported-picture",
    "BITS_STORED, 9, unreadable-picture",
    "BITS_STORED, 0, unreadable-picture",
    "HIGH_BIT, 8, unreadable-picture",
    "SAMPLES_PER_PIXEL, 2, unreadable-picture",
    "ROWS, 0, unreadable-picture",
    "COLUMNS, 0, unreadable-picture"
  })
  void impossibleDescriptionsAreRefused(DicomAttribute attribute, int value, String reason) {
    DicomBytes data = DicomBytes.explicit().grey(2, 1, 8, 8, false).us(attribute, value);
    data.bytes(Tag.PIXELS, "OB", (byte) 1, (byte) 2);
    assertThat(reason(data.file(TransferSyntax.EXPLICIT))).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ROWS",
        "COLUMNS",
        "BITS_ALLOCATED",
        "BITS_STORED",
        "SAMPLES_PER_PIXEL",
        "PIXEL_REPRESENTATION",
        "PHOTOMETRIC_INTERPRETATION"
      })
  void missingDescriptionsAreNamed(DicomAttribute attribute) {
    DicomBytes data =
        DicomBytes.explicit().grey(2, 1, 8, 8, false).bytes(attribute.tag(), attribute.vr().name());
    byte[] file = data.bytes(Tag.PIXELS, "OB", (byte) 1, (byte) 2).file(TransferSyntax.EXPLICIT);
    UnreadablePictureException e =
        catchThrowableOfType(UnreadablePictureException.class, () -> Pictures.probe(file, "p"));
    assertThat(e.reason()).isEqualTo("unreadable-picture");
    assertThat(e).hasMessageContaining(Element.text(attribute.tag()));
  }

  @Test
  void valuesThatAreNoNumbersAreNotQuoted() {
    DicomBytes data =
        DicomBytes.explicit()
            .grey(2, 1, 8, 8, false)
            .text(DicomAttribute.NUMBER_OF_FRAMES, NAME + "^Name")
            .text(DicomAttribute.PHOTOMETRIC_INTERPRETATION, NAME)
            .bytes(Tag.PIXELS, "OB", (byte) 1, (byte) 2);
    assertThat(reason(data.file(TransferSyntax.EXPLICIT))).isEqualTo("unreadable-picture");
    byte[] uid = DicomBytes.file(NAME + "^Name", data.dataSet());
    assertThat(reason(uid)).isEqualTo("unreadable-picture");
  }

  @Test
  void streamOfAnotherSizeIsRefused() {
    DicomBytes data =
        DicomBytes.explicit()
            .grey(TestPicture.COLUMNS, TestPicture.ROWS + 1, 8, 8, false)
            .fragments(new byte[][] {Streams.even(Streams.jpeg(1))});
    byte[] file = data.file(TransferSyntax.JPEG_BASELINE);
    assertThat(reason(file, d -> Pictures.probe(d, "p"))).isEmpty();
    assertThat(reason(file, d -> Pictures.grey(d, "p"))).isEqualTo("unreadable-picture");
  }

  /** Neither JPEG nor JPEG 2000 decoders complain when the end of the data is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"JPEG_BASELINE", "JPEG_LOSSLESS_FIRST", "JPEG_LS", "JPEG_2000_LOSSLESS"})
  void streamsThatEndTooSoonAreTruncated(TransferSyntax syntax) {
    byte[] stream =
        switch (syntax) {
          case JPEG_BASELINE -> Streams.jpeg(1);
          case JPEG_LOSSLESS_FIRST -> Streams.stored("lossless-8");
          case JPEG_LS -> Streams.stored("jpeg-ls-8");
          default -> Streams.jpeg2000(1, true);
        };
    for (int length = stream.length - 2; length > 200; length -= 10) {
      DicomBytes data =
          DicomBytes.explicit()
              .grey(TestPicture.COLUMNS, TestPicture.ROWS, 8, 8, false)
              .fragments(new byte[][] {Arrays.copyOf(stream, length)});
      assertThat(reason(data.file(syntax), d -> Pictures.grey(d, "p")))
          .as("%d of %d bytes", length, stream.length)
          .isEqualTo("truncated-picture");
    }
  }

  @Test
  void sequencesEndWithinWhatHoldsThem() {
    byte[] element = DicomBytes.explicit().text(0x00081150, "UI", "1.2.3.4").dataSet();
    ByteBuffer.wrap(element).put(6, (byte) 20);
    DicomBytes item = DicomBytes.explicit().raw(element);
    DicomBytes data =
        DicomBytes.explicit()
            .delimited(0x00081140, "SQ", DicomBytes.explicit())
            .header(0x00081140, "SQ", -1)
            .bytes(Tag.ITEM, "", item.dataSet())
            .header(Tag.SEQUENCE_END, "", 0)
            .grey(2, 1, 8, 8, false);
    data.bytes(Tag.PIXELS, "OB", (byte) 1, (byte) 2);
    assertThat(reason(data.file(TransferSyntax.EXPLICIT))).isEqualTo("unreadable-picture");
  }
}
