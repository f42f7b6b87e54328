package org.medvilam.trainer.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;

/**
 * The tokens of a decoder that comes with a {@code tokenizer.json}.
 *
 * <p>An instruction is encoded with the special tokens that the file puts around a text, but for an
 * end; a line break stands between it and the answer. Coordinates are ordinary text.
 */
public final class HuggingFaceTokens implements TextCodec {
  private static final String FILE = "tokenizer.json";

  /** The library would otherwise report its use where it finds itself in a cloud. */
  private static final String OPT_OUT = "OPT_OUT_TRACKING";

  /** Tokens are made on the CPU; the library would otherwise look for a GPU and say so. */
  private static final String FLAVOUR = "RUST_FLAVOR";

  private final HuggingFaceTokenizer tokenizer;
  private final String fingerprint;
  private final int size;
  private final int end;

  /** The text that each token adds, found when it is first asked for. */
  private @Nullable List<String> texts;

  private HuggingFaceTokens(HuggingFaceTokenizer tokenizer, String fingerprint, int size, int end) {
    this.tokenizer = tokenizer;
    this.fingerprint = fingerprint;
    this.size = size;
    this.end = end;
  }

  /**
   * Opens the tokenizer of a model.
   *
   * @param directory the model's directory
   * @param end the token that ends an answer
   * @throws CheckpointException if there is none or it cannot be used
   */
  public static HuggingFaceTokens open(Path directory, int end) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          "%s has no %s; expected the decoder's tokenizer in that form."
              .formatted(directory, FILE));
    }
    setIfAbsent(OPT_OUT, "true");
    setIfAbsent(FLAVOUR, "cpu");
    int size = size(file);
    try {
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(file, Map.of("padding", "false", "truncation", "false"));
      return new HuggingFaceTokens(tokenizer, CheckpointFiles.sha256(file), size, end);
    } catch (RuntimeException e) {
      throw new CheckpointException(file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Returns one more than the largest token of the file. */
  private static int size(Path file) throws IOException {
    JsonNode root = CheckpointFiles.parseCard(file.toString(), Files.readAllBytes(file));
    int size = 0;
    for (JsonNode token : root.path("model").path("vocab")) {
      size = Math.max(size, token.asInt(0) + 1);
    }
    for (JsonNode token : root.path("added_tokens")) {
      size = Math.max(size, token.path("id").asInt(0) + 1);
    }
    return size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public int[] prompt(String instruction) {
    int[] tokens = tokens(instruction + "\n", true);
    boolean ended = tokens.length > 0 && tokens[tokens.length - 1] == end;
    return ended ? Arrays.copyOf(tokens, tokens.length - 1) : tokens;
  }

  @Override
  public int[] encode(String text) {
    return tokens(text, false);
  }

  private int[] tokens(String text, boolean special) {
    long[] ids = tokenizer.encode(text, special, false).getIds();
    int[] tokens = new int[ids.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = Math.toIntExact(ids[i]);
    }
    return tokens;
  }

  @Override
  public String decode(int[] tokens) {
    return text(tokens).strip();
  }

  private String text(int[] tokens) {
    long[] ids = new long[tokens.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens[i];
    }
    return tokenizer.decode(ids, true);
  }

  @Override
  public Spelling spelling() {
    if (texts == null) {
      texts = texts();
    }
    return new FixedSpelling(texts);
  }

  /**
   * Returns the text that each token adds behind another one; a token alone would lose the blank
   * that some vocabularies write at its start.
   */
  private List<String> texts() {
    int[] pair = Arrays.copyOf(encode("0"), encode("0").length + 1);
    String before = text(Arrays.copyOf(pair, pair.length - 1));
    List<String> all = new ArrayList<>();
    for (int token = 0; token < size; token++) {
      pair[pair.length - 1] = token;
      String both = text(pair);
      all.add(both.startsWith(before) ? both.substring(before.length()) : "");
    }
    return all;
  }

  @Override
  public int end() {
    return end;
  }

  @Override
  public int firstCoordinate() {
    return 0;
  }

  @Override
  public int lastCoordinate() {
    return -1;
  }
}
