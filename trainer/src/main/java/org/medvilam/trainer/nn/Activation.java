package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The non-linearity of the vision transformer's feed-forward layers. */
public enum Activation {
  /** {@code x sigmoid(1.702 x)}, CLIP's own. */
  QUICK_GELU {
    @Override
    Pass apply(INDArray x) {
      INDArray gate = Ops.sigmoid(x.mul(SLOPE));
      return new Pass(x.mul(gate), dy -> gradient(x, gate, dy));
    }

    private INDArray gradient(INDArray x, INDArray gate, INDArray dy) {
      INDArray slope = gate.rsub(1).muli(x).muli(SLOPE).addi(1).muli(gate);
      return slope.muli(dy);
    }
  },
  /** {@code x Phi(x)} with the normal distribution function. */
  GELU {
    @Override
    Pass apply(INDArray x) {
      INDArray scaled = x.mul(Math.sqrt(0.5));
      INDArray phi = Nd4j.exec(new Erf(scaled, scaled.ulike())).addi(1).muli(0.5);
      return new Pass(x.mul(phi), dy -> gradient(x, phi, dy));
    }

    private INDArray gradient(INDArray x, INDArray phi, INDArray dy) {
      INDArray density =
          Transforms.exp(x.mul(x).muli(-0.5), false).muli(1 / Math.sqrt(2 * Math.PI));
      return density.muli(x).addi(phi).muli(dy);
    }
  };

  private static final double SLOPE = 1.702;

  abstract Pass apply(INDArray x);
}
