package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.medvilam.imaging.UnreadablePictureException;

/** Tells the frames of compressed objects apart. */
final class FragmentsTest {
  private static final byte[] FIRST = Streams.even(Streams.stored("jpeg-ls-8"));
  private static final byte[] SECOND = Streams.even(Streams.stored("lossless-8"));
  private static final int[] EXPECTED = TestPicture.samples(255, 1);

  private static DicomBytes object(int frames) {
    return DicomBytes.explicit()
        .grey(TestPicture.COLUMNS, TestPicture.ROWS, 8, 8, false)
        .text(DicomAttribute.NUMBER_OF_FRAMES, String.valueOf(frames));
  }

  private static DicomFile read(DicomBytes data) {
    return DicomFile.read(data.file(TransferSyntax.JPEG_LS_LOSSLESS), "p");
  }

  private static byte[] part(byte[] stream, int from, int to) {
    return Arrays.copyOfRange(stream, from, to);
  }

  private static void assertFrames(DicomFile file) {
    file.checkWhole();
    for (int frame = 0; frame < file.frames(); frame++) {
      assertThat(TestPicture.of(file.samples(frame))).as("frame %d", frame).isEqualTo(EXPECTED);
    }
  }

  @Test
  void oneFrameIsMadeOfAllFragments() {
    assertFrames(
        read(
            object(1)
                .fragments(
                    part(FIRST, 0, 50), part(FIRST, 50, 52), part(FIRST, 52, FIRST.length))));
  }

  @Test
  void eachFragmentIsAFrameWhereThereAreAsMany() {
    assertFrames(read(object(3).fragments(FIRST, SECOND, FIRST)));
  }

  @Test
  void basicOffsetTableTellsFramesApart() {
    byte[] rest = part(FIRST, 40, FIRST.length);
    int second = 8 + 40 + 8 + rest.length;
    assertFrames(
        read(object(2).fragments(new int[] {0, second}, part(FIRST, 0, 40), rest, SECOND)));
  }

  @Test
  void extendedOffsetTableTellsFramesApart() {
    byte[] rest = part(FIRST, 40, FIRST.length);
    byte[] table =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(0)
            .putLong(8 + 40 + 8 + rest.length)
            .array();
    assertFrames(
        read(
            object(2)
                .bytes(Tag.EXTENDED_OFFSETS, "OV", table)
                .fragments(part(FIRST, 0, 40), rest, SECOND)));
  }

  @Test
  void startOfStreamTellsFramesApart() {
    assertFrames(
        read(
            object(2)
                .fragments(
                    part(FIRST, 0, 40),
                    part(FIRST, 40, FIRST.length),
                    part(SECOND, 0, 100),
                    part(SECOND, 100, SECOND.length))));
  }

  /** PS3.5 A.4: an item's length says where it ends, whatever its bytes look like. */
  @Test
  void delimitersWithinFragmentsAreData() {
    byte[] comment = {
      (byte) 0xff,
      (byte) 0xfe,
      0,
      10,
      (byte) 0xfe,
      (byte) 0xff,
      (byte) 0xdd,
      (byte) 0xe0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.write(FIRST, 0, 2);
    stream.writeBytes(comment);
    stream.write(FIRST, 2, FIRST.length - 2);
    assertFrames(read(object(1).fragments(new byte[][] {stream.toByteArray()})));
  }

  @Test
  void framesThatCannotBeToldApartAreRefused() {
    DicomFile file =
        read(
            object(2)
                .fragments(part(FIRST, 0, 40), part(FIRST, 40, 60), part(FIRST, 60, FIRST.length)));
    assertThatThrownBy(file::checkWhole)
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("2 frames, found 3");
  }

  @Test
  void offsetsThatMeetNoFragmentAreRefused() {
    DicomFile file =
        read(object(2).fragments(new int[] {0, 7}, part(FIRST, 0, 40), SECOND, SECOND));
    assertThatThrownBy(() -> file.samples(0))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("offset 7 of frame 1");
  }
}
