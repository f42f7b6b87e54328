package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.medvilam.converters.Settings;
import org.medvilam.converters.phantom.Blob;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomScenes;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Mask;

/**
 * Draws photographs of tissue with none, one or two brown spots, and one 8-bit mask each.
 *
 * <p>Pictures are JPEG and PNG in turn; every fifth shows nothing.
 */
final class MasksPhantom {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int MARGIN = 8;

  private MasksPhantom() {}

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    PhantomFiles files = new PhantomFiles(request.output());
    Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();
    for (int i = 0; i < request.images(); i++) {
      String id = "case %04d".formatted(i + 1);
      truth.put(id, picture(files, id, i, PhantomPainter.random(request.seed(), id)));
    }
    return new PhantomTruth(truth);
  }

  private static List<PhantomTruth.Drawn> picture(
      PhantomFiles files, String id, int number, SplittableRandom random) throws IOException {
    PhantomPainter painter = PhantomScenes.tissue(WIDTH, HEIGHT, random);
    List<Blob> blobs = List.of();
    if (number % 5 != 4) {
      Box area = new Box(MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN);
      int count = 1 + random.nextInt(2);
      blobs = Blob.scatter(random, count, area, WIDTH * 0.14, WIDTH * 0.33, 5, 0.3);
    }
    byte[] pixels = new byte[WIDTH * HEIGHT];
    List<PhantomTruth.Drawn> drawn = new ArrayList<>();
    for (Blob blob : blobs) {
      painter.lighten(blob, -0.38, 5);
      drawn.add(new PhantomTruth.Drawn(Settings.DEFAULT_LABEL, blob.box(WIDTH, HEIGHT)));
      Mask mask = blob.mask(WIDTH, HEIGHT);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] |= (byte) (mask.get(i % WIDTH, i / WIDTH) ? 1 : 0);
      }
    }
    String path = Masks.IMAGES + "/" + id;
    if (number % 2 == 0) {
      files.jpeg(path + ".jpg", painter.colour(1, 0.75, 0.65), 0.9);
    } else {
      files.png(path + ".png", painter.colour(1, 0.75, 0.65));
    }
    files.png(Masks.MASKS + "/" + id + ".png", PhantomFiles.grey(new Mask(WIDTH, HEIGHT, pixels)));
    return drawn;
  }
}
