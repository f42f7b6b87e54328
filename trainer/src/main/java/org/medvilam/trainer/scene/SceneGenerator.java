package org.medvilam.trainer.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.instruction.AnswerText;

/**
 * Draws scenes; a scene depends on the generator's seed and on its own number alone.
 *
 * <p>In a scene with a distractor the label asked for leans towards the look of its object, so that
 * the word must be read; elsewhere it is often any label, so that the salient object is the answer
 * whatever it is called.
 */
public final class SceneGenerator {
  private static final List<String> MEDIA = List.of("image", "image", "image", "volume", "video");
  private static final List<String> WHERE =
      List.of(
          "Where is the %s in this %s?",
          "Where is the %s located in this %s?", "Give the bounding box of the %s in this %s.");
  private static final List<String> SEGMENT =
      List.of("Segment the %s in this %s.", "Outline the %s in this %s.");
  private static final List<String> WHAT =
      List.of("What disease does this %s have?", "Which disease does this %s show?");

  /** The points of an outline (MedViLaM, section 4.1). */
  private static final int POINTS = 25;

  private static final int ATTEMPTS = 30;

  private final long seed;
  private final int size;
  private final int patch;

  /**
   * Makes a generator.
   *
   * @param seed the seed
   * @param size the side of a picture in pixels
   * @param patch the side of a patch in pixels
   */
  public SceneGenerator(long seed, int size, int patch) {
    this.seed = seed;
    this.size = size;
    this.patch = patch;
  }

  /** What a scene asks. */
  public enum Question {
    /** For boxes. */
    WHERE,
    /** For polygons of 25 points. */
    SEGMENT,
    /** For the label. */
    WHAT,
    /** For Yes or No: an even number and the next one show one picture and ask for both in turn. */
    PRESENT
  }

