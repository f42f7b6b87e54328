package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import javax.imageio.spi.IIORegistry;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;

/** Another provider of a reader named DICOM decodes in place of ours, as dcm4che-imageio would. */
final class TakeOverTest {
  private static final Offset<Float> TINY = Offset.offset(1e-6f);

  private OtherReader.Spi other = new OtherReader.Spi(null);

  private void register(@Nullable String failure) {
    other = new OtherReader.Spi(failure);
    IIORegistry.getDefaultInstance().registerServiceProvider(other);
  }

  @AfterEach
  void deregister() {
    IIORegistry.getDefaultInstance().deregisterServiceProvider(other);
  }

  private static byte[] file(TransferSyntax syntax) {
    DicomBytes data = DicomBytes.explicit().grey(2, 1, 16, 12, true);
    if (syntax == TransferSyntax.EXPLICIT) {
      data.bytes(Tag.PIXELS, "OW", data.shorts(7, 8));
    } else {
      data.fragments(new byte[][] {{1, 2, 3, 4}});
    }
    return data.file(syntax);
  }

  @Test
  void otherReaderGivesTheDisplayPicture() {
    byte[] file = file(TransferSyntax.EXPLICIT);
    assertThat(Pictures.grey(file, "p").values()).containsExactly(new float[] {0, 1}, TINY);
    register(null);
    assertThat(Pictures.grey(file, "p").values()).containsExactly(new float[] {0.2f, 1}, TINY);
    deregister();
    assertThat(Pictures.grey(file, "p").values()).containsExactly(new float[] {0, 1}, TINY);
  }

  @Test
  void signsOfOtherSamplesAreExtended() {
    register(null);
    assertThat(Pictures.grey(file(TransferSyntax.EXPLICIT), "p", -2, 198).values())
        .containsExactly(new float[] {0.005f, 0.51f}, TINY);
  }

  @Test
  void syntaxesThatOursDoesNotReadAreLeftToTheOther() {
    byte[] file = file(TransferSyntax.HTJ2K);
    assertThat(
            catchThrowableOfType(UnreadablePictureException.class, () -> Pictures.probe(file, "p"))
                .reason())
        .isEqualTo("unsupported-picture");
    register(null);
    assertThat(Pictures.probe(file, "p")).isEqualTo(new PictureInfo("dicom", 2, 1));
    assertThat(Pictures.grey(file, "p").values()).containsExactly(new float[] {0.2f, 1}, TINY);
  }

  @Test
  void whatTheOtherSaysIsNotPassedOn() {
    register("Secret^Name");
    UnreadablePictureException e =
        catchThrowableOfType(
            UnreadablePictureException.class,
            () -> Pictures.grey(file(TransferSyntax.EXPLICIT), "a.dcm"));
    assertThat(e.reason()).isEqualTo("unreadable-picture");
    assertThat(e)
        .hasNoCause()
        .hasMessage(
            "a.dcm: expected a frame that %s decodes, it found IIOException"
                .formatted(OtherReader.class.getName()));
  }
}
