package org.medvilam.trainer.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.medvilam.trainer.nn.TensorSource.Initial;

/** Takes tensors from a source and keeps them by name while layers are put together. */
final class Builder {
  private final TensorSource source;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  Builder(TensorSource source) {
    this.source = source;
  }

  Parameter parameter(String name, Initial initial, long... shape) {
    Parameter parameter = new Parameter(name, source.tensor(name, initial, shape));
    parameters.put(name, parameter);
    return parameter;
  }

  Linear linear(String name, int out, int in, boolean bias) {
    return new Linear(
        parameter(name + ".weight", Initial.MATRIX, out, in),
        bias ? parameter(name + ".bias", Initial.ZEROS, out) : null);
  }

  /** Returns a linear layer without bias, with a low-rank addition where one is asked for. */
  Layer linear(String name, int out, int in, LoraConfig lora) {
    Linear whole = linear(name, out, in, false);
    if (lora.rank() == 0) {
      return whole;
    }
    Linear down = linear(name + LowRank.DOWN, lora.rank(), in, false);
    Parameter up = parameter(name + LowRank.UP + ".weight", Initial.ZEROS, out, lora.rank());
    return new LowRank(whole, down, new Linear(up, null), lora.alpha() / lora.rank());
  }

  LayerNorm layerNorm(String name, int width, double epsilon) {
    return new LayerNorm(
        parameter(name + ".weight", Initial.ONES, width),
        parameter(name + ".bias", Initial.ZEROS, width),
        epsilon);
  }

  RmsNorm rmsNorm(String name, int width, double epsilon) {
    return new RmsNorm(parameter(name + ".weight", Initial.ONES, width), epsilon);
  }

  Map<String, Parameter> parameters() {
    return parameters;
  }
}
