package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The pass through the network's own layers, on ND4J: the reference. */
public final class LayerStep implements ProjectionStep {
  private final Network network;

  /** Prepares passes through a network whose projection is trainable. */
  public LayerStep(Network network) {
    this.network = network;
  }

  @Override
  public double train(Batch batch, double share) {
    return run(batch, share);
  }

  @Override
  public double loss(Batch batch) {
    return run(batch, 0);
  }

  private double run(Batch batch, double share) {
    Network.Encoded images = network.project(batch.features());
    INDArray kept = batch.kept();
    Network.Encoded scores =
        network.score(kept == null ? images.output() : images.output().mul(kept), batch.texts());
    CrossEntropy loss = CrossEntropy.of(scores.output(), batch.targets());
    if (share > 0) {
      INDArray dImages = scores.backward(loss.gradient().muli(share));
      images.backward(kept == null ? dImages : dImages.mul(kept));
    }
    return loss.loss();
  }

  @Override
  public void close() {
    // The network owns its arrays.
  }
}
