package org.medvilam.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medvilam.records.Hashing;

final class PicturesSummaryTest {
  private static final Offset<Float> TINY = Offset.offset(1e-5f);

  @ParameterizedTest
  @CsvSource({"61, 45, 10", "200, 133, 5", "20, 9, 11", "32, 32, 10", "7, 300, 5"})
  void smallPictureIsTheResizedOne(int width, int height, int type) {
    byte[] png = Encoded.as("png", Encoded.noisy(width, height, type));
    GreyPicture small = Pictures.summary(png, "p", null, 32).small();
    assertThat(small.values())
        .containsExactly(Pictures.grey(png, "p").resized(32, 32).values(), TINY);
  }

  @Test
  void windowIsThatOfGrey() {
    byte[] png = Encoded.as("png", Encoded.noisy(61, 45, BufferedImage.TYPE_USHORT_GRAY));
    PictureSummary s = Pictures.summary(png, "p", List.of(20000.0, 30000.0), 16);
    GreyPicture expected = Pictures.grey(png, "p", 20000, 30000).resized(16, 16);
    assertThat(s.small().values()).containsExactly(expected.values(), TINY);
    assertThat(s.steps()).isEqualTo(10000);
  }

  @Test
  void pixelHashIsOverSizeChannelsAndSamples() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 0x0102);
    image.getRaster().setSample(1, 0, 0, 0xfffe);
    ByteBuffer bytes = ByteBuffer.allocate(16).putInt(2).putInt(1).putInt(1);
    bytes.putShort((short) 0x0102).putShort((short) 0xfffe);
    String expected = HexFormat.of().formatHex(Hashing.sha256().digest(bytes.array()));
    assertThat(summary("png", image).pixelSha256()).isEqualTo(expected);
  }

  @Test
  void formatDoesNotShowInThePixelHash() {
    BufferedImage image = Encoded.noisy(61, 45, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(summary("tiff", image).pixelSha256()).isEqualTo(summary("png", image).pixelSha256());
  }

  @Test
  void oneSampleShowsInThePixelHash() {
    BufferedImage image = Encoded.noisy(61, 45, BufferedImage.TYPE_3BYTE_BGR);
    String before = summary("png", image).pixelSha256();
    image.getRaster().setSample(60, 44, 2, image.getRaster().getSample(60, 44, 2) ^ 1);
    assertThat(summary("png", image).pixelSha256()).isNotEqualTo(before);
  }

  private static PictureSummary summary(String format, BufferedImage image) {
    return Pictures.summary(Encoded.as(format, image), "p", null, 32);
  }
}
