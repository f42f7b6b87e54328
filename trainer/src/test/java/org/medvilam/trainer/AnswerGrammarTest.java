package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridPoint;
import org.medvilam.records.instruction.AnswerText;
import org.medvilam.trainer.checkpoint.StoredType;
import org.medvilam.trainer.grammar.AnswerGrammar;
import org.medvilam.trainer.nn.Activation;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.RandomTensors;
import org.medvilam.trainer.nn.TensorSource;
import org.medvilam.trainer.nn.TokenChoice;
import org.medvilam.trainer.nn.VisionConfig;
import org.medvilam.trainer.text.HuggingFaceTokens;
import org.medvilam.trainer.text.TextCodec;
import org.medvilam.trainer.text.Tokenizer;
import org.nd4j.linalg.api.buffer.DataType;

/** Answers held to a form, with the project's vocabulary, one of bytes and one of word pieces. */
class AnswerGrammarTest {
  private static final int LIMIT = 450;
  private static final String OUTLINE = "<BOS>" + " 7,1000".repeat(25) + " <EOS>";

  @TempDir static Path folder;
  private static Map<String, TextCodec> codecs;
  private static VisionLanguageModel ownModel;
  private static VisionLanguageModel byteModel;

  @BeforeAll
  static void make() throws Exception {
    TensorSource random = lively();
    ownModel = VisionLanguageModel.of("random", new Network(Tiny.network(), random));
    NetworkConfig shape =
        new NetworkConfig(
            new VisionConfig(8, 4, 3, 16, 2, 2, 24, true, false, Activation.QUICK_GELU, 1e-5),
            new DecoderConfig(HuggingFaceModels.TOKENS + 5, 16, 2, 4, 2, 24, false, 10_000, 1e-5));
    HuggingFaceModels.write(shape, StoredType.F16, folder, random);
    byteModel = VisionLanguageModel.load(folder.resolve("clip"), folder.resolve("llama"));
    codecs =
        Map.of(
            "own", Tokenizer.standard(),
            "bytes", byteModel.codec(),
            "pieces", HuggingFaceTokens.open(pieces(), 2));
  }

  private static TensorSource lively() {
    RandomTensors random = new RandomTensors(9, DataType.FLOAT);
    return (name, initial, shape) ->
        random.tensor(name, initial, shape).muli(name.contains("embed_tokens") ? 20 : 1);
  }

