package org.medvilam.trainer;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.medvilam.trainer.nn.Inference;
import org.medvilam.trainer.nn.LayerInference;
import org.medvilam.trainer.nn.LayerStep;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.ProjectionStep;
import org.medvilam.trainer.onnx.OnnxInference;
import org.medvilam.trainer.onnx.OnnxRuntime;
import org.medvilam.trainer.onnx.OnnxStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What computes steps, features and answers. Both engines give the same but for rounding, and each
 * gives the same bits every time on one kind of machine.
 */
public enum Engine {
  /** {@link #ONNX} where its library loads, else {@link #ND4J}, which is then said. */
  AUTO,
  /** The network's own layers on ND4J. */
  ND4J,
  /** Whole graphs on ONNX Runtime, faster. */
  ONNX;

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final AtomicBoolean SAID = new AtomicBoolean();

  /**
   * Returns the engine that is used: this one, unless this is {@link #AUTO}.
   *
   * @param trained what is trained; ONNX Runtime's graph has gradients for the projection alone
   * @throws IllegalStateException if this is {@link #ONNX} and its library does not load, or it
   *     cannot train that, or the library of arrays is for CUDA and not for this device
   */
  public Engine chosen(Trained trained) {
    boolean able = trained.part() == Trained.Part.PROJECTION;
    if (this == AUTO && !able) {
      return ND4J.chosen();
    }
    if (this == ONNX && !able) {
      throw new IllegalStateException(
          "ONNX Runtime's graph trains the projection alone, not %s; --engine nd4j does"
              .formatted(trained.part()));
    }
    return chosen();
  }

  /**
   * Returns the engine that computes features and answers: this one, unless this is {@link #AUTO}.
   *
   * @throws IllegalStateException if this is {@link #ONNX} and its library does not load, or the
   *     library of arrays is for CUDA and not for this device
   */
  public Engine chosen() {
    Device.checkArrays();
    if (this == ND4J) {
      return this;
    }
    try {
      OnnxRuntime.load();
      return ONNX;
    } catch (IllegalStateException e) {
      if (this == ONNX) {
        throw new IllegalStateException(e.getMessage() + "; --engine nd4j does without it", e);
      }
      if (!SAID.getAndSet(true)) {
        LOG.warn("{}; ND4J computes instead, slower", e.getMessage());
      }
      return ND4J;
    }
  }

  /** Says which engine computes, on what, how much memory that has, and how precisely. */
  public String description(Trained trained) {
    Engine engine = chosen(trained);
    return "%s on %s, single precision".formatted(engine, Device.of(engine).description());
  }

  /** Prepares the steps of a network; this is an engine that was chosen. */
  ProjectionStep step(Network network) {
    return this == ONNX ? new OnnxStep(network) : new LayerStep(network);
  }

  /** Prepares features and answers of a network; this is an engine that was chosen. */
  Inference inference(Network network) {
    return this == ONNX ? new OnnxInference(network) : new LayerInference(network);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
