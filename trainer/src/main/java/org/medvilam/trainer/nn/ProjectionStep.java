package org.medvilam.trainer.nn;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One pass of fine-tuning: from cached features and texts to the loss, and to the gradient of the
 * projection. Everything else of the network is only read.
 */
public interface ProjectionStep extends AutoCloseable {
  /**
   * Runs the pass forward, and adds to the projection's gradient.
   *
   * @param share the factor of this batch's gradient
   * @return the mean loss of the targets, in nats
   */
  double train(Batch batch, double share);

  /** Runs the pass forward and returns the mean loss of the targets, in nats. */
  double loss(Batch batch);

  @Override
  void close();

  /**
   * What a pass reads, all of it row-major.
   *
   * @param features the encoder's features [batch * patches, vision width]
   * @param kept factors of the projected image tokens [batch * patches, decoder width], or null
   * @param texts instructions and answers
   * @param targets a distribution for each token to be learnt [targets, vocabulary]
   */
  record Batch(INDArray features, @Nullable INDArray kept, TokenBatch texts, INDArray targets) {}
}
