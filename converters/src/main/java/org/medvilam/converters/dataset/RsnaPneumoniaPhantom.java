package org.medvilam.converters.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.medvilam.converters.phantom.Blob;
import org.medvilam.converters.phantom.PhantomDicom;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomScenes;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.Box;

/**
 * Draws chest radiographs: a lung opacity is a soft bright patch; pictures that are not normal have
 * a large heart instead.
 *
 * <p>As in the release, pictures are DICOM files with a JPEG frame, both tables have a row per box
 * in the same order, so that a class stands as often as its picture has boxes, pictures without a
 * box have one row with blank cells, and test pictures have no labels. Pictures are smaller than
 * the owners'.
 */
final class RsnaPneumoniaPhantom {
  private static final int SIZE = 256;
  private static final double QUALITY = 0.9;
  private static final int TEST_PICTURES = 2;
  private static final String TEST_IMAGES = "stage_2_test_images";
  private static final List<Box> LUNGS =
      List.of(
          new Box(SIZE * 0.11, SIZE * 0.16, SIZE * 0.45, SIZE * 0.78),
          new Box(SIZE * 0.55, SIZE * 0.16, SIZE * 0.89, SIZE * 0.78));
  private static final List<String> CLASSES = List.copyOf(RsnaPneumonia.LABELS_OF_CLASSES.keySet());

  private final PhantomFiles files;
  private final StringBuilder labels = new StringBuilder("patientId,x,y,width,height,Target\n");
  private final StringBuilder classes = new StringBuilder("patientId,class\n");
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();

  private RsnaPneumoniaPhantom(PhantomFiles files) {
    this.files = files;
  }

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    RsnaPneumoniaPhantom phantom = new RsnaPneumoniaPhantom(new PhantomFiles(request.output()));
    for (int i = 0; i < request.images(); i++) {
      phantom.picture(request.seed(), i);
    }
    phantom.files.text(RsnaPneumonia.LABELS, phantom.labels.toString());
    phantom.files.text(RsnaPneumonia.CLASSES, phantom.classes.toString());
    for (int i = 0; i < TEST_PICTURES; i++) {
      String id = id("test picture " + i);
      SplittableRandom random = PhantomPainter.random(request.seed(), id);
      phantom.dicom(TEST_IMAGES, id, PhantomScenes.chestXray(SIZE, SIZE, random));
    }
    return new PhantomTruth(phantom.truth);
  }

  private static String id(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private void dicom(String folder, String id, PhantomPainter painter) throws IOException {
    byte[] file = PhantomDicom.jpeg(id, painter.clouds(0.02, 1).grey(), QUALITY);
    files.bytes(folder + "/" + id + RsnaPneumonia.EXTENSION, file);
  }

  private void picture(long seed, int index) throws IOException {
    String id = id("picture " + index);
    String nativeClass = index % 2 == 0 ? CLASSES.get(0) : CLASSES.get(1 + index / 2 % 2);
    SplittableRandom random = PhantomPainter.random(seed, id);
    PhantomPainter painter = PhantomScenes.chestXray(SIZE, SIZE, random);
    List<PhantomTruth.Drawn> drawn = new ArrayList<>();
    if (nativeClass.equals(RsnaPneumonia.OPACITY)) {
      int count = 1 + index / 2 % 4;
      for (int k = 0; k < count; k += 2) {
        int here = Math.min(2, count - k);
        opacities(painter, random, LUNGS.get((index / 2 + k / 2) % 2), here, drawn);
      }
      for (PhantomTruth.Drawn opacity : drawn) {
        Box b = opacity.box();
        row(id, nativeClass, "%s,%s,%s,%s,1".formatted(b.x1(), b.y1(), b.width(), b.height()));
      }
    } else {
      if (!nativeClass.equals(CLASSES.get(2))) {
        painter.lighten(
            Blob.wavy(random, SIZE * 0.56, SIZE * 0.66, SIZE * 0.25, SIZE * 0.17, 3, 0.2),
            0.22,
            12);
      }
      row(id, nativeClass, ",,,,0");
    }
    dicom(RsnaPneumonia.IMAGES, id, painter);
    truth.put(id, drawn);
  }

  private static void opacities(
      PhantomPainter painter,
      SplittableRandom random,
      Box lung,
      int count,
      List<PhantomTruth.Drawn> drawn) {
    String label = RsnaPneumonia.LABELS_OF_CLASSES.get(RsnaPneumonia.OPACITY);
    for (Blob blob : Blob.scatter(random, count, lung, SIZE * 0.14, SIZE * 0.24, 6, 0.35)) {
      painter.lighten(blob, 0.4, 9);
      drawn.add(new PhantomTruth.Drawn(label, blob.box(SIZE, SIZE)));
    }
  }

  private void row(String id, String nativeClass, String cells) {
    labels.append(id).append(',').append(cells).append('\n');
    classes.append(id).append(',').append(nativeClass).append('\n');
  }
}
