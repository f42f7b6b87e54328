package org.medvilam.trainer.nn;

import java.util.ArrayList;
import java.util.List;
import org.medvilam.trainer.nn.TensorSource.Initial;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The vision transformer: pictures to one feature a patch. */
final class VisionEncoder {
  static final String PREFIX = "vision_tower.vision_model.";

  private final VisionConfig config;
  private final Linear patchEmbedding;
  private final Parameter classEmbedding;
  private final Parameter positions;
  private final LayerNorm before;
  private final List<Block> blocks = new ArrayList<>();
  private final LayerNorm after;

  VisionEncoder(VisionConfig config, Builder builder) {
    this.config = config;
    int width = config.width();
    int rows = rows();
    patchEmbedding =
        builder.linear(PREFIX + "embeddings.patch_embedding", width, config.patchValues(), false);
    classEmbedding =
        config.classToken()
            ? builder.parameter(PREFIX + "embeddings.class_embedding", Initial.TABLE, width)
            : null;
    positions =
        builder.parameter(
            PREFIX + "embeddings.position_embedding.weight", Initial.TABLE, rows, width);
    before = builder.layerNorm(PREFIX + "pre_layrnorm", width, config.epsilon());
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(block(builder, PREFIX + "encoder.layers." + i + "."));
    }
    after = builder.layerNorm(PREFIX + "post_layernorm", width, config.epsilon());
  }

  private Block block(Builder builder, String name) {
    int width = config.width();
    Attention attention =
        new Attention(
            builder.linear(name + "self_attn.q_proj", width, width, true),
            builder.linear(name + "self_attn.k_proj", width, width, true),
            builder.linear(name + "self_attn.v_proj", width, width, true),
            builder.linear(name + "self_attn.out_proj", width, width, true),
            config.heads(),
            config.heads(),
            width / config.heads());
    return new Block(
        builder.layerNorm(name + "layer_norm1", width, config.epsilon()),
        attention,
        builder.layerNorm(name + "layer_norm2", width, config.epsilon()),
        new Mlp(
            builder.linear(name + "mlp.fc1", config.hidden(), width, true),
            config.activation(),
            builder.linear(name + "mlp.fc2", width, config.hidden(), true)));
  }

  private int rows() {
    return config.patches() + (config.classToken() ? 1 : 0);
  }

  /**
   * Computes the features of pictures.
   *
   * @param patches [batch * patches, patchValues]
   * @return features [batch * patches, width]; the gradient of the input is not computed and the
   *     backward pass gives null
   */
  Pass forward(INDArray patches) {
    int batch = Math.toIntExact(patches.rows() / config.patches());
    Span span = new Span(batch, rows());
    INDArray embedded = patchEmbedding.forward(patches).output();
    INDArray x = withPositions(embedded, batch);
    Pass pass = before.forward(x);
    List<Pass> passes = new ArrayList<>(List.of(pass));
    for (Block block : blocks) {
      pass = block.forward(pass.output(), Places.open(span), null);
      passes.add(pass);
    }
    Pass last = after.forward(pass.output());
    return new Pass(
        withoutClassToken(last.output(), batch),
        dy -> {
          INDArray dx = last.backward(intoClassLayout(dy, batch));
          for (int i = passes.size() - 1; i >= 0; i--) {
            dx = passes.get(i).backward(dx);
          }
          embeddingGradients(dx, patches, batch);
          return null;
        });
  }

  /**
   * Computes the same features without what a backward pass needs: a block's arrays are dropped
   * before the next block's are made.
   */
  INDArray features(INDArray patches) {
    int batch = Math.toIntExact(patches.rows() / config.patches());
    Span span = new Span(batch, rows());
    INDArray x =
        before.forward(withPositions(patchEmbedding.forward(patches).output(), batch)).output();
    for (Block block : blocks) {
      INDArray in = x;
      INDArray out = Ops.uninitialised(x.dataType(), x.shape());
      x =
          Scratch.run(
              "encoder block",
              () -> {
                out.assign(block.forward(in, Places.open(span), null).output());
                return out;
              });
    }
    return withoutClassToken(after.forward(x).output(), batch);
  }

  private INDArray withPositions(INDArray embedded, int batch) {
    INDArray x = embedded;
    if (classEmbedding != null) {
      INDArray all = Ops.uninitialised(x.dataType(), batch, rows(), config.width());
      for (int b = 0; b < batch; b++) {
        all.slice(b).getRow(0).assign(classEmbedding.value());
      }
      patchRows(all).assign(x.reshape('c', batch, config.patches(), config.width()));
      x = all;
    }
    long values = (long) rows() * config.width();
    return x.reshape('c', batch, values)
        .addRowVector(positions.value().reshape(values))
        .reshape('c', (long) batch * rows(), config.width());
  }

  private INDArray patchRows(INDArray all) {
    int first = config.classToken() ? 1 : 0;
    return all.get(NDArrayIndex.all(), NDArrayIndex.interval(first, rows()), NDArrayIndex.all());
  }

  private INDArray withoutClassToken(INDArray x, int batch) {
    if (classEmbedding == null) {
      return x;
    }
    return patchRows(x.reshape('c', batch, rows(), config.width()))
        .dup('c')
        .reshape('c', (long) batch * config.patches(), config.width());
  }

  private INDArray intoClassLayout(INDArray dy, int batch) {
    if (classEmbedding == null) {
      return dy;
    }
    INDArray all = Ops.zeros(dy.dataType(), batch, rows(), config.width());
    patchRows(all).assign(dy.reshape('c', batch, config.patches(), config.width()));
    return all.reshape('c', (long) batch * rows(), config.width());
  }

  private void embeddingGradients(INDArray dx, INDArray patches, int batch) {
    if (positions.trainable()) {
      INDArray sum = dx.reshape('c', batch, (long) rows() * config.width()).sum(0);
      positions.gradient().addi(sum.reshape('c', rows(), config.width()));
    }
    if (classEmbedding != null && classEmbedding.trainable()) {
      INDArray first =
          dx.reshape('c', batch, rows(), config.width())
              .get(NDArrayIndex.all(), NDArrayIndex.point(0), NDArrayIndex.all());
      classEmbedding.gradient().addi(first.reshape('c', batch, config.width()).sum(0));
    }
    patchEmbedding.accumulate(patches, withoutClassToken(dx, batch));
  }
}
