package org.medvilam.trainer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.NetworkConfig;

/**
 * A picture and the text after it, as far as they are read. Keys and values stay where the runtime
 * made them, and are handed back to it.
 */
final class Reading implements AutoCloseable {
  private final Session session;
  private final DecoderConfig config;
  private final int visionWidth;
  private final Map<String, OnnxTensor> angles = new LinkedHashMap<>();
  private OrtSession.@Nullable Result past;
  private int read;

  /**
   * Prepares a reading.
   *
   * @param session the session of {@link AnswerGraph}
   * @param length the most positions that will be read
   */
  Reading(Session session, NetworkConfig config, int length) {
    this.session = session;
    this.config = config.decoder();
    this.visionWidth = config.vision().width();
    Places.angles(angles, this.config, length);
  }

  /** Reads features [patches, vision width], then tokens, and scores the token after them. */
  float[] read(float[] features, int... tokens) {
    Map<String, OnnxTensor> own = new LinkedHashMap<>();
    try {
      int patches = features.length / visionWidth;
      int rows = patches + tokens.length;
      own.put("features", Session.floats(features, patches, visionWidth));
      own.put("tokens", Session.integers(tokens, tokens.length));
      own.put("start", Session.integers(new int[] {read}, 1));
      own.put("last", Session.integers(new int[] {read + rows - 1}, 1));
      own.put("mask", rows == 1 ? seesAll() : Places.mask(config, read, read + rows));
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>(own);
      inputs.putAll(angles);
      for (int i = 0; i < config.layers(); i++) {
        inputs.put("pastKey" + i, past(own, "key" + i));
        inputs.put("pastValue" + i, past(own, "value" + i));
      }
      OrtSession.Result present = session.run(inputs);
      close(past);
      past = present;
      read += rows;
      return Session.values(present, "scores");
    } finally {
      Session.close(own);
    }
  }

  private static OnnxTensor seesAll() {
    return Session.floats(new float[1], 1, 1);
  }

  private OnnxTensor past(Map<String, OnnxTensor> own, String name) {
    if (past != null) {
      return (OnnxTensor) past.get(name).orElseThrow();
    }
    OnnxTensor none =
        Session.floats(new float[0], 1, config.keyValueHeads(), 0, config.headWidth());
    own.put("no " + name, none);
    return none;
  }

  private static void close(OrtSession.@Nullable Result result) {
    if (result != null) {
      result.close();
    }
  }

  @Override
  public void close() {
    close(past);
    Session.close(angles);
  }
}
