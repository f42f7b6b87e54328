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
import org.medvilam.converters.phantom.PhantomTruth;

/**
 * Draws dermoscopic pictures of seven kinds of lesions, each kind with a look of its own.
 *
 * <p>As in the release, some lesions have several pictures, pictures lie in two folders, and rows
 * of the table are not in the order of pictures; ages and sexes are missing here and there.
 */
final class Ham10000Phantom {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 225;
  private static final int FIRST = 24306;
  private static final Map<String, PhantomLesion> LOOKS =
      Map.of(
          "akiec", new PhantomLesion(8, 0.4, -0.16, 9),
          "bcc", new PhantomLesion(4, 0.2, 0.16, 2),
          "bkl", new PhantomLesion(5, 0.3, -0.2, 2),
          "df", new PhantomLesion(2, 0.05, -0.22, 14),
          "mel", new PhantomLesion(9, 0.45, -0.46, 3),
          "nv", new PhantomLesion(2, 0.1, -0.34, 5),
          "vasc", new PhantomLesion(3, 0.15, -0.55, 8));
  private static final List<String> KINDS =
      List.of("nv", "mel", "bkl", "bcc", "akiec", "vasc", "df");

  private final PhantomFiles files;
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();
  private final List<String> rows = new ArrayList<>();

  private Ham10000Phantom(PhantomFiles files) {
    this.files = files;
  }

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    Ham10000Phantom phantom = new Ham10000Phantom(new PhantomFiles(request.output()));
    int lesion = 0;
    int pictures = 0;
    for (int i = 0; i < request.images(); i++) {
      if (pictures == 0) {
        lesion++;
        pictures = lesion % 4 == 0 ? 3 : 1;
      }
      pictures--;
      phantom.picture(request, i, lesion);
    }
    StringBuilder table = new StringBuilder(String.join(",", Ham10000Table.COLUMNS)).append('\n');
    for (int i = phantom.rows.size() - 1; i >= 0; i--) {
      table.append(phantom.rows.get(i)).append('\n');
    }
    phantom.files.text(Ham10000Table.NAME + ".csv", table.toString());
    return new PhantomTruth(phantom.truth);
  }

  private void picture(PhantomRequest request, int number, int lesion) throws IOException {
    String id = "ISIC_%07d".formatted(FIRST + number);
    String dx = KINDS.get(lesion % KINDS.size());
    SplittableRandom random = PhantomPainter.random(request.seed(), id);
    PhantomPainter painter = PhantomLesion.skin(WIDTH, HEIGHT, random);
    Blob blob = LOOKS.get(dx).paint(painter, random);
    String folder = Ham10000.IMAGES.get(2 * number < request.images() ? 0 : 1);
    files.jpeg(folder + "/" + id + ".jpg", painter.colour(1, 0.72, 0.7), 0.9);
    files.png(
        Ham10000.MASKS + "/" + id + "_segmentation.png",
        PhantomFiles.grey(blob.mask(WIDTH, HEIGHT)));
    boolean known = lesion % 9 != 4;
    rows.add(
        "HAM_%07d,%s,%s,histo,%s,%s,%s"
            .formatted(
                lesion,
                id,
                dx,
                known ? 35 + lesion % 40 + ".0" : "",
                known ? lesion % 2 == 0 ? "male" : "female" : "unknown",
                lesion % 3 == 0 ? "lower extremity" : "back"));
    String label = Ham10000.CLASSES.get(dx).label();
    truth.put(id, List.of(new PhantomTruth.Drawn(label, blob.box(WIDTH, HEIGHT))));
  }
}
