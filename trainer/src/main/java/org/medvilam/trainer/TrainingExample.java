package org.medvilam.trainer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** A picture, an instruction and the answer to be learnt. */
public final class TrainingExample {
  private final String id;
  private final float[] pixels;
  private final String instruction;
  private final String answer;
  private final List<int[]> boxes;

  /**
   * Makes an example.
   *
   * @param id its id, for messages
   * @param pixels the picture, row-major grey values 0..1 at the model's input size; not copied,
   *     and examples of one picture should share the array, so that its features are computed once
   * @param instruction the instruction
   * @param answer the answer
   * @param boxes the boxes of the answer, each x1, y1, x2, y2 in 0..1000; empty for other answers
   */
  public TrainingExample(
      String id, float[] pixels, String instruction, String answer, List<int[]> boxes) {
    this.id = id;
    this.pixels = pixels;
    this.instruction = instruction;
    this.answer = answer;
    this.boxes = List.copyOf(boxes);
    for (int[] box : this.boxes) {
      if (box.length != 4) {
        throw new IllegalArgumentException(id + ": a box has 4 numbers, but found " + box.length);
      }
    }
    for (float value : pixels) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(id + ": pixels must be 0..1, but found " + value);
      }
    }
  }

  /** Returns the example's id. */
  public String id() {
    return id;
  }

  /** Returns the picture, row-major; the array is not copied. */
  public float[] pixels() {
    return pixels;
  }

  /** Returns the instruction. */
  public String instruction() {
    return instruction;
  }

  /** Returns the answer. */
  public String answer() {
    return answer;
  }

  /** Returns the boxes of the answer. */
  public List<int[]> boxes() {
    return boxes;
  }

  /** Adds all that is learnt from this example to a fingerprint. */
  void addTo(MessageDigest digest) {
    String text = String.join("\n", id, instruction, answer, "");
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    ByteBuffer values = ByteBuffer.allocate(Float.BYTES * pixels.length);
    values.asFloatBuffer().put(pixels);
    digest.update(values);
  }
}
