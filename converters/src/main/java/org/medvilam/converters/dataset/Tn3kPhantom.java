package org.medvilam.converters.dataset;

import java.io.IOException;
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
 * Draws thyroid ultrasound: benign nodules are dark and smooth, malignant ones ragged with a bright
 * core; some pictures show two.
 *
 * <p>As in the release, names start anew in the test part, masks are JPEG with grey around their
 * edges, five fold files number the trainval part, and the tables of classes start with a byte
 * order mark and lack a class here and there.
 */
final class Tn3kPhantom {
  private static final int FOLDS = 5;
  private static final int MARGIN = 10;
  private static final double MASK_QUALITY = 0.75;

  private final PhantomFiles files;
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();

  private Tn3kPhantom(PhantomFiles files) {
    this.files = files;
  }

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    Tn3kPhantom phantom = new Tn3kPhantom(new PhantomFiles(request.output()));
    int test = request.images() / 4;
    phantom.part(request.seed(), Tn3k.TRAINVAL, request.images() - test);
    phantom.part(request.seed(), Tn3k.TEST, test);
    phantom.folds(request.images() - test);
    return new PhantomTruth(phantom.truth);
  }

  private void folds(int pictures) throws IOException {
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Integer> val = new ArrayList<>();
      List<Integer> train = new ArrayList<>();
      for (int i = 0; i < pictures; i++) {
        (i % FOLDS == fold ? val : train).add(i);
      }
      String json = "{\"val\": %s, \"train\": %s}".formatted(val, train);
      files.text("tn3k-trainval-fold%d.json".formatted(fold), json);
    }
  }

  private void part(long seed, String part, int pictures) throws IOException {
    if (pictures == 0) {
      return;
    }
    StringBuilder table = new StringBuilder("\uFEFF");
    for (int i = 0; i < pictures; i++) {
      String dx = i % 11 == 7 ? "" : i % 3 == 1 ? "1" : "0";
      picture(seed, part, i, dx.equals("1"));
      table.append("%04d.jpg,%s\n".formatted(i, dx));
    }
    files.text("label4" + part + ".csv", table.toString());
  }

  private void picture(long seed, String part, int number, boolean malignant) throws IOException {
    String name = "%04d.jpg".formatted(number);
    String id = part + "-%04d".formatted(number);
    SplittableRandom random = PhantomPainter.random(seed, id);
    int width = 260 + random.nextInt(120);
    int height = 220 + random.nextInt(80);
    PhantomPainter painter = PhantomScenes.ultrasound(width, height, random);
    Box area = new Box(MARGIN, MARGIN, width - MARGIN, height - MARGIN);
    byte[] pixels = new byte[width * height];
    List<PhantomTruth.Drawn> drawn = new ArrayList<>();
    int count = number % 6 == 2 ? 2 : 1;
    for (Blob blob :
        Blob.scatter(
            random,
            count,
            area,
            width * 0.16,
            width * 0.34,
            malignant ? 7 : 2,
            malignant ? 0.35 : 0.08)) {
      painter.paint(blob, malignant ? 0.12 : 0.08, 4);
      Box box = blob.box(width, height);
      if (malignant) {
        core(painter, box);
      }
      drawn.add(new PhantomTruth.Drawn(Tn3k.NODULE.label(), box));
      add(blob.mask(width, height), pixels);
    }
    files.jpeg(part + "-image/" + name, painter.speckle(0.3, 2).grey(), 0.9);
    files.jpeg(
        part + "-mask/" + name, PhantomFiles.grey(new Mask(width, height, pixels)), MASK_QUALITY);
    truth.put(id, drawn);
  }

  private static void core(PhantomPainter painter, Box box) {
    double cx = (box.x1() + box.x2()) / 2;
    double cy = (box.y1() + box.y2()) / 2;
    painter.paint(Blob.ellipse(cx, cy, box.width() * 0.14, box.height() * 0.14), 0.7, 3);
  }

  private static void add(Mask mask, byte[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] |= (byte) (mask.get(i % mask.width(), i / mask.width()) ? 1 : 0);
    }
  }
}
