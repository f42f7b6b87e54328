package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Features and answers of the network's own layers, on ND4J: the reference. */
public final class LayerInference implements Inference {
  private final Network network;

  /** Prepares the use of a network. */
  public LayerInference(Network network) {
    this.network = network;
  }

  @Override
  public float[] encode(float[]... pictures) {
    return Scratch.run(
        "features", () -> network.encode(pictures).output().dup('c').data().asFloat());
  }

  @Override
  public int[] generate(
      float[] features, int[] instruction, int end, int limit, TokenChoice choice) {
    VisionConfig vision = network.config().vision();
    return Scratch.run(
        "answer",
        () -> {
          long[] shape = {vision.patches(), vision.width()};
          INDArray images = network.project(Nd4j.create(features, shape, 'c')).output();
          return network.generate(images, instruction, end, limit, choice);
        });
  }

  /** It is not: the library spreads each operator over the cores itself. */
  @Override
  public boolean isParallel() {
    return false;
  }

  @Override
  public void close() {
    // The network owns its arrays.
  }
}
