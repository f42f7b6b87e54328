package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.geometry.RunLength;

/**
 * Draws photographs of tissue with bright polyps (category 0) and dark ulcers (category 1).
 *
 * <p>The outlines take every form that COCO has: a polygon, a polygon of two parts, run lengths,
 * their compressed string, and a box alone. Some boxes reach past the edge, every seventh picture
 * shows nothing, every twelfth has a group region, and every fifth belongs to the validation part.
 */
final class CocoPhantom {
  private static final int WIDTH = 288;
  private static final int HEIGHT = 240;
  private static final int VERTICES = 24;
  private static final int FORMS = 5;
  private static final List<String> CATEGORIES = List.of("Polyp", "Ulcer");

  private final PhantomFiles files;
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();
  private final Map<String, PhantomCoco> parts = new TreeMap<>();

  private CocoPhantom(PhantomFiles files) {
    this.files = files;
  }

  /** A thing that one annotation marks: one blob, or two. */
  private record Thing(int category, int form, List<Blob> blobs) {}

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    CocoPhantom phantom = new CocoPhantom(new PhantomFiles(request.output()));
    for (String part : List.of("train", "val")) {
      phantom.parts.put(part, new PhantomCoco(0, CATEGORIES));
    }
    for (int i = 0; i < request.images(); i++) {
      phantom.picture(request.seed(), i);
    }
    for (Map.Entry<String, PhantomCoco> part : phantom.parts.entrySet()) {
      part.getValue().write(phantom.files, "annotations/instances_" + part.getKey() + ".json");
    }
    return new PhantomTruth(phantom.truth);
  }

  private void picture(long seed, int number) throws IOException {
    String part = number % 5 == 4 ? "val" : "train";
    String name = "%06d.png".formatted(number + 1);
    SplittableRandom random = PhantomPainter.random(seed, name);
    PhantomPainter painter = PhantomScenes.tissue(WIDTH, HEIGHT, random);
    List<PhantomTruth.Drawn> drawn = new ArrayList<>();
    PhantomCoco labels = parts.get(part);
    for (Thing thing : things(random, number)) {
      for (Blob blob : thing.blobs) {
        paint(painter, blob, thing.category);
      }
      drawn.add(annotate(labels, number, thing));
    }
    if (number % 12 == 5) {
      crowd(labels, number);
    }
    labels.image(number, name, WIDTH, HEIGHT);
    files.png("images/" + part + "/" + name, painter.colour(1, 0.7, 0.6));
    truth.put(name, drawn);
  }

  private static void paint(PhantomPainter painter, Blob blob, int category) {
    if (category == 0) {
      painter.lighten(blob, 0.3, 6);
    } else {
      painter.paint(blob, 0.22, 4);
    }
  }

  /** Returns up to two things; those of every third picture may cross the right edge. */
  private static List<Thing> things(SplittableRandom random, int number) {
    if (number % 7 == 6) {
      return List.of();
    }
    int right = number % 3 == 0 ? WIDTH + 24 : WIDTH - 4;
    Box area = new Box(4, 4, right, HEIGHT - 4);
    List<Blob> blobs = Blob.scatter(random, 2, area, WIDTH * 0.16, WIDTH * 0.34, 4, 0.25);
    int form = number % FORMS;
    if (form == 1) {
      return List.of(new Thing(number / 2 % 2, form, blobs));
    }
    List<Thing> things = new ArrayList<>();
    for (int k = 0; k < blobs.size() && k <= number % 2; k++) {
      things.add(new Thing((number / 2 + k) % 2, (form + k) % FORMS, List.of(blobs.get(k))));
    }
    return things;
  }

  private static PhantomTruth.Drawn annotate(PhantomCoco labels, int image, Thing thing) {
    List<Ring> rings = thing.blobs.stream().map(b -> rounded(b.outline(VERTICES))).toList();
    Blob first = thing.blobs.get(0);
    Box box = first.box(WIDTH, HEIGHT);
    Object segmentation = List.of();
    if (thing.form <= 1) {
      box = rings.stream().map(Ring::bounds).reduce(Box::union).orElse(box);
      segmentation = rings.stream().map(CocoPhantom::flat).toList();
    } else if (thing.form <= 3) {
      long[] counts = RunLength.toCocoCounts(first.mask(WIDTH, HEIGHT));
      Object runs = thing.form == 2 ? counts : RunLength.toCocoString(counts);
      segmentation = PhantomCoco.runs(runs, WIDTH, HEIGHT);
    }
    labels.annotation(image, thing.category, box, segmentation, false);
    String label = CATEGORIES.get(thing.category).toLowerCase(Locale.ROOT);
    return new PhantomTruth.Drawn(label, box.clampTo(WIDTH, HEIGHT));
  }

  private static void crowd(PhantomCoco labels, int image) {
    Blob corner = Blob.ellipse(20, HEIGHT - 10, 20, 10);
    long[] counts = RunLength.toCocoCounts(corner.mask(WIDTH, HEIGHT));
    Object runs = PhantomCoco.runs(counts, WIDTH, HEIGHT);
    labels.annotation(image, 0, corner.box(WIDTH, HEIGHT), runs, true);
  }

  private static Ring rounded(Ring ring) {
    double[] flat = flat(ring);
    for (int i = 0; i < flat.length; i++) {
      flat[i] = Math.round(flat[i] * 100) / 100.0;
    }
    return Ring.ofFlat(flat);
  }

  private static double[] flat(Ring ring) {
    double[] flat = new double[2 * ring.size()];
    for (int i = 0; i < ring.size(); i++) {
      flat[2 * i] = ring.x(i);
      flat[2 * i + 1] = ring.y(i);
    }
    return flat;
  }
}
