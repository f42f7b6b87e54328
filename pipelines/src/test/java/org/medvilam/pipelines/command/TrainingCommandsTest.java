package org.medvilam.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;

/** 'encode' and 'finetune' as a user runs them, on a conversion of phantoms. */
class TrainingCommandsTest {
  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void convert() throws IOException {
    run = folder.resolve("run");
    convert(folder.resolve("data"), 12, run);
  }

  private static void convert(Path data, int pictures, Path output) throws IOException {
    Catalogue.find("busi").orElseThrow().draw(new PhantomRequest(data, pictures, 1));
    int code =
        Medvilam.run(
            "convert",
            "--dataset=busi",
            "--input=" + data,
            "--output=" + output,
            "--tasks=localization");
    assertThat(code).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink"})
  void encodedFeaturesTrainToTheBitsOfComputedOnes(String runner) throws IOException {
    Path features = folder.resolve("features-" + runner);
    Said said = say("encode", "--input=" + run, "--output=" + features, "--runner=" + runner);
    assertThat(said.code).as(said.text).isZero();
    assertThat(said.text).contains("+ 0 rejected");
    Path stored = folder.resolve("stored-" + runner);
    Path computed = folder.resolve("computed-" + runner);
    assertThat(tune(run, stored, "--steps=2", "--features=" + features).code).isZero();
    assertThat(tune(run, computed, "--steps=2", "--views=1").code).isZero();
    Path weights = Path.of("model.safetensors");
    assertThat(Files.mismatch(stored.resolve(weights), computed.resolve(weights))).isEqualTo(-1);
  }

  @Test
  void encodeGoesOnWhereItWasBrokenOff() throws IOException {
    Path whole = folder.resolve("features-whole");
    assertThat(say("encode", "--input=" + run, "--output=" + whole).code).isZero();
    Path broken = folder.resolve("features-broken");
    Said none = say("encode", "--input=" + run, "--output=" + broken, "--resume");
    assertThat(none.code).as(none.text).isZero();
    Said again = say("encode", "--input=" + run, "--output=" + broken, "--resume");
    assertThat(again.code).isEqualTo(ExitCode.USAGE);
    assertThat(again.text).contains("found a finished one");
    Path features = Path.of("features/features-00000.safetensors");
    assertThat(Files.mismatch(whole.resolve(features), broken.resolve(features))).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convert --dataset busi --input in",
        "encode --input run",
        "finetune --train run",
        "pretrain"
      })
  void nothingIsResumedAndReplacedAtOnce(String command) {
    String text = command.replace("run", run.toString()).replace(" in", " " + folder + "/data");
    Path output = folder.resolve("both");
    Said said = say((text + " --resume --overwrite --output=" + output).split(" "));
    assertThat(said.code).as(said.text).isEqualTo(ExitCode.USAGE);
    assertThat(said.text).contains("--overwrite and --resume exclude each other");
    assertThat(output).doesNotExist();
  }

  @Test
  void encodeRefusesABaseByItsCardAlone() throws IOException {
    Path base = Files.createDirectories(folder.resolve("card-only"));
    Files.writeString(base.resolve("card.json"), "{\"kind\":\"projection\"}");
    Path output = folder.resolve("unencoded");
    Said said = say("encode", "--input=" + run, "--output=" + output, "--model=" + base);
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(said.text).contains("is not a base");
    assertThat(output).doesNotExist();
  }

