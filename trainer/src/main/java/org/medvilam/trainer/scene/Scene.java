package org.medvilam.trainer.scene;

import java.util.List;
import org.medvilam.records.geometry.GridBox;

/** A drawn picture, one instruction about it and the true answer. */
public final class Scene {
  /** The number of families of looks. */
  public static final int LOOKS = Look.values().length;

  private final float[] pixels;
  private final float[] occupancy;
  private final float[] edges;
  private final float[] looks;
  private final String instruction;
  private final String answer;
  private final Look look;
  private final List<GridBox> boxes;

  Scene(
      float[] pixels,
      float[] occupancy,
      float[] edges,
      float[] looks,
      String instruction,
      String answer,
      Look look,
      List<GridBox> boxes) {
    this.pixels = pixels;
    this.occupancy = occupancy;
    this.edges = edges;
    this.looks = looks;
    this.instruction = instruction;
    this.answer = answer;
    this.look = look;
    this.boxes = boxes;
  }

  /** Returns the pixels, row-major, 0..1. The array is not copied. */
  public float[] pixels() {
    return pixels;
  }

  /** Returns which part of each patch is covered by objects, 0..1. The array is not copied. */
  public float[] occupancy() {
    return occupancy;
  }

  /**
   * Returns the edges x1, y1, x2, y2 of the object that covers most of each patch or is nearest to
   * it, 0..1. The array is not copied.
   */
  public float[] edges() {
    return edges;
  }

  /**
   * Returns the covered part of each patch under the look of the object that covers most of it,
   * {@link #LOOKS} values a patch. The array is not copied.
   */
  public float[] looks() {
    return looks;
  }

  /** Returns the instruction. */
  public String instruction() {
    return instruction;
  }

  /** Returns the true answer. */
  public String answer() {
    return answer;
  }

  /** Returns whether a label ends with a noun that leans towards the look of the object. */
  public boolean fits(String label) {
    return Labels.leans(label, look);
  }

  /** Returns the boxes asked for; empty for other questions. */
  public List<GridBox> boxes() {
    return boxes;
  }
}
