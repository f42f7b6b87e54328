package org.medvilam.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.checkpoint.Safetensors;
import org.medvilam.trainer.grammar.AnswerGrammar;
import org.medvilam.trainer.nn.Inference;
import org.medvilam.trainer.nn.LoraConfig;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.Parameter;
import org.medvilam.trainer.nn.RandomTensors;
import org.medvilam.trainer.nn.TensorSource;
import org.medvilam.trainer.nn.TokenChoice;
import org.medvilam.trainer.nn.VisionConfig;
import org.medvilam.trainer.text.TextCodec;
import org.medvilam.trainer.text.Tokenizer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A base, with its own projection or a fine-tuned one, that answers instructions about pictures.
 *
 * <pre>{@code
 * VisionLanguageModel model =
 *     VisionLanguageModel.builtIn("medvilam-tiny").withCheckpoint(Path.of("checkpoint"));
 * String answer = model.answer(pixels, "Where is the lesion in this image?");
 * }</pre>
 *
 * <p>Several threads may use it at once. What an engine holds for it is freed by {@link #close()}.
 */
public final class VisionLanguageModel implements AutoCloseable {
  /** The name of the base that ships with the project. */
  public static final String TINY = "medvilam-tiny";

  private static final int LONGEST_ANSWER = 160;

  private final String name;
  private final String baseSha256;
  private final Network network;
  private final TextCodec codec;
  private final Engine engine;
  private @Nullable Inference inference;

  private VisionLanguageModel(
      String name, String baseSha256, Network network, TextCodec codec, Engine engine) {
    this.name = name;
    this.baseSha256 = baseSha256;
    this.network = network;
    this.codec = codec;
    this.engine = engine;
  }

  /**
   * Loads a base from its directory.
   *
   * @throws CheckpointException if the directory is no finished base of this project
   */
  public static VisionLanguageModel load(Path base) throws IOException {
    JsonNode card = CheckpointFiles.readCard(base);
    Path weights = base.resolve(CheckpointFiles.WEIGHTS);
    try (Safetensors tensors = Safetensors.open(weights)) {
      return of(base.toString(), card, tensors, CheckpointFiles.sha256(weights));
    }
  }

  /**
   * Loads a base that ships with the project.
   *
   * @param name {@value #TINY}
   * @throws CheckpointException if there is none of that name
   */
  public static VisionLanguageModel builtIn(String name) throws IOException {
    byte[] card = resource(name, CheckpointFiles.CARD);
    byte[] weights = resource(name, CheckpointFiles.WEIGHTS);
    Safetensors tensors = Safetensors.of("built-in " + name, weights);
    return of(
        "built-in " + name,
        CheckpointFiles.parseCard("The card of " + name, card),
        tensors,
        CheckpointFiles.sha256(weights));
  }

  private static byte[] resource(String name, String file) throws IOException {
    String path = "bases/" + name + "/" + file;
    try (InputStream in = VisionLanguageModel.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new CheckpointException(
            "There is no built-in base " + name + "; this version ships " + TINY + ".");
      }
      return in.readAllBytes();
    }
  }

  private static VisionLanguageModel of(
      String origin, JsonNode card, Safetensors tensors, String sha256) {
    Network network = new Network(config(origin, card), stored(tensors));
    return of(card.path("name").asText(), sha256, network, Tokenizer.standard());
  }

  /** Returns the shape of a base's vision encoder, as its card says. */
  public static VisionConfig visionOf(Path base) throws IOException {
    return config(base.toString(), CheckpointFiles.readCard(base)).vision();
  }

  /** Returns the shape of the vision encoder of a base that ships with the project. */
  public static VisionConfig visionOfBuiltIn(String name) throws IOException {
    byte[] card = resource(name, CheckpointFiles.CARD);
    return config(name, CheckpointFiles.parseCard("The card of " + name, card)).vision();
  }

  /** Returns the shape of CLIP's vision tower in Hugging Face's layout. */
  public static VisionConfig visionOfClip(Path clip) throws IOException {
    return TowerConfigs.clip(clip);
  }

  private static NetworkConfig config(String origin, JsonNode card) {
    PretrainingState.checkEnded(origin, card);
    if (!card.path("kind").asText().equals("base")) {
      throw new CheckpointException(
          origin + " is not a base: its card says kind \"" + card.path("kind").asText() + "\".");
    }
    String tokenizer = card.path("tokenizer").asText();
    String own = Tokenizer.standard().fingerprint();
    if (!tokenizer.equals(own)) {
      throw new CheckpointException(
          String.format(
              "%s was trained with the vocabulary %s, but this version writes %s;"
                  + " use the version that made it, or pre-train again.",
              origin, tokenizer.isEmpty() ? "of no name" : tokenizer, own));
    }
    try {
      return new ObjectMapper().treeToValue(card.path("network"), NetworkConfig.class);
    } catch (IOException | IllegalArgumentException e) {
      throw new CheckpointException(origin + " has a card without a usable network shape.", e);
    }
  }

  private static TensorSource stored(Safetensors tensors) {
    return (name, initial, shape) -> Nd4j.create(tensors.read(name, shape), shape, 'c');
  }

  /**
   * Returns a model with the same tensors but for those that a fine-tuned checkpoint holds.
   *
   * @throws CheckpointException if the checkpoint belongs to another base
   */
  public VisionLanguageModel withCheckpoint(Path checkpoint) throws IOException {
    JsonNode card = CheckpointFiles.readCard(checkpoint);
    PretrainingState.checkEnded(checkpoint.toString(), card);
    String wanted = card.path("base").path("sha256").asText();
    if (!wanted.equals(baseSha256)) {
      throw new CheckpointException(
          String.format(
              "%s was fine-tuned on %s (SHA-256 %.12s…), not on %s (SHA-256 %.12s…).",
              checkpoint,
              card.path("base").path("name").asText("no base"),
              wanted,
              name,
              baseSha256));
    }
    CheckpointFiles.checkSums(checkpoint, card);
    try (Safetensors tensors = Safetensors.open(checkpoint.resolve(CheckpointFiles.WEIGHTS))) {
      Trained trained = Trained.of(card);
      VisionLanguageModel tuned = with(trained.lora(), trained::includes, stored(tensors));
      Set<String> more = new TreeSet<>(tensors.names());
      more.removeIf(tensor -> trained.includes(tensor) && tuned.tensors().containsKey(tensor));
      if (!more.isEmpty()) {
        throw new CheckpointException(
            "%s holds %s, which is no part of what its card says was trained (%s)."
                .formatted(checkpoint, more.iterator().next(), trained.part()));
      }
      return tuned;
    }
  }

  /** Returns a model whose tensors of some names, and its additions, come from elsewhere. */
  private VisionLanguageModel with(LoraConfig lora, Predicate<String> names, TensorSource source) {
    TensorSource mixed =
        (tensor, initial, shape) ->
            names.test(tensor)
                ? source.tensor(tensor, initial, shape)
                : network.parameters().get(tensor).value();
    Network other = new Network(network.config(), mixed, lora);
    return new VisionLanguageModel(name, baseSha256, other, codec, engine);
  }

  /**
   * Returns a model with the same tensors and its own copies of those to be trained.
   *
   * @param seed decides how low-rank additions start; they change nothing at first
   */
  VisionLanguageModel withOwn(Trained trained, long seed) {
    RandomTensors random = new RandomTensors(seed, DataType.FLOAT);
    return with(
        trained.lora(),
        trained::includes,
        (tensor, initial, shape) -> {
          Parameter known = network.parameters().get(tensor);
          return known == null ? random.tensor(tensor, initial, shape) : known.value().dup('c');
        });
  }

  /**
   * Returns a model with the same tensors whose features and answers another engine computes than
   * {@link Engine#AUTO}.
   */
  public VisionLanguageModel withEngine(Engine value) {
    return new VisionLanguageModel(name, baseSha256, network, codec, value);
  }

  /** Returns a model with the same frozen towers and a random projection, to compare with. */
  public VisionLanguageModel withRandomProjection(long seed) {
    return with(
        network.lora(), Trained.projection()::includes, new RandomTensors(seed, DataType.FLOAT));
  }

  /**
   * Puts a base together from models in Hugging Face's layout ({@code config.json}, safetensors in
   * one or several files, {@code tokenizer.json}): the vision tower of CLIP, a random projection,
   * and a decoder of LLaMA's kind.
   *
   * <p>The base's SHA-256 covers every tensor, both shapes and the tokenizer.
   *
   * @param clip the directory of CLIP
   * @param llama the directory of the decoder
   * @throws CheckpointException if a file or tensor is missing or has another shape, or the
   *     tokenizer is not the decoder's
   */
  public static VisionLanguageModel load(Path clip, Path llama) throws IOException {
    return Towers.load(clip, llama);
  }

  static VisionLanguageModel of(String name, String sum, Network network, TextCodec codec) {
    return new VisionLanguageModel(name, sum, network, codec, Engine.AUTO);
  }

  /** Wraps a network that is being trained. */
  static VisionLanguageModel of(String name, Network network) {
    return of(name, "", network, Tokenizer.standard());
  }

  /**
   * Answers an instruction about a picture, taking the likeliest token each time.
   *
   * @param grayPixels the picture, row-major, {@link #inputSize()} squared values 0..1
   * @param instruction the instruction
   * @return the answer's text
   */
  public String answer(float[] grayPixels, String instruction) {
    return answer(grayPixels, instruction, AnswerGrammar.free());
  }

  /**
   * Answers an instruction about a picture, taking the likeliest token each time that keeps the
   * answer within a form. An answer that keeps it anyway stays as it is.
   *
   * @param grayPixels the picture, row-major, {@link #inputSize()} squared values 0..1
   * @param instruction the instruction
   * @param form the form of the answer
   * @return the answer's text
   */
  public String answer(float[] grayPixels, String instruction, AnswerGrammar form) {
    return see(grayPixels).answer(instruction, form);
  }

  /**
   * Looks at a picture once, for several questions.
   *
   * @param grayPixels the picture, row-major, {@link #inputSize()} squared values 0..1
   */
  public Seen see(float[] grayPixels) {
    return new Seen(inference().encode(grayPixels));
  }

  /** A picture that the model has looked at. */
  public final class Seen {
    private final float[] features;

    private Seen(float[] features) {
      this.features = features;
    }

    /** Answers as {@link VisionLanguageModel#answer(float[], String, AnswerGrammar)} does. */
    public String answer(String instruction, AnswerGrammar form) {
      int limit = LONGEST_ANSWER + form.longestItem();
      TokenChoice choice = form.choice(codec, limit);
      int[] prompt = codec.prompt(instruction);
      return codec.decode(inference().generate(features, prompt, codec.end(), limit, choice));
    }
  }

  /** Tells whether several threads that ask it at once are answered sooner. */
  public boolean isParallel() {
    return inference().isParallel();
  }

  /** Returns the base's name. */
  public String name() {
    return name;
  }

  /** Returns the SHA-256 of the base's weights file, in hexadecimal. */
  public String baseSha256() {
    return baseSha256;
  }

  /** Returns the side of a picture in pixels. */
  public int inputSize() {
    return network.config().vision().imageSize();
  }

  /** Returns the number of values in the features of a picture. */
  public int featureValues() {
    return network.config().vision().patches() * network.config().vision().width();
  }

  /** Returns what computes features and answers, made when it is first asked for. */
  synchronized Inference inference() {
    if (inference == null) {
      inference = engine.chosen().inference(network);
    }
    return inference;
  }

  /** Frees what the engine holds; the tensors stay, and the model may be used again. */
  @Override
  public synchronized void close() {
    if (inference != null) {
      inference.close();
      inference = null;
    }
  }

  /** Returns the network. */
  public Network network() {
    return network;
  }

  TextCodec codec() {
    return codec;
  }

  /** Returns all tensors by name. */
  Map<String, INDArray> tensors() {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters().values()) {
      tensors.put(parameter.name(), parameter.value());
    }
    return tensors;
  }
}
