package org.medvilam.trainer.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019) and clipping by the global norm.
 * Weight decay acts on matrices, not on biases and norms.
 */
public final class AdamW {
  private static final double EPSILON = 1e-8;

  private final double beta1;
  private final double beta2;
  private final double weightDecay;
  private final double clipNorm;
  private final List<Moments> moments = new ArrayList<>();
  private long step;

  /**
   * Makes an optimiser for the trainable ones among the parameters, with empty moments.
   *
   * @param parameters the network's parameters
   * @param beta1 the decay of the first moment
   * @param beta2 the decay of the second moment
   * @param weightDecay the weight decay, multiplied by the rate
   * @param clipNorm the largest global gradient norm
   */
  public AdamW(
      Iterable<Parameter> parameters,
      double beta1,
      double beta2,
      double weightDecay,
      double clipNorm) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.weightDecay = weightDecay;
    this.clipNorm = clipNorm;
    for (Parameter parameter : parameters) {
      if (parameter.trainable()) {
        moments.add(new Moments(parameter, zeros(parameter.value()), zeros(parameter.value())));
      }
    }
  }

  private static INDArray zeros(INDArray like) {
    return Nd4j.create(like.dataType(), like.shape(), 'c');
  }

  /** Returns the number of updates made. */
  public long step() {
    return step;
  }

  /** Returns the moments by name, to be kept in a checkpoint. */
  public Map<String, INDArray> state() {
    Map<String, INDArray> state = new LinkedHashMap<>();
    for (Moments m : moments) {
      state.put("first." + m.parameter.name(), m.first);
      state.put("second." + m.parameter.name(), m.second);
    }
    return state;
  }

  /**
   * Goes on from a kept state.
   *
   * @param state moments by name, as {@link #state()} gave them
   * @param steps the number of updates made
   */
  public void restore(Map<String, INDArray> state, long steps) {
    for (Map.Entry<String, INDArray> own : state().entrySet()) {
      INDArray kept = state.get(own.getKey());
      if (kept == null) {
        throw new IllegalArgumentException("The optimiser state lacks " + own.getKey());
      }
      own.getValue().assign(kept);
    }
    step = steps;
  }

  /**
   * Makes one update from the accumulated gradients.
   *
   * @param rate the learning rate
   * @return the global gradient norm before clipping
   */
  public double update(double rate) {
    double norm = gradientNorm();
    double scale = norm > clipNorm ? clipNorm / norm : 1;
    step++;
    double correction1 = 1 - Math.pow(beta1, (double) step);
    double correction2 = 1 - Math.pow(beta2, (double) step);
    for (Moments m : moments) {
      INDArray g = m.parameter.gradient().muli(scale);
      m.first.muli(beta1).addi(g.mul(1 - beta1));
      m.second.muli(beta2).addi(g.mul(g).muli(1 - beta2));
      INDArray value = m.parameter.value();
      if (value.rank() > 1) {
        value.muli(1 - rate * weightDecay);
      }
      INDArray root = Transforms.sqrt(m.second.div(correction2), false).addi(EPSILON);
      value.subi(m.first.div(root).muli(rate / correction1));
    }
    return norm;
  }

  /** Returns the norm of all accumulated gradients together. */
  public double gradientNorm() {
    double sum = 0;
    for (Moments m : moments) {
      double norm = m.parameter.gradient().norm2Number().doubleValue();
      sum += norm * norm;
    }
    return Math.sqrt(sum);
  }

  private record Moments(Parameter parameter, INDArray first, INDArray second) {}
}
