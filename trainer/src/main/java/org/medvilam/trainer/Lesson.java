package org.medvilam.trainer;

import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.scene.Scene;

/** A picture, an instruction and its answer, as pre-training sees them. */
final class Lesson {
  private final float[] pixels;
  private final String instruction;
  private final String answer;
  private final @Nullable PatchTruth patches;

  Lesson(float[] pixels, String instruction, String answer, @Nullable PatchTruth patches) {
    this.pixels = pixels;
    this.instruction = instruction;
    this.answer = answer;
    this.patches = patches;
  }

  static Lesson of(Scene scene) {
    return new Lesson(
        scene.pixels(),
        scene.instruction(),
        scene.answer(),
        new PatchTruth(scene.occupancy(), scene.edges(), scene.looks()));
  }

  /** Returns the picture, row-major, 0..1; the array is not copied. */
  float[] pixels() {
    return pixels;
  }

  String instruction() {
    return instruction;
  }

  String answer() {
    return answer;
  }

  /** Returns what single patches show, or null where it is not known. */
  @Nullable PatchTruth patches() {
    return patches;
  }
}
