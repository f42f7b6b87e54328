package org.medvilam.trainer;

import ai.onnxruntime.OrtEnvironment;
import java.util.Locale;
import org.medvilam.trainer.nn.LayerStep;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.ProjectionStep;
import org.medvilam.trainer.onnx.OnnxStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What computes a step. Both engines give the same gradient but for rounding, and each gives the
 * same bits every time.
 */
public enum Engine {
  /** {@link #ONNX} where its library loads, else {@link #ND4J}, which is then said. */
  AUTO,
  /** The network's own layers on ND4J. */
  ND4J,
  /** One graph of the whole step on ONNX Runtime, faster. */
  ONNX;

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** Returns the engine that is used: this one, unless this is {@link #AUTO}. */
  public Engine chosen() {
    if (this != AUTO) {
      return this;
    }
    try {
      OrtEnvironment.getEnvironment();
      return ONNX;
    } catch (LinkageError | RuntimeException e) {
      LOG.warn("ONNX Runtime does not load here ({}); ND4J computes the steps.", e.toString());
      return ND4J;
    }
  }

  /** Prepares the steps of a network whose projection is trainable. */
  ProjectionStep step(Network network) {
    return chosen() == ONNX ? new OnnxStep(network) : new LayerStep(network);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
