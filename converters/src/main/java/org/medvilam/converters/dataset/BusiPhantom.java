package org.medvilam.converters.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.medvilam.converters.phantom.Blob;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomScenes;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Mask;

/**
 * Draws breast ultrasound: benign lesions are dark smooth ovals with a bright echo behind them,
 * malignant ones are ragged with a shadow.
 *
 * <p>As in the release, pictures are RGB, first masks 1-bit, some further masks RGBA with alpha 255
 * everywhere, masks of normal pictures RGB and black; some masks hold a speck or a hole.
 */
final class BusiPhantom {
  private static final String BENIGN = "benign";
  private static final String MALIGNANT = "malignant";
  private static final List<String> CLASSES =
      List.of(BENIGN, MALIGNANT, Busi.NORMAL, BENIGN, MALIGNANT, BENIGN);
  private static final int MARGIN = 12;

  private final PhantomFiles files;
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();

  private BusiPhantom(PhantomFiles files) {
    this.files = files;
  }

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    BusiPhantom phantom = new BusiPhantom(new PhantomFiles(request.output()));
    for (String nativeClass : CLASSES) {
      Files.createDirectories(request.output().resolve(Busi.FOLDER).resolve(nativeClass));
    }
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < request.images(); i++) {
      String nativeClass = CLASSES.get(i % CLASSES.size());
      int number = numbers.merge(nativeClass, 1, Integer::sum);
      phantom.picture(request.seed(), nativeClass, number);
    }
    return new PhantomTruth(phantom.truth);
  }

  private void picture(long seed, String nativeClass, int number) throws IOException {
    String id = "%s (%d)".formatted(nativeClass, number);
    String path = Busi.FOLDER + "/" + nativeClass + "/" + id;
    SplittableRandom random = PhantomPainter.random(seed, id);
    int width = 240 + random.nextInt(120);
    int height = 220 + random.nextInt(80);
    PhantomPainter painter = PhantomScenes.ultrasound(width, height, random);
    List<Blob> blobs = List.of();
    if (!nativeClass.equals(Busi.NORMAL)) {
      boolean benign = nativeClass.equals(BENIGN);
      int count = benign && number % 4 == 0 ? 2 : 1;
      Box area = new Box(MARGIN, MARGIN, width - MARGIN, height * 0.8);
      blobs =
          Blob.scatter(
              random,
              count,
              area,
              width * 0.14,
              width * 0.32,
              benign ? 2 : 9,
              benign ? 0.08 : 0.45);
    }
    blobs.forEach(blob -> behind(painter, blob, nativeClass));
    List<PhantomTruth.Drawn> drawn = new ArrayList<>();
    for (int k = 0; k < blobs.size(); k++) {
      Blob blob = blobs.get(k);
      boolean smooth = nativeClass.equals(BENIGN);
      painter.paint(blob, smooth ? 0.07 : 0.14, smooth ? 3 : 6);
      drawn.add(new PhantomTruth.Drawn(Busi.label(nativeClass), blob.box(width, height)));
      BufferedImage mask = mask(blob.mask(width, height), number);
      files.png(path + "_mask" + (k == 0 ? "" : "_" + k) + ".png", k == 0 ? mask : rgba(mask));
    }
    if (blobs.isEmpty()) {
      files.png(path + "_mask.png", new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR));
    }
    files.png(path + ".png", painter.speckle(0.3, 2).colour(1, 1, 1));
    truth.put(id, drawn);
  }

  /** Brightens or darkens what lies below a lesion, as sound that passes or is held back does. */
  private static void behind(PhantomPainter painter, Blob blob, String nativeClass) {
    Box box = blob.box(painter.width(), painter.height());
    double inset = box.width() * 0.15;
    Box behind = new Box(box.x1() + inset, box.y2(), box.x2() - inset, painter.height());
    painter.lighten(behind, nativeClass.equals(BENIGN) ? 0.14 : -0.16);
  }

  /** Returns the mask in 1 bit; every third has a speck in a corner and a hole inside. */
  private static BufferedImage mask(Mask mask, int number) {
    BufferedImage image = PhantomFiles.bits(mask);
    if (number % 3 == 0) {
      image.getRaster().setSample(1, 1, 0, 1);
      pierce(mask, image);
    }
    return image;
  }

  /** Clears one pixel whose neighbours are all foreground. */
  private static void pierce(Mask mask, BufferedImage image) {
    for (int y = 1; y < mask.height() - 1; y++) {
      for (int x = 1; x < mask.width() - 1; x++) {
        boolean inside = true;
        for (int k = 0; k < 9; k++) {
          inside &= mask.get(x + k % 3 - 1, y + k / 3 - 1);
        }
        if (inside) {
          image.getRaster().setSample(x, y, 0, 0);
          return;
        }
      }
    }
  }

  private static BufferedImage rgba(BufferedImage mask) {
    BufferedImage image =
        new BufferedImage(mask.getWidth(), mask.getHeight(), BufferedImage.TYPE_4BYTE_ABGR);
    for (int y = 0; y < mask.getHeight(); y++) {
      for (int x = 0; x < mask.getWidth(); x++) {
        boolean foreground = mask.getRaster().getSample(x, y, 0) != 0;
        image.setRGB(x, y, foreground ? 0xffffffff : 0xff000000);
      }
    }
    return image;
  }
}