  /**
   * Draws a scene.
   *
   * @param number its number
   * @param question what it asks
   * @param difficulty from 0, one clear object called by one of a few words, to 1, up to three,
   *     small and faint ones among them
   */
  public Scene scene(long number, Question question, double difficulty) {
    long picture = question == Question.PRESENT ? number >> 1 : number;
    RandomGenerator random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + picture).split();
    Canvas canvas = new Canvas(random, size, difficulty);
    Look look = anyLook(random);
    boolean distractor = random.nextDouble() < distractors(question, difficulty);
    boolean told = distractor || question == Question.PRESENT;
    int count = count(random, question, difficulty);
    double contrast = contrast(random, difficulty);
    List<Outline> all = new ArrayList<>();
    List<Outline> targets = new ArrayList<>();
    double small = question == Question.PRESENT ? 0 : difficulty;
    double radius = radius(random, small);
    for (int i = 0; i < count; i++) {
      Outline outline = place(random, all, look, radius * (0.8 + 0.4 * random.nextDouble()));
      if (outline != null) {
        canvas.draw(random, outline, look, contrast);
        targets.add(outline);
      }
    }
    Set<Look> shown = EnumSet.of(look);
    if (distractor) {
      Look other = unlike(random, shown);
      Outline outline = place(random, all, other, radius(random, small));
      if (outline != null) {
        canvas.draw(random, outline, other, contrast(random, difficulty));
        shown.add(other);
      }
    }
    boolean loose = !told && question != Question.WHAT && random.nextDouble() < 0.4;
    String label =
        loose ? Labels.any(random, difficulty) : Labels.leaning(random, look, difficulty);
    String absent = Labels.leaning(random, unlike(random, shown), difficulty);
    Text asked = ask(random, question, label, absent, targets, (number & 1) == 0);
    return new Scene(
        canvas.finish(random),
        canvas.occupancy(patch),
        edges(canvas.owners(patch), all),
        canvas.looks(patch),
        asked.instruction,
        asked.answer,
        look,
        question == Question.WHERE ? boxes(targets) : List.of());
  }

  private static int count(RandomGenerator random, Question question, double difficulty) {
    double draw = random.nextDouble();
    if (question == Question.SEGMENT) {
      return 1;
    }
    return draw >= 0.28 * difficulty ? 1 : draw >= 0.08 * difficulty ? 2 : 3;
  }

  private static double contrast(RandomGenerator random, double difficulty) {
    return 0.32 - 0.2 * difficulty + 0.4 * random.nextDouble();
  }

  /** Draws a radius, at difficulty 0 one at which looks can be told apart. */
  private double radius(RandomGenerator random, double difficulty) {
    double least = 0.085 - 0.035 * difficulty;
    return size * least * Math.pow(0.32 / least, random.nextDouble());
  }

  private static double distractors(Question question, double difficulty) {
    return switch (question) {
      case WHERE -> 0.35 + 0.1 * difficulty;
      case PRESENT -> 0.3 * difficulty;
      case SEGMENT -> 0.4 * difficulty;
      case WHAT -> 0;
    };
  }

  private static Look unlike(RandomGenerator random, Set<Look> shown) {
    Look other = anyLook(random);
    while (shown.contains(other)) {
      other = anyLook(random);
    }
    return other;
  }

  private static Look anyLook(RandomGenerator random) {
    List<Look> looks = List.of(Look.values());
    return looks.get(random.nextInt(looks.size()));
  }

  /** Finds a place clear of the objects already there, or null. */
  private Outline place(RandomGenerator random, List<Outline> taken, Look look, double radius) {
    double stretch =
        look == Look.LONG ? 0.25 + 0.15 * random.nextDouble() : 0.55 + 0.45 * random.nextDouble();
    double longest = look == Look.LONG ? radius * 1.5 : radius;
    double reach = Math.min(longest, size * 0.42);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double x = reach + random.nextDouble() * (size - 2 * reach);
      double y = reach + random.nextDouble() * (size - 2 * reach);
      boolean free =
          taken.stream()
              .allMatch(
                  o ->
                      Math.hypot(o.centreX() - x, o.centreY() - y)
                          > 0.9 * (o.radius() + reach) + 1);
      if (free) {
        double roughness = random.nextBoolean() ? 0 : 0.35 * random.nextDouble();
        Outline outline = new Outline(random, x, y, reach, stretch, roughness);
        taken.add(outline);
        return outline;
      }
    }
    return null;
  }

  /** Returns the edges of the object on each patch, or of the one nearest to it. */
  private float[] edges(int[] owners, List<Outline> objects) {
    float[] edges = new float[4 * owners.length];
    List<GridBox> boxes = objects.stream().map(this::box).toList();
    for (int p = 0; p < owners.length; p++) {
      GridBox box = boxes.get(owners[p] >= 0 ? owners[p] : nearest(p, objects));
      edges[4 * p] = box.x1() / (float) Grid.MAX;
      edges[4 * p + 1] = box.y1() / (float) Grid.MAX;
      edges[4 * p + 2] = box.x2() / (float) Grid.MAX;
      edges[4 * p + 3] = box.y2() / (float) Grid.MAX;
    }
    return edges;
  }

  /** Returns the place of the object nearest to a patch. */
  private int nearest(int patchIndex, List<Outline> objects) {
    int side = size / patch;
    int line = patchIndex / side;
    double x = (patchIndex % side + 0.5) * patch;
    double y = (line + 0.5) * patch;
    return IntStream.range(0, objects.size())
        .boxed()
        .min(Comparator.comparingDouble(i -> gap(objects.get(i), x, y)))
        .orElseThrow();
  }

  private static double gap(Outline outline, double x, double y) {
    return Math.hypot(outline.centreX() - x, outline.centreY() - y) - outline.radius();
  }

  private List<GridBox> boxes(List<Outline> targets) {
    return targets.stream().map(this::box).sorted(NEAREST_FIRST).toList();
  }

  private Text ask(
      RandomGenerator random,
      Question question,
      String label,
      String absent,
      List<Outline> targets,
      boolean yes) {
    String medium = MEDIA.get(random.nextInt(MEDIA.size()));
    return switch (question) {
      case WHERE -> new Text(pick(random, WHERE, label, medium), AnswerText.boxes(boxes(targets)));
      case SEGMENT -> new Text(pick(random, SEGMENT, label, medium), text(targets.get(0)));
      case WHAT -> new Text(String.format(WHAT.get(random.nextInt(WHAT.size())), medium), label);
      case PRESENT -> {
        String name = yes ? label : absent;
        yield new Text(
            String.format("Is there a %s in this %s?", name, medium), yes ? "Yes" : "No");
      }
    };
  }

  private record Text(String instruction, String answer) {}

  private static final Comparator<GridBox> NEAREST_FIRST =
      Comparator.comparing(b -> b.toBox().corner(), Point.BY_DISTANCE_FROM_ORIGIN);

  private static String pick(
      RandomGenerator random, List<String> phrasings, String label, String medium) {
    return String.format(phrasings.get(random.nextInt(phrasings.size())), label, medium);
  }

  private GridBox box(Outline outline) {
    return Grid.normalise(outline.ring().bounds(), size, size);
  }

  private String text(Outline outline) {
    Ring points = outline.ring().canonical().sample(POINTS);
    return AnswerText.outlines(List.of(Grid.normalise(points, size, size)));
  }
}
