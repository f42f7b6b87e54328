package org.medvilam.trainer.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A picture being drawn, and what its objects cover. */
final class Canvas {
  private static final List<Look> KINDS = List.of(Look.values());

  private final int size;
  private final float[] pixels;
  private final int[] owner;
  private final List<Look> objects = new ArrayList<>();

  /**
   * Draws the background.
   *
   * @param difficulty from 0, a calm one, to 1, one that may hide objects
   */
  Canvas(RandomGenerator random, int size, double difficulty) {
    this.size = size;
    pixels = new float[size * size];
    owner = new int[size * size];
    Texture texture = new Texture(random, size);
    double level = 0.1 + 0.8 * random.nextDouble();
    double strength = 0.02 + (0.05 + 0.11 * difficulty) * random.nextDouble();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (level + strength * texture.at(i));
    }
    if (random.nextDouble() < 0.35) {
      addField(random);
    }
    for (int i = random.nextInt(5) - 2; i > 0; i--) {
      addOrgan(random);
    }
    for (int i = random.nextInt(5) - 2; i > 0; i--) {
      addLine(random);
    }
  }

  /** Darkens or lightens everything outside a disc or a fan, as scopes, probes and scanners do. */
  private void addField(RandomGenerator random) {
    double radius = size * (0.32 + 0.33 * random.nextDouble());
    double stretch = 0.7 + 0.3 * random.nextDouble();
    Outline field = new Outline(random, size * 0.5, size * 0.5, radius, stretch, 0);
    float outside = random.nextDouble() < 0.7 ? 0.02f : (float) random.nextDouble();
    for (int i = 0; i < pixels.length; i++) {
      if (field.depth(x(i), y(i), 0) < 0) {
        pixels[i] = outside;
      }
    }
  }

  /** Adds a large faint shape that is never asked for, as organs around a finding are. */
  private void addOrgan(RandomGenerator random) {
    double radius = size * (0.12 + 0.2 * random.nextDouble());
    Outline organ =
        new Outline(
            random,
            size * random.nextDouble(),
            size * random.nextDouble(),
            radius,
            0.5 + 0.5 * random.nextDouble(),
            0.2 * random.nextDouble());
    double change = (random.nextBoolean() ? 1 : -1) * (0.03 + 0.1 * random.nextDouble());
    double edge = 1 + 3 * random.nextDouble();
    for (int i = 0; i < pixels.length; i++) {
      double alpha = Math.min(1, Math.max(0, organ.depth(x(i), y(i), -edge / 2) / edge + 0.5));
      pixels[i] += (float) (alpha * change);
    }
  }

  private void addLine(RandomGenerator random) {
    double direction = random.nextDouble() * Math.PI;
    double offset = (random.nextDouble() - 0.5) * size;
    double width = 0.4 + 1.2 * random.nextDouble();
    float change = (float) ((random.nextBoolean() ? 1 : -1) * (0.05 + 0.25 * random.nextDouble()));
    double cos = Math.cos(direction);
    double sin = Math.sin(direction);
    for (int i = 0; i < pixels.length; i++) {
      double distance = Math.abs((x(i) - size * 0.5) * cos + (y(i) - size * 0.5) * sin - offset);
      if (distance < width) {
        pixels[i] += change;
      }
    }
  }

  private double x(int index) {
    return index % size + 0.5;
  }

  private double y(int index) {
    int row = index / size;
    return row + 0.5;
  }

  /** Draws an object of the given look. */
  void draw(RandomGenerator random, Outline outline, Look look, double contrast) {
    objects.add(look);
    Texture texture = new Texture(random, size);
    double mottle =
        look == Look.MOTTLED ? 0.1 + 0.25 * random.nextDouble() : 0.05 * random.nextDouble();
    double edge = look == Look.SOFT ? outline.radius() * 0.6 : 0.6 + 1.2 * random.nextDouble();
    double rim = look == Look.RING ? Math.max(1.5, outline.radius() * 0.3) : Double.MAX_VALUE;
    double sign = look == Look.DARK || (look != Look.BRIGHT && random.nextBoolean()) ? -1 : 1;
    double keep = look == Look.RING ? 1 : 0.3 * random.nextDouble();
    double local = mean(outline);
    if (local + sign * contrast > 1.05 || local + sign * contrast < -0.05) {
      local = sign > 0 ? 1 - contrast : contrast;
    }
    for (int i = 0; i < pixels.length; i++) {
      double depth = outline.depth(x(i), y(i), -edge);
      if (depth <= -edge) {
        continue;
      }
      double alpha = Math.min(1, Math.max(0, depth / edge + 0.5));
      if (depth > 0) {
        owner[i] = objects.size();
      }
      if (depth > rim) {
        alpha *= Math.max(0, 1 - (depth - rim));
      }
      double speckle = look == Look.MOTTLED ? mottle * random.nextGaussian() : 0;
      double own = local + sign * contrast + mottle * texture.at(i) + speckle;
      own = own * (1 - keep) + (pixels[i] + sign * contrast) * keep;
      pixels[i] = (float) (pixels[i] * (1 - alpha) + own * alpha);
    }
  }

  private double mean(Outline outline) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < pixels.length; i++) {
      if (outline.depth(x(i), y(i), 0) > 0) {
        sum += pixels[i];
        count++;
      }
    }
    return count == 0 ? 0.5 : sum / count;
  }

  /** Adds noise, bends the grey curve and returns the pixels, 0..1. */
  float[] finish(RandomGenerator random) {
    double noise = random.nextDouble() < 0.7 ? 0.06 * random.nextDouble() : 0;
    double speckle = random.nextDouble() < 0.3 ? 0.25 * random.nextDouble() : 0;
    double gamma = Math.exp(0.35 * random.nextGaussian());
    float[] out = new float[pixels.length];
    for (int i = 0; i < out.length; i++) {
      double value = pixels[i] * (1 + speckle * random.nextGaussian());
      value += noise * random.nextGaussian();
      out[i] = (float) Math.pow(Math.min(1, Math.max(0, value)), gamma);
    }
    return out;
  }

  /** Returns which part of each patch is covered by objects, patches in reading order. */
  float[] occupancy(int patch) {
    int side = size / patch;
    float[] parts = new float[side * side];
    for (int i = 0; i < owner.length; i++) {
      if (owner[i] > 0) {
        parts[patchOf(i, patch)] += 1f / (patch * patch);
      }
    }
    return parts;
  }

  /** Returns the covered part of each patch under the look of the object that covers most of it. */
  float[] looks(int patch) {
    float[] parts = occupancy(patch);
    int[] owners = owners(patch);
    float[] looks = new float[parts.length * Scene.LOOKS];
    for (int p = 0; p < parts.length; p++) {
      if (owners[p] >= 0) {
        looks[p * Scene.LOOKS + KINDS.indexOf(objects.get(owners[p]))] = parts[p];
      }
    }
    return looks;
  }

  /**
   * Returns which object covers most of each patch, counted from 0 in the order of drawing, or -1.
   */
  int[] owners(int patch) {
    int side = size / patch;
    int[][] counts = new int[side * side][objects.size() + 1];
    for (int i = 0; i < owner.length; i++) {
      counts[patchOf(i, patch)][owner[i]]++;
    }
    int[] owners = new int[side * side];
    for (int p = 0; p < owners.length; p++) {
      int best = 0;
      for (int object = 1; object <= objects.size(); object++) {
        boolean more = best == 0 || counts[p][object] > counts[p][best];
        best = counts[p][object] > 0 && more ? object : best;
      }
      owners[p] = best - 1;
    }
    return owners;
  }

  private int patchOf(int index, int patch) {
    int row = index / size / patch;
    return row * (size / patch) + index % size / patch;
  }
}
