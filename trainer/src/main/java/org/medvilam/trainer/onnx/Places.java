package org.medvilam.trainer.onnx;

import ai.onnxruntime.OnnxTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.Network;

/** The tables of positions for sequences of one length: angles and causal masks. */
final class Places implements AutoCloseable {
  private static final float MASKED = -1e9f;
  private static final int SMALLEST = 32;
  private static final int MOST = 4;

  private final Map<String, OnnxTensor> tables = new LinkedHashMap<>();

  Places(Network network, int length) {
    DecoderConfig config = network.config().decoder();
    int patches = network.config().vision().patches();
    angles(tables, config, length);
    int[] starts = parts(patches);
    for (int i = 0; i < starts.length; i++) {
      int end = i + 1 < starts.length ? starts[i + 1] : length;
      tables.put("mask" + i, mask(config, starts[i], end));
    }
  }

  /**
   * Returns where each part of a sequence begins; small parts cost more than they save. The last
   * part is that of the rows that are scored, from the last patch on.
   */
  static int[] parts(int patches) {
    int last = patches - 1;
    int each = Math.max(SMALLEST, (last + MOST - 1) / MOST);
    IntStream before = IntStream.iterate(0, start -> start < last, start -> start + each);
    return IntStream.concat(before, IntStream.of(last)).toArray();
  }

  /** Adds "cos" and "sin" [length, headWidth / 2]. */
  static void angles(Map<String, OnnxTensor> tables, DecoderConfig config, int length) {
    int half = config.headWidth() / 2;
    float[] cos = new float[length * half];
    float[] sin = new float[length * half];
    for (int i = 0; i < half; i++) {
      double frequency = Math.pow(config.ropeBase(), -2.0 * i / config.headWidth());
      for (int position = 0; position < length; position++) {
        cos[position * half + i] = (float) Math.cos(position * frequency);
        sin[position * half + i] = (float) Math.sin(position * frequency);
      }
    }
    tables.put("cos", Session.floats(cos, length, half));
    tables.put("sin", Session.floats(sin, length, half));
  }

  /** Returns the inputs that {@link DecoderBlocks} declares, to be used until this is closed. */
  Map<String, OnnxTensor> tables() {
    return tables;
  }

  @Override
  public void close() {
    Session.close(tables);
  }

  /** Returns what is added to the scores of rows {@code from} to {@code length} of a sequence. */
  static OnnxTensor mask(DecoderConfig config, int from, int length) {
    int group = config.heads() / config.keyValueHeads();
    int rows = length - from;
    float[] mask = new float[group * rows * length];
    for (int row = 0; row < group * rows; row++) {
      for (int column = from + row % rows + 1; column < length; column++) {
        mask[row * length + column] = MASKED;
      }
    }
    return Session.floats(mask, (long) group * rows, length);
  }
}
