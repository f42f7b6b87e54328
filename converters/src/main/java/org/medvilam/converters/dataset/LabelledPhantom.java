package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
import org.medvilam.records.geometry.Ring;

/**
 * Draws photographs of tissue with up to two bright polyps and dark ulcers, for label forms that
 * differ in how they write the same things down.
 *
 * <p>Every seventh picture shows nothing; every fifth belongs to the validation part.
 */
final class LabelledPhantom {
  static final int WIDTH = 288;
  static final int HEIGHT = 240;
  static final List<String> LABELS = List.of("Polyp", "Ulcer");
  private static final int VERTICES = 24;

  private LabelledPhantom() {}

  /** How a label form marks a thing. */
  enum Kind {
    BOX,
    POLYGON,
    MASK
  }

  /** A painted thing. */
  record Thing(int category, Kind kind, Blob blob) {
    String label() {
      return LABELS.get(category);
    }

    /** Returns whole pixels around it. */
    Box box() {
      return blob.box(WIDTH, HEIGHT);
    }

    /** Returns its outline in hundredths of pixels. */
    Ring ring() {
      double[] flat = blob.outline(VERTICES).flat();
      for (int i = 0; i < flat.length; i++) {
        flat[i] = Math.round(flat[i] * 100) / 100.0;
      }
      return Ring.ofFlat(flat);
    }

    /** Returns its pixels. */
    Mask mask() {
      return blob.mask(WIDTH, HEIGHT);
    }

    private PhantomTruth.Drawn drawn() {
      return new PhantomTruth.Drawn(
          label().toLowerCase(Locale.ROOT), kind == Kind.POLYGON ? ring().bounds() : box());
    }
  }

  /** Writes things down. */
  interface Form {
    /** Returns the path of a picture, which is a PNG. */
    String picture(int number, String part);

    /** Writes the labels of a picture, or keeps them for the end. */
    void labels(PhantomFiles files, String picture, List<Thing> things) throws IOException;

    /** Writes what all pictures share. */
    default void end(PhantomFiles files) throws IOException {}
  }

  /**
   * Draws pictures.
   *
   * @param kinds how the form marks things, in turn
   */
  static PhantomTruth draw(PhantomRequest request, List<Kind> kinds, Form form) throws IOException {
    PhantomFiles files = new PhantomFiles(request.output());
    Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();
    for (int i = 0; i < request.images(); i++) {
      String picture = form.picture(i, i % 5 == 4 ? "val" : "train");
      SplittableRandom random = PhantomPainter.random(request.seed(), picture);
      PhantomPainter painter = PhantomScenes.tissue(WIDTH, HEIGHT, random);
      List<Thing> things = things(random, i, kinds);
      things.forEach(t -> paint(painter, t));
      files.png(picture, painter.colour(1, 0.7, 0.6));
      form.labels(files, picture, things);
      truth.put(picture, things.stream().map(Thing::drawn).toList());
    }
    form.end(files);
    return new PhantomTruth(truth);
  }

  private static List<Thing> things(SplittableRandom random, int number, List<Kind> kinds) {
    if (number % 7 == 6) {
      return List.of();
    }
    Box area = new Box(4, 4, WIDTH - 4, HEIGHT - 4);
    List<Blob> blobs = Blob.scatter(random, 2, area, WIDTH * 0.16, WIDTH * 0.34, 4, 0.25);
    List<Thing> things = new ArrayList<>();
    for (int k = 0; k < blobs.size() && k <= number % 2; k++) {
      things.add(
          new Thing((number / 2 + k) % 2, kinds.get((number + k) % kinds.size()), blobs.get(k)));
    }
    return things;
  }

  private static void paint(PhantomPainter painter, Thing thing) {
    if (thing.category == 0) {
      painter.lighten(thing.blob, 0.3, 6);
    } else {
      painter.paint(thing.blob, 0.22, 4);
    }
  }
}
