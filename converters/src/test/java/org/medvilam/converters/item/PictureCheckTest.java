package org.medvilam.converters.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.dataset.Samples;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.records.store.LocalStore;

final class PictureCheckTest {
  private static final byte[] EXIF_6 = {
    (byte) 0xff,
    (byte) 0xe1,
    0,
    34,
    'E',
    'x',
    'i',
    'f',
    0,
    0,
    'M',
    'M',
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    18,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    6,
    0,
    0,
    0,
    0,
    0,
    0
  };

  @TempDir Path folder;

  private LocalStore turned() throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR), "jpeg", jpeg);
    byte[] data = jpeg.toByteArray();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(data, 0, 2);
    file.write(EXIF_6);
    file.write(data, 2, data.length - 2);
    Files.write(folder.resolve("a.jpg"), file.toByteArray());
    return LocalStore.of(folder);
  }

  private static ItemException mismatch(LocalStore store, String path, int width, int height) {
    return catchThrowableOfType(
        ItemException.class, () -> PictureCheck.sameSize(store, path, width, height));
  }

  @Test
  void labelsAreOfTheUprightPicture() throws IOException {
    LocalStore store = turned();
    PictureCheck.sameSize(store, "a.jpg", 30, 40);
    ItemException e = mismatch(store, "a.jpg", 40, 30);
    assertThat(e.reason()).isEqualTo("size-mismatch");
    assertThat(e)
        .hasMessageContaining("label file 40x30, found 30x40")
        .hasMessageContaining("stored as 40x30 with EXIF orientation 6");
    assertThat(mismatch(store, "a.jpg", 40, 31)).hasMessageEndingWith("found 30x40");
  }

  @Test
  void masksAreOfTheUprightPicture() throws IOException {
    LocalStore store = turned();
    PhantomFiles files = new PhantomFiles(folder);
    files.png("stored.png", new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY));
    files.png("upright.png", new BufferedImage(30, 40, BufferedImage.TYPE_BYTE_GRAY));
    PictureInfo picture = ItemPictures.probe(store, "a.jpg");
    assertThat(ItemPictures.mask(store, "upright.png", picture).height()).isEqualTo(40);
    ItemException e =
        catchThrowableOfType(
            ItemException.class, () -> ItemPictures.mask(store, "stored.png", picture));
    assertThat(e)
        .hasMessageContaining("size 30x40, found 40x30")
        .hasMessageContaining("EXIF orientation 6");
  }

  @Test
  void realLabelsAreOfTheUprightPicture() throws IOException {
    LocalStore store = LocalStore.of(Samples.of("fracatlas"));
    PictureCheck.sameSize(store, "images/Non_fractured/IMG0000428.jpg", 454, 373);
    assertThat(mismatch(store, "images/Non_fractured/IMG0000429.jpg", 373, 454))
        .hasMessageContaining("EXIF orientation 8");
  }
}