  @Test
  void constrainedAnswersParse() throws IOException {
    Path output = folder.resolve("constrained");
    Said said =
        say(
            "evaluate",
            "--data=" + run,
            "--model=medvilam-tiny",
            "--random-projection",
            "--constrained",
            "--split=train",
            "--limit=4",
            "--output=" + output);
    assertThat(said.code).as(said.text).isZero();
    assertThat(output.resolve("predictions-random-projection.jsonl")).exists();
    List<String> lines = Files.readAllLines(output.resolve("predictions-zero-shot.jsonl"));
    assertThat(lines).hasSize(4).allMatch(l -> l.matches(".*\"answer\":\"\\[\\d+, .*\\d]\".*"));
    Said wrong =
        say(
            "evaluate",
            "--data=" + run,
            "--predictions=" + output.resolve("predictions-zero-shot.jsonl"),
            "--constrained",
            "--output=" + folder.resolve("never"));
    assertThat(wrong.code).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.text).contains("--constrained: expected --model");
  }

  @Test
  void moreRecordsAreTrainedLonger() throws IOException {
    Path larger = folder.resolve("larger");
    convert(folder.resolve("larger-data"), 100, larger);
    Path output = folder.resolve("longer");
    String train = "--train=" + larger;
    Said said =
        say("finetune", train, "--output=" + output, "--batch=1", "--views=1", "--no-flips");
    assertThat(said.code).as(said.text).isZero();
    JsonNode card = new ObjectMapper().readTree(output.resolve("card.json").toFile());
    int records = card.at("/data/examples").asInt();
    assertThat(records).isGreaterThan(50);
    assertThat(card.at("/options/steps").asInt()).isEqualTo(16 * records);
  }

  @Test
  void loraIsTunedEvaluatedAndNamed() throws IOException {
    Path output = folder.resolve("lora");
    Said said = tune(run, output, "--steps=2", "--tune=lora", "--lora-rank=2");
    assertThat(said.code).as(said.text).isZero();
    JsonNode card = new ObjectMapper().readTree(output.resolve("card.json").toFile());
    assertThat(card.path("kind").asText()).isEqualTo("lora");
    assertThat(card.path("options").path("trained").path("alpha").asDouble()).isEqualTo(16);
    Said scored =
        say(
            "evaluate",
            "--data=" + run,
            "--model=" + output,
            "--constrained",
            "--split=train",
            "--limit=2",
            "--output=" + folder.resolve("lora-evaluation"));
    assertThat(scored.code).as(scored.text).isZero();
    Path norms = folder.resolve("norms");
    assertThat(tune(run, norms, "--steps=2", "--tune=projection+norm").code).isZero();
    Said wrong = tune(run, folder.resolve("unranked"), "--lora-rank=2");
    assertThat(wrong.code).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.text).contains("expected --tune lora beside them, found no --tune");
  }

  @Test
  void checkpointsOfOneRecipeHaveAMeanAndADeviation() throws IOException {
    Path one = folder.resolve("seed-1");
    Path two = folder.resolve("seed-2");
    assertThat(tune(run, one, "--steps=1", "--seed=1").code).isZero();
    assertThat(tune(run, two, "--steps=1", "--seed=2").code).isZero();
    Path output = folder.resolve("seeds-evaluation");
    Said scored =
        say(
            "evaluate",
            "--data=" + run,
            "--model=" + one,
            "--model=" + two,
            "--zero-shot",
            "--random-projection",
            "--constrained",
            "--split=train",
            "--limit=2",
            "--output=" + output);
    assertThat(scored.code).as(scored.text).isZero();
    assertThat(scored.text).contains("mean of 2", "| checkpoint-2 |", "| random-projection |");
    JsonNode metrics = new ObjectMapper().readTree(output.resolve("metrics.json").toFile());
    assertThat(metrics.at("/repeats/runs/0").asText()).isEqualTo("checkpoint-1");
    Said wrong =
        say(
            "evaluate",
            "--data=" + run,
            "--model=" + one,
            "--model=medvilam-tiny",
            "--output=" + folder.resolve("never-mixed"));
    assertThat(wrong.code).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.text).contains("expected checkpoints of one recipe");
    assertThat(folder.resolve("never-mixed")).doesNotExist();
  }

  @Test
  void baseIsPretrainedFromRecordsOfRuns() throws IOException {
    Path output = folder.resolve("joint-base");
    Path same = folder.resolve("same-joint-base");
    for (Path base : List.of(output, same)) {
      Said said =
          say(
              "pretrain",
              "--input=" + run,
              "--input=" + run,
              "--limit=3",
              "--steps=2",
              "--held-out=0",
              "--scenes=0.25",
              "--output=" + base);
      assertThat(said.code).as(said.text).isZero();
    }
    Path weights = Path.of("model.safetensors");
    assertThat(Files.mismatch(output.resolve(weights), same.resolve(weights))).isEqualTo(-1);
    JsonNode training =
        new ObjectMapper().readTree(output.resolve("card.json").toFile()).path("training");
    assertThat(training.path("scene_share").asDouble()).isEqualTo(0.25);
    assertThat(training.path("joint").path("records").asInt()).isEqualTo(6);
    Said other = say("pretrain", "--resume", "--steps=2", "--seed=2", "--output=" + output);
    assertThat(other.code).isEqualTo(ExitCode.USAGE);
    assertThat(other.text).contains("--output: ", "cannot be resumed with another");
    Path never = folder.resolve("no-base");
    Said share = say("pretrain", "--scenes=0.5", "--output=" + never);
    assertThat(share.code).isEqualTo(ExitCode.USAGE);
    assertThat(share.text).contains("expected a part 0..1 beside --input");
    Said missing = say("pretrain", "--input=" + folder.resolve("none"), "--output=" + never);
    assertThat(missing.code).isEqualTo(ExitCode.USAGE);
    assertThat(never).doesNotExist();
  }

  @Test
  void pictureThatCannotBeReadIsRejectedByEncodeAndEndsTraining() throws IOException {
    Path root = Path.of(RunFolder.open(LocalStore.of(run)).manifest().roots().get("busi"));
    Path broken = folder.resolve("broken");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = broken.resolve(root.relativize(file).toString());
        Files.createDirectories(target.getParent());
        byte[] whole = Files.readAllBytes(file);
        boolean mask = file.toString().contains("_mask");
        Files.write(target, mask ? whole : Arrays.copyOf(whole, whole.length / 2));
      }
    }
    Path features = folder.resolve("rejected");
    String moved = "--root=busi=" + broken;
    Said said = say("encode", "--input=" + run, "--output=" + features, moved);
    assertThat(said.code).isEqualTo(ExitCode.REJECTED);
    List<String> lines =
        Files.readAllLines(features.resolve("rejected/rejected-00000-of-00001.jsonl"));
    assertThat(lines).isNotEmpty().allMatch(l -> l.contains("unreadable-picture"));
    Path output = folder.resolve("untrained");
    Said tuned = tune(run, output, moved);
    assertThat(tuned.code).isEqualTo(ExitCode.FAILURE);
    assertThat(tuned.text).contains("expected a picture to train on").contains("busi/");
    assertThat(output).doesNotExist();
  }

  @Test
  void answerThatIsNoBoxEndsTraining() throws IOException {
    Path damaged = folder.resolve("damaged-run");
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = damaged.resolve(run.relativize(file).toString());
        Files.createDirectories(target.getParent());
        String text = Files.readString(file);
        Files.writeString(target, text.replace("\"answer\":\"[", "\"answer\":\"about ["));
      }
    }
    Path output = folder.resolve("unanswered");
    Said tuned = tune(damaged, output);
    assertThat(tuned.code).isEqualTo(ExitCode.FAILURE);
    assertThat(tuned.text).contains("expected its boxes as").contains("convert again");
    assertThat(output).doesNotExist();
  }

  @Test
  void cutCheckpointIsNamed() throws IOException {
    Path output = folder.resolve("cut");
    assertThat(tune(run, output, "--steps=2").code).isZero();
    Path weights = output.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
    Path evaluation = folder.resolve("cut-evaluation");
    Said said = say("evaluate", "--data=" + run, "--model=" + output, "--output=" + evaluation);
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(said.text).contains("model.safetensors is damaged");
    assertThat(tune(run, output, "--steps=2", "--resume").text).contains("is damaged");
  }

  @Test
  void baseOfAnotherVocabularyIsNamed() throws IOException {
    Path base = Files.createDirectories(folder.resolve("other-base"));
    Files.write(base.resolve("model.safetensors"), new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
    Files.writeString(
        base.resolve("card.json"), "{\"kind\":\"base\",\"tokenizer\":\"medvilam-9-0\"}");
    Path output = folder.resolve("mismatched");
    Said said = tune(run, output, "--model=" + base);
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(said.text)
        .contains("the vocabulary medvilam-9-0, but this version writes medvilam-");
    assertThat(output).doesNotExist();
  }

  @Test
  void towersComeInPairs() {
    Path output = folder.resolve("halves");
    for (String[] wrong :
        new String[][] {
          {"--model=clip:a"}, {"--decoder=llama:b"}, {"--model=clip:a", "--decoder=b"}
        }) {
      Said said = tune(run, output, wrong);
      assertThat(said.code).isEqualTo(ExitCode.USAGE);
      assertThat(said.text).contains("expected --model clip:DIR with --decoder llama:DIR");
    }
    Said missing = tune(run, output, "--model=clip:a", "--decoder=llama:b");
    assertThat(missing.text).contains("a is no model in Hugging Face's layout");
    assertThat(output).doesNotExist();
  }

  /** A file of a pair of towers, what stands in it, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama/tokenizer.json      |            | has no tokenizer.json",
        "llama/tokenizer.json      | {'model':{'type':'WordLevel','unk_token':'a','vocab':{'a':0,'b':9}}} | has a tokenizer of 10 tokens, but its decoder knows 2",
        "clip/model.safetensors    |            | clip holds no weights",
        "clip/model.safetensors.index.json | {'weight_map':{'x':'model-2.safetensors'}} | names the file model-2.safetensors, which is not there",
        "clip/model.safetensors.index.json | {'weight_map':{}} | clip lacks the tensor vision_model.embeddings.patch_embedding.weight",
        "clip/model.safetensors    | I64, 4, 3, 2, 2 | patch_embedding.weight as I64; only F32, F16 and BF16",
        "clip/model.safetensors    | F32, 5, 3, 2, 2 | with shape [5, 3, 2, 2], but [4, 3, 2, 2] was expected",
        "clip/model.safetensors    | F32, 4, 3, 2, 9 | is cut short",
        "clip/model.safetensors    | F32, 4, 3, 2, 2 | clip lacks the tensor vision_model.embeddings.class_embedding",
      })
  void towersThatAreNoModelAreNamed(String file, String content, String said) throws IOException {
    Path towers = Files.createTempDirectory(folder, "towers");
    Path changed = writeTowers(towers).resolve(file);
    if (content == null) {
      Files.delete(changed);
    } else if (content.startsWith("{")) {
      Files.writeString(changed, content.replace('\'', '"'));
    } else {
      String[] words = content.split(", ", 2);
      writeTensor(changed, words[0], words[1]);
    }
    Path output = folder.resolve("no-towers");
    Said tuned =
        tune(
            run,
            output,
            "--model=clip:" + towers.resolve("clip"),
            "--decoder=llama:" + towers.resolve("llama"));
    assertThat(tuned.code).as(tuned.text).isEqualTo(ExitCode.USAGE);
    assertThat(tuned.text).contains("--model: ", said).doesNotContain("\tat ");
    assertThat(output).doesNotExist();
  }

  private static Path writeTowers(Path towers) throws IOException {
    Files.createDirectories(towers.resolve("clip"));
    Files.createDirectories(towers.resolve("llama"));
    Files.writeString(
        towers.resolve("clip/config.json"),
        """
        {"image_size":4,"patch_size":2,"hidden_size":4,"num_hidden_layers":1,
         "num_attention_heads":1,"intermediate_size":4}
        """);
    Files.writeString(
        towers.resolve("llama/config.json"),
        """
        {"model_type":"llama","vocab_size":2,"hidden_size":4,"num_hidden_layers":1,
         "num_attention_heads":1,"intermediate_size":4,"eos_token_id":1}
        """);
    Files.writeString(
        towers.resolve("llama/tokenizer.json"),
        """
        {"model":{"type":"WordLevel","unk_token":"a","vocab":{"a":0,"b":1}}}
        """);
    writeTensor(towers.resolve("clip/model.safetensors"), "F32", "4, 3, 2, 2");
    writeTensor(towers.resolve("llama/model.safetensors"), "F32", "4, 3, 2, 2");
    return towers;
  }

  /** Writes one tensor of zeros; one whose last side is 9 is cut short. */
  private static void writeTensor(Path file, String type, String shape) throws IOException {
    int count =
        Arrays.stream(shape.split(", ")).mapToInt(Integer::parseInt).reduce(1, Math::multiplyExact);
    int bytes = count * (type.equals("I64") ? 8 : 4);
    String header =
        "{\"vision_model.embeddings.patch_embedding.weight\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[0,%d]}}"
            .formatted(type, shape, bytes);
    int there = shape.endsWith("9") ? 48 : bytes;
    ByteBuffer all =
        ByteBuffer.allocate(8 + header.length() + there).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    Files.write(file, all.array());
  }

  @Test
  void presetsAreStartingPointsForSingleValues() throws IOException {
    Path output = folder.resolve("paper");
    Said said = tune(run, output, "--preset=paper", "--steps=4", "--accumulate=2");
    assertThat(said.code).as(said.text).isZero();
    JsonNode options =
        new ObjectMapper().readTree(output.resolve("card.json").toFile()).path("options");
    assertThat(options.path("rate").asDouble()).isEqualTo(2e-5);
    assertThat(options.path("dropout").asDouble()).isEqualTo(0.1);
    assertThat(options.path("steps").asInt()).isEqualTo(4);
    assertThat(options.path("accumulate").asInt()).isEqualTo(2);
    assertThat(options.path("flipHorizontal").asBoolean()).isFalse();
    assertThat(options.path("views").asInt()).isEqualTo(1);
  }

  @Test
  void engineIsSaidAndKept() throws IOException {
    Path output = folder.resolve("engine");
    Said said = tune(run, output, "--steps=2", "--engine=nd4j");
    assertThat(said.code).as(said.text).isZero();
    assertThat(said.text)
        .contains("engine      nd4j on the CPU (", " of memory", "), single precision");
    JsonNode card = new ObjectMapper().readTree(output.resolve("card.json").toFile());
    assertThat(card.path("engine").asText()).isEqualTo("nd4j");
    Said other = tune(run, output, "--steps=2", "--engine=onnx", "--resume");
    assertThat(other.code).isEqualTo(ExitCode.USAGE);
    assertThat(other.text).contains("engine      onnx on ").contains("(nd4j, here onnx)");
  }

  @Test
  void validationLossIsFollowed() throws IOException {
    Path output = folder.resolve("validated");
    Said said =
        tune(
            run,
            output,
            "--steps=3",
            "--validation=" + run,
            "--validation-limit=2",
            "--validate-every=1",
            "--log=" + folder.resolve("log"));
    assertThat(said.code).as(said.text).isZero();
    JsonNode card = new ObjectMapper().readTree(output.resolve("card.json").toFile());
    assertThat(card.path("data").path("validation_examples").asInt()).isBetween(1, 2);
    assertThat(card.path("metrics").path("best_step").asInt()).isBetween(1, 3);
    assertThat(folder.resolve("log/history.csv")).exists();
  }

  private static Said tune(Path train, Path output, String... more) {
    String[] args = Arrays.copyOf(more, more.length + 4);
    args[more.length] = "--train=" + train;
    args[more.length + 1] = "--output=" + output;
    args[more.length + 2] = "--checkpoint-every=1";
    args[more.length + 3] = "--batch=2";
    String[] all = new String[args.length + 1];
    all[0] = "finetune";
    System.arraycopy(args, 0, all, 1, args.length);
    return say(all);
  }

  private record Said(int code, String text) {}

  private static Said say(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(heard, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      int code = Medvilam.run(args);
      return new Said(code, heard.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
