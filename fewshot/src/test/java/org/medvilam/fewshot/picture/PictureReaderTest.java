package org.medvilam.fewshot.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.Media;
import org.medvilam.records.store.LocalStore;

final class PictureReaderTest {
  @TempDir private Path folder;

  @Test
  void picturesComeInTheOrderAskedFor() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ids.add("p" + i);
      write("p" + i, PictureCopies.png(noise(i % 7 == 0 ? 200 : 20)));
    }
    assertThat(read(PictureMode.PERCEPTUAL, ids))
        .extracting(s -> s.picture().media().id())
        .isEqualTo(ids);
  }

  @Test
  void sameSamplesInAnotherFileHaveTheSamePixels() throws IOException {
    write("a", PictureCopies.png(noise(40)));
    write("b", PictureCopies.otherPng(noise(40)));
    List<Fingerprint> seen =
        read(PictureMode.EXACT, List.of("a", "b")).stream()
            .map(Fingerprints.Seen::fingerprint)
            .toList();
    assertThat(seen.get(0).file()).isNotEqualTo(seen.get(1).file());
    assertThat(seen.get(0).pixels()).isEqualTo(seen.get(1).pixels());
    assertThat(seen.get(0).thumbnail()).isNull();
  }

  @Test
  void blankPictureIsCalledBlank() throws IOException {
    write("blank", PictureCopies.png(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY)));
    assertThat(read(PictureMode.PERCEPTUAL, List.of("blank")).get(0).fingerprint().blank())
        .isTrue();
  }

  @Test
  void whatCannotBeReadSaysWhy() throws IOException {
    byte[] png = PictureCopies.png(noise(40));
    write("cut", Arrays.copyOf(png, png.length / 2));
    write("text", "no picture".getBytes(StandardCharsets.UTF_8));
    assertThat(read(PictureMode.PERCEPTUAL, List.of("cut", "text", "none", "../above")))
        .extracting(Fingerprints.Seen::problem)
        .containsExactly("truncated-picture", "unknown-format", "missing-file", "unsafe-path");
  }

  @Test
  void fileOfAPictureThatCannotBeDecodedIsStillCompared() throws IOException {
    write("a", new byte[] {1, 2, 3});
    write("b", new byte[] {1, 2, 3});
    List<Fingerprints.Seen> seen = read(PictureMode.PERCEPTUAL, List.of("a", "b"));
    assertThat(seen.get(0).fingerprint().file()).isEqualTo(seen.get(1).fingerprint().file());
  }

  private List<Fingerprints.Seen> read(PictureMode mode, List<String> ids) throws IOException {
    List<Fingerprints.Seen> seen = new ArrayList<>();
    try (PictureReader reader = new PictureReader(mode, p -> LocalStore.of(folder), 3)) {
      for (String id : ids) {
        reader.read(new PictureRef("busi", "test", Media.image(id, id, 9, 9)), seen::add);
      }
      reader.finish();
    }
    return seen;
  }

  private void write(String name, byte[] data) throws IOException {
    Files.write(folder.resolve(name), data);
  }

  private static BufferedImage noise(int side) {
    return PictureCopies.noise(side, side);
  }
}