  /** Writes a vocabulary of SentencePiece's kind, some of its pieces across several marks. */
  private static Path pieces() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("version", "1.0");
    ObjectNode model = root.putObject("model").put("type", "BPE").put("byte_fallback", true);
    model.put("unk_token", "<unk>").put("fuse_unk", true);
    ObjectNode vocabulary = model.putObject("vocab");
    model.putArray("merges");
    HuggingFaceModels.specials(root, vocabulary);
    for (int b = 0; b < 256; b++) {
      vocabulary.put("<0x%02X>".formatted(b), vocabulary.size());
    }
    List<String> all =
        List.of("▁", "[", "]", ",", ";", "▁[", "];", "];▁[", ",▁", "▁<", "BOS", ">▁", "Yes", "▁No");
    for (String piece : all) {
      vocabulary.put(piece, vocabulary.size());
    }
    for (int n = 0; n < 1200; n += n < 12 ? 1 : 61) {
      vocabulary.put(Integer.toString(n), vocabulary.size());
    }
    root.putObject("normalizer").put("type", "Replace").put("content", "▁");
    ((ObjectNode) root.path("normalizer")).putObject("pattern").put("String", " ");
    var decoders = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
    decoders.addObject().put("type", "Replace").put("content", " ").putObject("pattern");
    ((ObjectNode) decoders.get(0).path("pattern")).put("String", "▁");
    decoders.addObject().put("type", "ByteFallback");
    decoders.addObject().put("type", "Fuse");
    decoders.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
    Path directory = Files.createDirectories(folder.resolve("pieces"));
    mapper.writeValue(directory.resolve("tokenizer.json").toFile(), root);
    return directory;
  }

  @Test
  void testEveryAnswerOfARandomProjectionParses() {
    for (VisionLanguageModel base : List.of(ownModel, byteModel)) {
      int loose = 0;
      for (int seed = 0; seed < 2; seed++) {
        VisionLanguageModel model = base.withRandomProjection(seed);
        float[] pixels = pixels(base.inputSize(), seed);
        loose += isBoxes(model.answer(pixels, "Where is it?")) ? 0 : 1;
        assertThat(model.answer(pixels, "Where is it?", AnswerGrammar.boxes()))
            .matches(AnswerGrammarTest::isBoxes, "boxes");
        assertThat(model.answer(pixels, "Outline it.", AnswerGrammar.outlines(25)))
            .matches(AnswerGrammarTest::isOutlines, "outlines of 25 points");
        assertThat(model.answer(pixels, "Is it there?", AnswerGrammar.yesNo())).isIn("Yes", "No");
      }
      assertThat(loose).as("answers of a random model that are no boxes").isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "bytes", "pieces"})
  void testRandomScoresGiveWholeAnswers(String name) {
    TextCodec codec = codecs.get(name);
    for (int seed = 0; seed < 6; seed++) {
      String boxes = random(codec, AnswerGrammar.boxes(), seed);
      assertThat(boxes).matches(AnswerGrammarTest::isBoxes, "boxes");
      String outlines = random(codec, AnswerGrammar.outlines(25), seed);
      assertThat(outlines).matches(AnswerGrammarTest::isOutlines, "outlines of 25 points");
      assertThat(random(codec, AnswerGrammar.points(), seed))
          .matches("\\[\\d+, \\d+\\](; \\[\\d+, \\d+\\])*");
      assertThat(random(codec, AnswerGrammar.yesNo(), seed)).isIn("Yes", "No");
    }
  }

  private static String random(TextCodec codec, AnswerGrammar form, int seed) {
    Random random = new Random(seed);
    TokenChoice choice = form.choice(codec, LIMIT);
    List<Integer> tokens = new ArrayList<>();
    while (tokens.size() < LIMIT) {
      float[] scores = new float[codec.size() + 3];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextFloat();
      }
      int token = choice.next(scores);
      if (token == codec.end()) {
        break;
      }
      tokens.add(token);
    }
    return codec.decode(tokens.stream().mapToInt(Integer::intValue).toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "bytes", "pieces"})
  void testAnswersInTheirFormStayAsTheyAre(String name) {
    TextCodec codec = codecs.get(name);
    for (String boxes : List.of("[0, 0, 1000, 1000]", "[1, 2, 1, 20]; [215, 193, 821, 773]")) {
      follows(codec, AnswerGrammar.boxes(), codec.encode(boxes));
      follows(codec, AnswerGrammar.free(), codec.encode(boxes));
    }
    follows(codec, AnswerGrammar.outlines(25), codec.encode(OUTLINE + " " + OUTLINE));
    follows(codec, AnswerGrammar.yesNo(), codec.encode("Yes"));
    if (!name.equals("own")) {
      follows(codec, AnswerGrammar.boxes(), codec.encode(" [10, 11, 12, 73]"));
    }
  }

  /** Scores the given tokens highest, one after the other, and expects them to be chosen. */
  private static void follows(TextCodec codec, AnswerGrammar form, int[] tokens) {
    TokenChoice choice = form.choice(codec, 160 + form.longestItem());
    int[] all = Arrays.copyOf(tokens, Math.min(tokens.length, 160) + 1);
    if (tokens.length < all.length) {
      all[tokens.length] = codec.end();
    }
    for (int i = 0; i < all.length; i++) {
      float[] scores = new float[codec.size()];
      scores[all[i]] = 1;
      assertThat(choice.next(scores)).as("%d", i).isEqualTo(all[i]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[500, 0, 499, 9] | [500, 0, 1",
        "[500, 600, 501, 59] | [500, 600, 501, 1",
        "[1001, 1, 1, 1] | [1000",
        "[01, 1, 1, 1] | [0,",
        "[1, 2, 3] | [1, 2, 30",
        "[1,2, 3, 4] | '[1, '",
        "about [1, 2, 3, 4] | ' '"
      })
  void testWhatLeavesTheFormIsPassedOver(String wanted, String got) {
    TextCodec codec = codecs.get("bytes");
    TokenChoice choice = AnswerGrammar.boxes().choice(codec, LIMIT);
    StringBuilder written = new StringBuilder();
    int[] tokens = codec.encode(wanted);
    for (int i = 0; i < tokens.length && wanted.startsWith(written.toString()); i++) {
      float[] scores = new float[codec.size()];
      for (char c = '0'; c <= '9'; c++) {
        scores[codec.encode(Character.toString(c))[0]] = 0.5f;
      }
      scores[tokens[i]] = 1;
      int token = choice.next(scores);
      written.append(token == codec.encode(" ")[0] ? " " : codec.decode(new int[] {token}));
    }
    assertThat(written).hasToString(got);
  }

  private static boolean isBoxes(String answer) {
    List<GridBox> boxes = AnswerText.parseBoxes(answer).orElse(List.of());
    return !boxes.isEmpty()
        && AnswerText.boxes(boxes).equals(answer)
        && boxes.stream().allMatch(b -> b.x1() <= b.x2() && b.y1() <= b.y2());
  }

  private static boolean isOutlines(String answer) {
    List<List<GridPoint>> outlines = AnswerText.parseOutlines(answer).orElse(List.of());
    return !outlines.isEmpty()
        && AnswerText.outlines(outlines).equals(answer)
        && outlines.stream().allMatch(o -> o.size() == 25);
  }

  private static float[] pixels(int size, int seed) {
    Random random = new Random(seed);
    float[] pixels = new float[size * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return pixels;
  }
}
