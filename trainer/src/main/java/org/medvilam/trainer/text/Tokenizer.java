package org.medvilam.trainer.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Text to tokens and back; {@code decode(encode(x))} is x for every well-formed text x.
 *
 * <p>The vocabulary, in order: end, answer mark and six structure tokens; the coordinates 0 to
 * 1000; the 256 bytes, so that any text can be written; words and parts of words. A box {@code [a,
 * b, c, d]} is five tokens, a polygon {@code <BOS> x,y … <EOS>} two for each vertex and two more.
 * Numbers elsewhere are written in digits.
 */
public final class Tokenizer implements TextCodec {
  /** Ends an answer; also pads a batch. */
  public static final int END = 0;

  /** Stands between instruction and answer. */
  public static final int ANSWER = 1;

  /** The largest coordinate. */
  public static final int LARGEST_COORDINATE = 1000;

  /** The token of coordinate 0; that of coordinate n is n more. */
  public static final int FIRST_COORDINATE = 8;

  static final int BOX = 2;
  static final int LIST = 3;
  static final int LIST_END = 4;
  static final int POLYGON = 5;
  static final int POLYGON_END = 6;
  static final int BOX_COORDINATES = 4;
  private static final int FIRST_BYTE = FIRST_COORDINATE + LARGEST_COORDINATE + 1;
  private static final int FIRST_PIECE = FIRST_BYTE + 256;

  private static final List<String> PUNCTUATION = List.of("; ", ", ", "?", ".");

  private final List<String> pieces;
  private final Map<String, Integer> pieceTokens = new HashMap<>();
  private final int longestPiece;

  private Tokenizer(List<String> pieces) {
    this.pieces = Collections.unmodifiableList(pieces);
    for (String piece : pieces) {
      pieceTokens.put(piece, FIRST_PIECE + pieceTokens.size());
    }
    longestPiece = pieces.stream().mapToInt(String::length).max().orElse(0);
  }

  /** Returns the project's tokenizer. */
  public static Tokenizer standard() {
    List<String> pieces = new ArrayList<>(PUNCTUATION);
    try (InputStream in = Tokenizer.class.getResourceAsStream("pieces.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .forEach(
              line -> {
                String piece = line.substring(line.indexOf(' ') + 1);
                pieces.add(piece);
                if (line.startsWith("word ")) {
                  pieces.add(" " + piece);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Tokenizer(pieces);
  }

  @Override
  public int size() {
    return FIRST_PIECE + pieces.size();
  }

  @Override
  public String fingerprint() {
    CRC32C sum = new CRC32C();
    sum.update(String.join("\n", pieces).getBytes(StandardCharsets.UTF_8));
    return String.format("medvilam-%d-%08x", size(), sum.getValue());
  }

  @Override
  public int[] prompt(String instruction) {
    int[] text = encode(instruction);
    int[] prompt = Arrays.copyOf(text, text.length + 1);
    prompt[text.length] = ANSWER;
    return prompt;
  }

  @Override
  public int end() {
    return END;
  }

  @Override
  public int firstCoordinate() {
    return FIRST_COORDINATE;
  }

  @Override
  public int lastCoordinate() {
    return FIRST_COORDINATE + LARGEST_COORDINATE;
  }

  /** Returns whether a token is a coordinate. */
  public static boolean isCoordinate(int token) {
    return token >= FIRST_COORDINATE && token < FIRST_BYTE;
  }

  /** Turns text into tokens, without {@link #END} or {@link #ANSWER}. */
  @Override
  public int[] encode(String text) {
    Encoding out = new Encoding();
    int at = 0;
    while (at < text.length()) {
      int next = NumberForms.read(text, at, out);
      if (next == at) {
        next = piece(text, at, out);
      }
      at = next;
    }
    return out.tokens();
  }

  private int piece(String text, int at, Encoding out) {
    for (int end = Math.min(text.length(), at + longestPiece); end > at; end--) {
      Integer token = pieceTokens.get(text.substring(at, end));
      if (token != null) {
        out.add(token);
        return end;
      }
    }
    int end = text.offsetByCodePoints(at, 1);
    for (byte b : text.substring(at, end).getBytes(StandardCharsets.UTF_8)) {
      out.add(FIRST_BYTE + (b & 0xFF));
    }
    return end;
  }

  /** Turns tokens into text; {@link #END} and {@link #ANSWER} are left out. */
  @Override
  public String decode(int[] tokens) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    OwnSpelling spelling = new OwnSpelling(this);
    for (int token : tokens) {
      text.writeBytes(spelling.bytes(token));
      spelling.take(token);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public Spelling spelling() {
    return new OwnSpelling(this);
  }

  /** Returns the bytes of a token that is no mark and no coordinate. */
  byte[] plain(int token) {
    return token < FIRST_PIECE
        ? new byte[] {(byte) (token - FIRST_BYTE)}
        : pieces.get(token - FIRST_PIECE).getBytes(StandardCharsets.UTF_8);
  }

  /** A growing list of tokens. */
  static final class Encoding {
    private final List<Integer> tokens = new ArrayList<>();

    void add(int token) {
      tokens.add(token);
    }

    void addCoordinates(List<Integer> coordinates) {
      coordinates.forEach(c -> tokens.add(FIRST_COORDINATE + c));
    }

    int[] tokens() {
      return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
  }
}
