package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.medvilam.converters.phantom.Blob;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomScenes;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.Box;

/**
 * Draws chest radiographs: active tuberculosis is a soft bright patch of a lung, latent
 * tuberculosis a sharp bright ring around a dark core; sick pictures have a large heart instead.
 *
 * <p>Three pictures of five are tuberculous, some of them with both kinds, a few without a box, as
 * in the release. Pictures are smaller than the owners'; the label files say so. The XML files have
 * the numbers, in the original resolution, of which the owners' script makes the boxes of the JSON
 * files, and some difficult objects, which it leaves out.
 */
final class Tbx11kPhantom {
  private static final int SIZE = 256;

  /** How many times larger the original pictures are. */
  private static final int ORIGINAL = 11;

  private static final int ACTIVE = 1;
  private static final int LATENT = 2;
  private static final List<String> CLASSES =
      List.of(Tbx11k.TB, Tbx11k.HEALTH, Tbx11k.TB, Tbx11k.SICK, Tbx11k.TB);
  private static final List<Box> LUNGS =
      List.of(
          new Box(SIZE * 0.11, SIZE * 0.16, SIZE * 0.45, SIZE * 0.78),
          new Box(SIZE * 0.55, SIZE * 0.16, SIZE * 0.89, SIZE * 0.78));

  private final PhantomFiles files;
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();
  private final Map<String, PhantomCoco> parts = new TreeMap<>();
  private final Map<String, StringBuilder> lists = new TreeMap<>();
  private final List<String> labels = List.copyOf(Tbx11k.CATEGORIES.values());
  private final Map<String, Integer> numbers = new HashMap<>();

  private Tbx11kPhantom(PhantomFiles files) {
    this.files = files;
  }

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    Tbx11kPhantom phantom = new Tbx11kPhantom(new PhantomFiles(request.output()));
    for (String part : List.of("train", "val")) {
      phantom.parts.put(part, new PhantomCoco(1, List.copyOf(Tbx11k.CATEGORIES.keySet())));
      phantom.lists.put(part, new StringBuilder());
    }
    for (int i = 0; i < request.images(); i++) {
      phantom.picture(request.seed(), i);
    }
    for (String part : phantom.parts.keySet()) {
      String name = "TBX11K_" + part;
      phantom.parts.get(part).write(phantom.files, Tbx11k.JSON + name + ".json");
      phantom.files.text("lists/" + name + ".txt", phantom.lists.get(part).toString());
    }
    return new PhantomTruth(phantom.truth);
  }

  private void picture(long seed, int index) throws IOException {
    String part = index / CLASSES.size() % 4 == 3 ? "val" : "train";
    String nativeClass = CLASSES.get(index % CLASSES.size());
    int number = numbers.merge(nativeClass, 1, Integer::sum);
    String stem = nativeClass.equals(Tbx11k.TB) ? Tbx11k.TB : nativeClass.substring(0, 1);
    String id = "%s%04d".formatted(stem, number);
    SplittableRandom random = PhantomPainter.random(seed, id);
    PhantomPainter painter = PhantomScenes.chestXray(SIZE, SIZE, random);
    List<PhantomTruth.Drawn> drawn = new ArrayList<>();
    StringBuilder objects = new StringBuilder();
    if (nativeClass.equals(Tbx11k.SICK)) {
      painter.lighten(
          Blob.wavy(random, SIZE * 0.56, SIZE * 0.66, SIZE * 0.25, SIZE * 0.17, 3, 0.2), 0.22, 12);
    } else if (nativeClass.equals(Tbx11k.TB) && number % 20 != 10) {
      int[] kinds = kinds(number);
      int side = random.nextInt(2);
      for (int k = 0; k < kinds.length; k++) {
        Box box = lesion(painter, random, LUNGS.get((side + k) % 2), kinds[k]);
        objects.append(object(kinds[k], box, false));
        drawn.add(new PhantomTruth.Drawn(labels.get(kinds[k] - 1), box));
        parts.get(part).annotation(index + 1, kinds[k], box, null, false);
      }
    }
    if (!objects.isEmpty()) {
      objects.append(number % 4 == 1 ? object(ACTIVE, LUNGS.get(0), true) : "");
      files.text(Tbx11k.XML + id + ".xml", xml(id, objects.toString()));
    }
    String fileName = nativeClass + "/" + id + ".png";
    parts.get(part).image(index + 1, fileName, SIZE, SIZE);
    lists.get(part).append(fileName).append('\n');
    files.png(Tbx11k.IMAGES + fileName, painter.clouds(0.02, 1).colour(1, 1, 1));
    truth.put(id, drawn);
  }

  private static String xml(String id, String objects) {
    int side = ORIGINAL * SIZE;
    return """
        <annotation>
          <filename>%s.png</filename>
          <size><width>%d</width><height>%d</height><depth>3</depth></size>
        %s</annotation>
        """
        .formatted(id, side, side, objects);
  }

  /** Returns an object whose corners the owners' script scales and then moves by one pixel. */
  private static String object(int kind, Box box, boolean difficult) {
    return """
          <object>
            <name>%s</name><difficult>%d</difficult>
            <bndbox><xmin>%d</xmin><ymin>%d</ymin><xmax>%d</xmax><ymax>%d</ymax></bndbox>
          </object>
        """
        .formatted(
            List.copyOf(Tbx11k.CATEGORIES.keySet()).get(kind - 1),
            difficult ? 1 : 0,
            original(box.x1()),
            original(box.y1()),
            original(box.x2()),
            original(box.y2()));
  }

  private static int original(double corner) {
    return (int) ((corner + 1) * ORIGINAL);
  }

  /** Returns the category ids of a picture's lesions: one, two of a kind, or both kinds. */
  private static int[] kinds(int number) {
    int kind = number % 2 == 0 ? LATENT : ACTIVE;
    return switch (number % 7) {
      case 3 -> new int[] {kind, kind};
      case 5 -> new int[] {ACTIVE, LATENT};
      default -> new int[] {kind};
    };
  }

  private static Box lesion(PhantomPainter painter, SplittableRandom random, Box lung, int kind) {
    boolean active = kind == ACTIVE;
    Blob blob =
        Blob.scatter(
                random, 1, lung, SIZE * 0.14, SIZE * 0.26, active ? 6 : 2, active ? 0.35 : 0.06)
            .get(0);
    Box box = blob.box(SIZE, SIZE);
    if (active) {
      painter.lighten(blob, 0.4, 9);
    } else {
      painter.paint(blob, 0.92, 1);
      double cx = (box.x1() + box.x2()) / 2;
      double cy = (box.y1() + box.y2()) / 2;
      painter.paint(Blob.ellipse(cx, cy, box.width() * 0.3, box.height() * 0.3), 0.08, 2);
    }
    return box;
  }
}
