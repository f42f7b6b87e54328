package org.medvilam.trainer.nn;

import java.util.ArrayList;
import java.util.List;
import org.medvilam.trainer.nn.TensorSource.Initial;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The language decoder: image tokens, then text, to the next token's scores. */
final class Decoder {
  static final String PREFIX = "language_model.";

  private final DecoderConfig config;
  private final Parameter embedding;
  private final List<Block> blocks = new ArrayList<>();
  private final RmsNorm norm;
  private final Linear head;

  Decoder(DecoderConfig config, LoraConfig lora, Builder builder) {
    this.config = config;
    String model = PREFIX + "model.";
    embedding =
        builder.parameter(
            model + "embed_tokens.weight", Initial.TABLE, config.vocabulary(), config.width());
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(block(builder, lora, model + "layers." + i + "."));
    }
    norm = builder.rmsNorm(model + "norm", config.width(), config.epsilon());
    head =
        config.tiedHead()
            ? new Linear(embedding, null)
            : builder.linear(PREFIX + "lm_head", config.vocabulary(), config.width(), false);
  }

  private Block block(Builder builder, LoraConfig lora, String name) {
    int width = config.width();
    int keyWidth = config.keyValueHeads() * config.headWidth();
    Attention attention =
        new Attention(
            builder.linear(name + "self_attn.q_proj", width, width, lora),
            builder.linear(name + "self_attn.k_proj", keyWidth, width, false),
            builder.linear(name + "self_attn.v_proj", keyWidth, width, lora),
            builder.linear(name + "self_attn.o_proj", width, width, false),
            config.heads(),
            config.keyValueHeads(),
            config.headWidth());
    return new Block(
        builder.rmsNorm(name + "input_layernorm", width, config.epsilon()),
        attention,
        builder.rmsNorm(name + "post_attention_layernorm", width, config.epsilon()),
        new SwiGlu(
            builder.linear(name + "mlp.gate_proj", config.hidden(), width, false),
            builder.linear(name + "mlp.up_proj", config.hidden(), width, false),
            builder.linear(name + "mlp.down_proj", width, config.hidden(), false)));
  }

  /**
   * Scores the answer tokens of a batch.
   *
   * @param images projected image tokens [batch * images, width]
   * @param batch the texts
   * @return scores [targets, vocabulary]; backward gives the gradient of {@code images}
   */
  Pass forward(INDArray images, TokenBatch batch) {
    int count = Math.toIntExact(images.rows() / batch.size());
    int[] tokens = batch.padded(0);
    Span span = new Span(batch.size(), count + batch.longest());
    Places places = Places.causal(span, config, images.dataType());
    INDArray x = assemble(images, embed(tokens), span, count);
    List<Pass> passes = new ArrayList<>();
    for (Block block : blocks) {
      Pass pass = block.forward(x, places, null);
      passes.add(pass);
      x = pass.output();
    }
    int[] rows = batch.targetRows(count);
    Pass normed = norm.forward(Ops.gatherRows(x, rows));
    Pass scored = head.forward(normed.output());
    return new Pass(
        scored.output(),
        dy -> {
          INDArray dx = Ops.zeros(dy.dataType(), span.rows(), config.width());
          Ops.scatterAddRows(dx, rows, normed.backward(scored.backward(dy)));
          for (int i = passes.size() - 1; i >= 0; i--) {
            dx = passes.get(i).backward(dx);
          }
          if (embedding.trainable()) {
            Ops.scatterAddRows(embedding.gradient(), tokens, part(dx, span, count, false));
          }
          return part(dx, span, count, true);
        });
  }

  private INDArray assemble(INDArray images, INDArray texts, Span span, int count) {
    INDArray x = Ops.uninitialised(images.dataType(), span.batch(), span.length(), config.width());
    view(x, 0, count).assign(images.reshape('c', span.batch(), count, config.width()));
    view(x, count, span.length())
        .assign(texts.reshape('c', span.batch(), span.length() - count, config.width()));
    return x.reshape('c', span.rows(), config.width());
  }

  private INDArray part(INDArray dx, Span span, int count, boolean image) {
    INDArray all = dx.reshape('c', span.batch(), span.length(), config.width());
    INDArray part = image ? view(all, 0, count) : view(all, count, span.length());
    return part.dup('c').reshape('c', part.size(0) * part.size(1), config.width());
  }

  private static INDArray view(INDArray x, int from, int to) {
    return x.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  KeyValueCache newCache() {
    return new KeyValueCache(blocks.size());
  }

  INDArray embed(int... tokens) {
    return Ops.gatherRows(embedding.value(), tokens).castTo(norm.type());
  }

  /**
   * Reads further rows of one sequence.
   *
   * @param rows [length, width], positions offset to offset + length - 1
   * @param offset the rows read before; several rows at once need an offset of zero
   * @param cache what was read before, extended by this call
   * @return the scores of the token after the last row [1, vocabulary]
   */
  INDArray read(INDArray rows, int offset, KeyValueCache cache) {
    int length = Math.toIntExact(rows.rows());
    Places places = Places.causal(new Span(1, length, offset), config, rows.dataType());
    INDArray x = rows;
    for (int i = 0; i < blocks.size(); i++) {
      x = blocks.get(i).forward(x, places, cache.entry(i)).output();
    }
    INDArray last = Ops.gatherRows(x, new int[] {length - 1});
    return head.forward(norm.forward(last).output()).output();
  }
}
