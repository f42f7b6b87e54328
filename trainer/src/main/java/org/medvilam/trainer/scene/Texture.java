package org.medvilam.trainer.scene;

import java.util.random.RandomGenerator;

/** A random grey texture with mean near 0 and values of the order of 1. */
final class Texture {
  private final int size;
  private final float[] values;

  /** Draws a texture of {@code size} x {@code size} pixels. */
  Texture(RandomGenerator random, int size) {
    this.size = size;
    values = new float[size * size];
    if (random.nextDouble() < 0.8) {
      addClouds(random, 2 + random.nextInt(4), random.nextDouble());
    }
    if (random.nextDouble() < 0.5) {
      addClouds(random, 6 + random.nextInt(12), random.nextDouble() * 0.7);
    }
    if (random.nextDouble() < 0.35) {
      addStripes(random);
    }
    if (random.nextDouble() < 0.25) {
      addCells(random);
    }
    if (random.nextDouble() < 0.5) {
      addGradient(random);
    }
  }

  float at(int index) {
    return values[index];
  }

  private void addClouds(RandomGenerator random, int cells, double strength) {
    double[] grid = new double[(cells + 2) * (cells + 2)];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = random.nextGaussian() * strength;
    }
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int column = x * cells / size;
        int row = y * cells / size;
        int at = row * (cells + 2) + column;
        double fu = smooth((double) x * cells / size - column);
        double fv = smooth((double) y * cells / size - row);
        double top = grid[at] * (1 - fu) + grid[at + 1] * fu;
        double bottom = grid[at + cells + 2] * (1 - fu) + grid[at + cells + 3] * fu;
        values[y * size + x] += (float) (top * (1 - fv) + bottom * fv);
      }
    }
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private void addStripes(RandomGenerator random) {
    double direction = random.nextDouble() * Math.PI;
    double frequency = (0.15 + random.nextDouble()) * 1.2;
    double bend = random.nextGaussian() * 0.01;
    double strength = 0.2 + 0.6 * random.nextDouble();
    double cos = Math.cos(direction) * frequency;
    double sin = Math.sin(direction) * frequency;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        values[y * size + x] += (float) (strength * Math.sin(x * cos + y * sin + bend * x * y));
      }
    }
  }

  private void addCells(RandomGenerator random) {
    int count = 8 + random.nextInt(30);
    double[] seeds = new double[2 * count];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = random.nextDouble() * size;
    }
    double strength = (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble());
    double scale = size / Math.sqrt(count);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double nearest = Double.MAX_VALUE;
        for (int i = 0; i < count; i++) {
          double dx = x - seeds[2 * i];
          double dy = y - seeds[2 * i + 1];
          nearest = Math.min(nearest, dx * dx + dy * dy);
        }
        values[y * size + x] += (float) (strength * (Math.sqrt(nearest) / scale - 0.5));
      }
    }
  }

  private void addGradient(RandomGenerator random) {
    double dx = random.nextGaussian() / size;
    double dy = random.nextGaussian() / size;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        values[y * size + x] += (float) (dx * (x - 0.5 * size) + dy * (y - 0.5 * size));
      }
    }
  }
}
