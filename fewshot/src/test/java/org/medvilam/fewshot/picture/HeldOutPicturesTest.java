package org.medvilam.fewshot.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medvilam.records.Media;

final class HeldOutPicturesTest {
  private static final HashKey FILE = HashKey.of("file");
  private static final HashKey PIXELS = HashKey.of("pixels");
  private static final long HASH = 0x0123456789abcdefL;

  @Test
  void sameFileIsSurerThanSamePixels() throws IOException {
    try (HeldOutPictures held = new HeldOutPictures()) {
      held.add(picture("pixels"), print("other", "pixels", HASH, noise(1)));
      held.add(picture("file"), print("file", "others", ~HASH, noise(2)));
      assertThat(held.match(print("file", "pixels", HASH, noise(1))))
          .hasValueSatisfying(
              m -> {
                assertThat(m.kind()).isEqualTo(PictureMatch.Kind.FILE);
                assertThat(m.heldOut().media().id()).isEqualTo("file");
              });
    }
  }

  @Test
  void samePixelsAreSurerThanLooks() throws IOException {
    try (HeldOutPictures held = new HeldOutPictures()) {
      held.add(picture("looks"), print("a", "b", HASH, noise(1)));
      held.add(picture("pixels"), print("c", "pixels", ~HASH, noise(2)));
      assertThat(held.match(print("d", "pixels", HASH, noise(1))).orElseThrow().kind())
          .isEqualTo(PictureMatch.Kind.PIXELS);
    }
  }

  @Test
  void nearestLooksWinAndTiesGoByName() throws IOException {
    byte[] probe = noise(1);
    byte[] close = probe.clone();
    close[5] = (byte) (close[5] + 3);
    byte[] closer = probe.clone();
    closer[5] = (byte) (closer[5] + 1);
    try (HeldOutPictures held = new HeldOutPictures()) {
      held.add(picture("close"), print("1", "1", HASH, close));
      held.add(picture("z"), print("2", "2", HASH ^ 3, closer));
      held.add(picture("b"), print("3", "3", HASH ^ 1, closer));
      PictureMatch match = held.match(print("4", "4", HASH, probe)).orElseThrow();
      assertThat(match.heldOut().media().id()).isEqualTo("b");
      assertThat(match.bits()).isOne();
      assertThat(match.error()).isEqualTo(1.0 / (32 * 32 * Thumbnail.BYTES));
    }
  }

  @Test
  void nearHashesOfOtherPicturesDoNotMatch() throws IOException {
    try (HeldOutPictures held = new HeldOutPictures()) {
      held.add(picture("other"), print("1", "1", HASH, noise(1)));
      assertThat(held.match(print("2", "2", HASH, noise(2)))).isEmpty();
    }
  }

  @Test
  void farHashesOfLikePicturesDoNotMatch() throws IOException {
    try (HeldOutPictures held = new HeldOutPictures()) {
      held.add(picture("other"), print("1", "1", HASH, noise(1)));
      assertThat(held.match(print("2", "2", HASH ^ 0x7ff, noise(1)))).isEmpty();
      assertThat(held.match(print("2", "2", HASH ^ 0x3ff, noise(1)))).isPresent();
    }
  }

  @Test
  void ofEqualFilesTheFirstByNameIsNamed() throws IOException {
    Fingerprint print = new Fingerprint(FILE, PIXELS, false, 0, null);
    for (String[] order : new String[][] {{"a", "b", "c"}, {"c", "b", "a"}, {"b", "a", "c"}}) {
      try (HeldOutPictures held = new HeldOutPictures()) {
        for (String id : order) {
          held.add(picture(id), print);
        }
        assertThat(held.match(print).map(m -> m.heldOut().media().id()))
            .isEqualTo(Optional.of("a"));
      }
    }
  }

  @Test
  void manyPicturesAreKept() throws IOException {
    try (HeldOutPictures held = new HeldOutPictures()) {
      for (int i = 0; i < 5000; i++) {
        held.add(picture("p" + i), print("f" + i, "x" + i, new Random(i).nextLong(), noise(i)));
      }
      PictureMatch match =
          held.match(print("f", "x", new Random(4321).nextLong(), noise(4321))).orElseThrow();
      assertThat(match.heldOut()).isEqualTo(picture("p4321"));
    }
  }

  private static PictureRef picture(String id) {
    return new PictureRef("busi", "test", Media.image(id, id + ".png", 10, 10));
  }

  private static Fingerprint print(String file, String pixels, long hash, byte[] thumbnail) {
    return new Fingerprint(HashKey.of(file), HashKey.of(pixels), false, hash, thumbnail);
  }

  private static byte[] noise(int seed) {
    byte[] noise = new byte[Thumbnail.BYTES];
    new Random(seed).nextBytes(noise);
    return Arrays.copyOf(noise, noise.length);
  }
}
