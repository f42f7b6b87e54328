package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A map of rows [m, in] to rows [m, out], each row on its own. */
interface Layer {
  Pass forward(INDArray x);
}
