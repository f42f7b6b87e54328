package org.medvilam.converters.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.medvilam.converters.phantom.Blob;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;

/**
 * Draws dermoscopic pictures: benign lesions are brown and smooth, malignant ones dark and ragged.
 *
 * <p>As in the release, ids of training and test interleave, tables have no header and end lines as
 * Windows does, and name the classes in words for training and by numbers for test. Some masks hold
 * a speck.
 */
final class Isic16Phantom {
  private static final String PREFIX = "ISBI2016_ISIC_Part";
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final PhantomLesion BENIGN = new PhantomLesion(2, 0.1, -0.26, 6);
  private static final PhantomLesion MALIGNANT = new PhantomLesion(9, 0.45, -0.46, 3);

  private final PhantomFiles files;
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();
  private final StringBuilder training = new StringBuilder();
  private final StringBuilder test = new StringBuilder();

  private Isic16Phantom(PhantomFiles files) {
    this.files = files;
  }

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    Isic16Phantom phantom = new Isic16Phantom(new PhantomFiles(request.output()));
    for (int i = 0; i < request.images(); i++) {
      phantom.picture(request.seed(), i);
    }
    String table = PREFIX + "3_%s_GroundTruth.csv";
    if (!phantom.training.isEmpty()) {
      phantom.files.text(table.formatted("Training"), phantom.training.toString());
    }
    if (!phantom.test.isEmpty()) {
      phantom.files.text(table.formatted("Test"), phantom.test.toString());
    }
    return new PhantomTruth(phantom.truth);
  }

  private void picture(long seed, int number) throws IOException {
    String id = "ISIC_%07d".formatted(number);
    boolean malignant = number % 5 < 2;
    boolean inTest = number % 4 == 3;
    SplittableRandom random = PhantomPainter.random(seed, id);
    PhantomPainter painter = PhantomLesion.skin(WIDTH, HEIGHT, random);
    Blob blob = (malignant ? MALIGNANT : BENIGN).paint(painter, random);
    BufferedImage mask = PhantomFiles.grey(blob.mask(WIDTH, HEIGHT));
    if (number % 7 == 3) {
      mask.getRaster().setSample(1, 1, 0, 255);
    }
    String folder = PREFIX + (inTest ? "1_Test_" : "1_Training_");
    files.jpeg(folder + "Data/" + id + ".jpg", painter.colour(1, 0.76, 0.66), 0.9);
    files.png(folder + "GroundTruth/" + id + "_Segmentation.png", mask);
    String nativeClass = malignant ? "malignant" : "benign";
    if (inTest) {
      test.append(id).append(malignant ? ",1.0\r\n" : ",0.0\r\n");
    } else {
      training.append(id).append(',').append(nativeClass).append("\r\n");
    }
    String label = Isic16.CLASSES.get(nativeClass).label();
    truth.put(id, List.of(new PhantomTruth.Drawn(label, blob.box(WIDTH, HEIGHT))));
  }
}
