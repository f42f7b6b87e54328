package org.medvilam.trainer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medvilam.trainer.nn.DecoderConfig;

/**
 * One picture and the text read after it. Keys and values stay where the runtime made them, and are
 * handed back to it.
 */
final class Reading implements AutoCloseable {
  private final DecoderConfig config;
  private final Session text;
  private final Map<String, OnnxTensor> angles = new LinkedHashMap<>();
  private OrtSession.Result past;
  private int read;

  /**
   * Reads a picture.
   *
   * @param picture the session of {@link AnswerGraph#picture}
   * @param text the session of {@link AnswerGraph#text}
   * @param features the picture's features
   * @param patches the number of its patches
   * @param length the most positions that will be read
   */
  Reading(
      DecoderConfig config,
      Session picture,
      Session text,
      float[] features,
      int patches,
      int length) {
    this.config = config;
    this.text = text;
    Places.angles(angles, config, length);
    Map<String, OnnxTensor> own = new LinkedHashMap<>();
    try {
      own.put("features", Session.floats(features, patches, features.length / patches));
      own.put("mask", Places.mask(config, 0, patches));
      past = picture.run(with(own, angles));
      read = patches;
    } catch (RuntimeException e) {
      Session.close(angles);
      throw e;
    } finally {
      Session.close(own);
    }
  }

  /** Reads tokens and returns the scores of the one after them. */
  float[] read(int... tokens) {
    Map<String, OnnxTensor> own = new LinkedHashMap<>();
    try {
      int after = read + tokens.length;
      own.put("tokens", Session.integers(tokens, 1, tokens.length));
      own.put("start", Session.integers(new int[] {read}, 1));
      own.put("last", Session.integers(new int[] {after - 1}, 1));
      own.put("mask", tokens.length == 1 ? seesAll() : Places.mask(config, read, after));
      Map<String, OnnxTensor> inputs = with(own, angles);
      for (int i = 0; i < config.layers(); i++) {
        inputs.put("pastKey" + i, past("key" + i));
        inputs.put("pastValue" + i, past("value" + i));
      }
      OrtSession.Result present = text.run(inputs);
      past.close();
      past = present;
      read = after;
      return Session.values(present, "scores");
    } finally {
      Session.close(own);
    }
  }

  private static OnnxTensor seesAll() {
    return Session.floats(new float[1], 1, 1);
  }

  private OnnxTensor past(String name) {
    return (OnnxTensor) past.get(name).orElseThrow();
  }

  private static Map<String, OnnxTensor> with(
      Map<String, OnnxTensor> own, Map<String, OnnxTensor> more) {
    Map<String, OnnxTensor> all = new LinkedHashMap<>(own);
    all.putAll(more);
    return all;
  }

  @Override
  public void close() {
    past.close();
    Session.close(angles);
  }
}
