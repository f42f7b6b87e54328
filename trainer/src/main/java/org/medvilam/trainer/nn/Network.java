package org.medvilam.trainer.nn;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Vision encoder, projection and language decoder in one: {@code [projected image tokens]
 * [instruction tokens] [answer tokens]}.
 *
 * <p>Not safe for use by several threads while training.
 */
public final class Network {
  /** The names of all tensors of the projection begin so. */
  public static final String PROJECTION = "multi_modal_projector.linear";

  private final NetworkConfig config;
  private final LoraConfig lora;
  private final VisionEncoder encoder;
  private final Linear projection;
  private final Decoder decoder;
  private final Map<String, Parameter> parameters;

  /**
   * Puts a network together.
   *
   * @param config its shape
   * @param source where its tensors come from
   */
  public Network(NetworkConfig config, TensorSource source) {
    this(config, source, LoraConfig.NONE);
  }

  /**
   * Puts a network together with low-rank additions to its decoder.
   *
   * @param config its shape
   * @param source where its tensors come from, those of the additions too
   * @param lora the additions
   */
  public Network(NetworkConfig config, TensorSource source, LoraConfig lora) {
    this.config = config;
    this.lora = lora;
    Builder builder = new Builder(source);
    encoder = new VisionEncoder(config.vision(), builder);
    projection =
        builder.linear(PROJECTION, config.decoder().width(), config.vision().width(), true);
    decoder = new Decoder(config.decoder(), lora, builder);
    parameters = Collections.unmodifiableMap(builder.parameters());
  }

  /** Returns the shape. */
  public NetworkConfig config() {
    return config;
  }

  /** Returns the low-rank additions to the decoder. */
  public LoraConfig lora() {
    return lora;
  }

  /** Tells whether a tensor is the weight of one of the decoder's norms, by its name. */
  public static boolean isDecoderNorm(String tensor) {
    return tensor.startsWith(Decoder.PREFIX) && tensor.endsWith("norm.weight");
  }

  /** Tells whether a tensor is the vision encoder's, by its name. */
  public static boolean isEncoder(String tensor) {
    return tensor.startsWith(VisionEncoder.PREFIX);
  }

  /** Returns all tensors by name, in a fixed order. */
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Returns the bytes of all tensors, as they are kept. */
  public long bytes() {
    return parameters.values().stream().mapToLong(Parameter::bytes).sum();
  }

  /** Gives a gradient to the tensors whose name passes, and freezes all others. */
  public void train(Predicate<String> names) {
    parameters.values().forEach(p -> p.setTrainable(names.test(p.name())));
  }

  /** Sets every gradient to zero. */
  public void clearGradients() {
    for (Parameter parameter : parameters.values()) {
      if (parameter.trainable()) {
        parameter.gradient().assign(0);
      }
    }
  }

  /**
   * Computes the encoder's features of pictures.
   *
   * @param pictures row-major pixels of each, values 0..1
   * @return features [pictures * patches, vision width] with their backward pass
   */
  public Encoded encode(float[][] pictures) {
    INDArray like = parameters.get(PROJECTION + ".bias").value();
    long[] shape = {
      (long) pictures.length * config.vision().patches(), config.vision().patchValues()
    };
    INDArray patches =
        Nd4j.create(Patches.of(config.vision(), pictures), shape, 'c').castTo(like.dataType());
    if (!encoderTrains()) {
      return new Encoded(encoder.features(patches), dy -> null);
    }
    Pass pass = encoder.forward(patches);
    return new Encoded(pass.output(), pass.backward());
  }

  /** Projects features [rows, vision width] to image tokens [rows, decoder width]. */
  public Encoded project(INDArray features) {
    Pass pass = projection.forward(features);
    return new Encoded(
        pass.output(),
        dy -> {
          if (encoderTrains()) {
            return pass.backward(dy);
          }
          projection.accumulate(features, dy);
          return null;
        });
  }

  /** Scores the answer tokens of a batch: [targets, vocabulary]. */
  public Encoded score(INDArray imageTokens, TokenBatch batch) {
    Pass pass = decoder.forward(imageTokens, batch);
    return new Encoded(pass.output(), pass.backward());
  }

  private boolean encoderTrains() {
    return parameters.values().stream().anyMatch(p -> p.trainable() && isEncoder(p.name()));
  }

  /**
   * Writes the likeliest continuation, token by token.
   *
   * @param imageTokens one picture's projected tokens [patches, decoder width]
   * @param instruction the instruction's tokens
   * @param end the token that ends an answer
   * @param limit the most tokens to write
   * @return the tokens before {@code end}
   */
  public int[] generate(INDArray imageTokens, int[] instruction, int end, int limit) {
    return generate(imageTokens, instruction, end, limit, TokenChoice.likeliest());
  }

  /**
   * Writes a continuation, token by token.
   *
   * @param imageTokens one picture's projected tokens [patches, decoder width]
   * @param instruction the instruction's tokens
   * @param end the token that ends an answer
   * @param limit the most tokens to write
   * @param choice picks each token
   * @return the tokens before {@code end}
   */
  public int[] generate(
      INDArray imageTokens, int[] instruction, int end, int limit, TokenChoice choice) {
    KeyValueCache cache = decoder.newCache();
    INDArray rows =
        instruction.length == 0
            ? imageTokens
            : Nd4j.concat(0, imageTokens, decoder.embed(instruction));
    int position = 0;
    int[] answer = new int[limit];
    for (int n = 0; n < limit; n++) {
      INDArray scores = decoder.read(rows, position, cache).reshape(config.decoder().vocabulary());
      position += Math.toIntExact(rows.rows());
      int token = choice.next(scores.toFloatVector());
      if (token == end) {
        return Arrays.copyOf(answer, n);
      }
      answer[n] = token;
      rows = decoder.embed(token);
    }
    return answer;
  }

  /**
   * The output of a part of the network, and its backward pass.
   *
   * @param output the rows
   * @param backward from the output's gradient to the input's (null where nothing below trains)
   */
  public record Encoded(INDArray output, UnaryOperator<INDArray> backward) {
    /** Runs the backward pass. */
    public INDArray backward(INDArray gradient) {
      return backward.apply(gradient);
    }
  }
}
