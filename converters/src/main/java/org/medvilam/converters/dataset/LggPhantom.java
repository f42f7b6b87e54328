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
import org.medvilam.converters.phantom.PhantomScenes;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Mask;

/**
 * Draws brain MR slices: a tumour is bright in FLAIR, a little dark before contrast, and bright in
 * its middle after contrast.
 *
 * <p>As in the release, pictures are uncompressed TIFF in strips of 11 rows, three sequences in the
 * place of colours, FLAIR in the place of a missing one; folders carry a date; first and last
 * slices show no tumour; the table ends without a line break.
 */
final class LggPhantom {
  private static final int SIZE = 256;
  private static final int SLICES = 6;
  private static final int PICTURE_STRIP = 11;
  private static final int MASK_STRIP = 32;
  private static final List<String> INSTITUTIONS = List.of("CS", "DU", "FG", "HT", "EZ");
  private static final Box BRAIN = new Box(SIZE * 0.26, SIZE * 0.24, SIZE * 0.74, SIZE * 0.76);

  private final PhantomFiles files;
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();

  private LggPhantom(PhantomFiles files) {
    this.files = files;
  }

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    LggPhantom phantom = new LggPhantom(new PhantomFiles(request.output()));
    StringBuilder table = new StringBuilder("Patient,histological_type,tumor_location,gender");
    for (int i = 0; i < request.images(); i++) {
      int number = i / SLICES;
      String patient =
          "TCGA_%s_%d".formatted(INSTITUTIONS.get(number % INSTITUTIONS.size()), 4900 + number);
      if (i % SLICES == 0) {
        table.append("\n%s,%d,,%d".formatted(patient, 1 + number % 3, 1 + number % 2));
      }
      String folder = patient + "_%d".formatted(19960100 + number % 28 + 1);
      phantom.slice(request.seed(), patient, folder, number, i % SLICES);
    }
    phantom.files.text(Lgg.FOLDER + "/data.csv", table.toString());
    return new PhantomTruth(phantom.truth);
  }

  private void slice(long seed, String patient, String folder, int number, int index)
      throws IOException {
    String id = folder + "_" + (index + 1);
    SplittableRandom random = PhantomPainter.random(seed, id);
    List<Blob> tumours =
        index == 0 || index == SLICES - 1
            ? List.of()
            : Blob.scatter(random, index == 2 ? 2 : 1, BRAIN, SIZE * 0.12, SIZE * 0.24, 4, 0.25);
    PhantomPainter[] sequences = new PhantomPainter[3];
    for (int k = 0; k < sequences.length; k++) {
      sequences[k] = PhantomScenes.brain(SIZE, SIZE, PhantomPainter.random(seed, id + " brain"));
    }
    byte[] pixels = new byte[SIZE * SIZE];
    for (Blob tumour : tumours) {
      paint(sequences, tumour);
      Mask mask = tumour.mask(SIZE, SIZE);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] |= (byte) (mask.get(i % SIZE, i / SIZE) ? 1 : 0);
      }
    }
    PhantomPainter last = number % 4 == 3 ? sequences[1] : sequences[2];
    String path = Lgg.FOLDER + "/" + folder + "/" + id;
    files.tiff(path + ".tif", channels(sequences[0], sequences[1], last), PICTURE_STRIP);
    BufferedImage mask = PhantomFiles.grey(new Mask(SIZE, SIZE, pixels));
    files.tiff(path + "_mask.tif", mask, MASK_STRIP);
    truth.put(
        patient + "_" + (index + 1),
        tumours.stream().map(t -> new PhantomTruth.Drawn(Lgg.LABEL, t.box(SIZE, SIZE))).toList());
  }

  private static void paint(PhantomPainter[] sequences, Blob tumour) {
    Box box = tumour.box(SIZE, SIZE);
    double cx = (box.x1() + box.x2()) / 2;
    double cy = (box.y1() + box.y2()) / 2;
    sequences[0].lighten(tumour, -0.08, 4);
    sequences[1].lighten(tumour, 0.34, 4);
    sequences[2].lighten(Blob.ellipse(cx, cy, box.width() * 0.2, box.height() * 0.2), 0.4, 3);
  }

  private static BufferedImage channels(PhantomPainter... sequences) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_3BYTE_BGR);
    for (int k = 0; k < sequences.length; k++) {
      int[] grey = sequences[k].grey().getRaster().getSamples(0, 0, SIZE, SIZE, 0, (int[]) null);
      image.getRaster().setSamples(0, 0, SIZE, SIZE, k, grey);
    }
    return image;
  }
}
