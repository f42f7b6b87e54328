package org.medvilam.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medvilam.records.Hashing;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.nn.AdamW;
import org.medvilam.trainer.nn.Parameter;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes the state of a fine-tuning run as a checkpoint, and takes it up again. */
final class FineTuningState {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String BEST = "best.safetensors";

  private final VisionLanguageModel model;
  private final Engine engine;
  private final Engine encodes;
  private final FineTuningOptions options;
  private final List<TrainingExample> examples;
  private final List<TrainingExample> validation;
  private final String fingerprint;

  /**
   * Prepares the states of a run.
   *
   * @param engine computes the steps
   * @param encodes computes, or computed, the features
   */
  FineTuningState(
      VisionLanguageModel model,
      Engine engine,
      Engine encodes,
      FineTuningOptions options,
      List<TrainingExample> examples,
      List<TrainingExample> validation) {
    this.model = model;
    this.engine = engine;
    this.encodes = encodes;
    this.options = options;
    this.examples = examples;
    this.validation = validation;
    this.fingerprint = fingerprint(examples, validation);
  }

  /**
   * Writes a checkpoint.
   *
   * @param best the best trained tensors so far, empty where none is kept
   * @param ended whether the run has ended, so that the model's tensors are those to keep
   */
  void write(
      Path output, AdamW optimiser, History history, Map<String, INDArray> best, boolean ended)
      throws IOException {
    CheckpointFiles.publish(
        output,
        directory -> {
          ObjectNode sums = MAPPER.createObjectNode();
          StateTensors.write(directory, values(), optimiser, sums);
          if (!best.isEmpty() && !ended) {
            StateTensors.write(directory, BEST, best, sums);
          }
          new TrainingLog(directory, history).close();
          CheckpointFiles.writeCard(directory, card(history, ended, sums));
        });
  }

  private Map<String, INDArray> values() {
    Map<String, INDArray> values = new LinkedHashMap<>();
    trained(model).forEach((name, parameter) -> values.put(name, parameter.value()));
    return values;
  }

  /** Returns the tensors that training changes, by name. */
  static Map<String, Parameter> trained(VisionLanguageModel model) {
    Map<String, Parameter> trained = new LinkedHashMap<>(model.network().parameters());
    trained.values().removeIf(parameter -> !parameter.trainable());
    return trained;
  }

  private ObjectNode card(History history, boolean ended, ObjectNode sums) {
    ObjectNode card = MAPPER.createObjectNode();
    card.put("kind", options.trained().part().toString());
    ObjectNode base = card.putObject("base");
    base.put("name", model.name());
    base.put("sha256", model.baseSha256());
    ObjectNode data = card.putObject("data");
    data.put("examples", examples.size());
    data.put("validation_examples", validation.size());
    data.put("sha256", fingerprint);
    card.set("options", MAPPER.valueToTree(options));
    card.put("engine", engine.toString());
    card.put("features", encodes.toString());
    card.put("ended", ended);
    ObjectNode metrics = card.putObject("metrics");
    metrics.put("steps_done", history.steps());
    metrics.put("first_loss", history.losses().get(0));
    metrics.put("last_loss", history.losses().get(history.steps() - 1));
    if (history.bestStep() > 0) {
      metrics.put("best_step", history.bestStep());
      metrics.put(
          "best_validation_loss", history.rows().get(history.bestStep() - 1).validationLoss());
    }
    metrics.put("seconds", history.seconds());
    card.set(CheckpointFiles.SUMS, sums);
    return card;
  }

  /** Says which state a run can go back to. */
  String lastWritten(Path output) throws IOException {
    if (!CheckpointFiles.isCheckpoint(output)) {
      return "no checkpoint had been written";
    }
    JsonNode card = CheckpointFiles.readCard(output);
    return card.path("data").path("sha256").asText().equals(fingerprint)
        ? "the last good checkpoint is %s of step %d"
            .formatted(output, card.path("metrics").path("steps_done").asInt())
        : "no checkpoint of this run had been written";
  }

  /** Takes up tensors, moments and best tensors, and returns the steps already done. */
  History restore(Path output, AdamW optimiser, Map<String, INDArray> best) throws IOException {
    JsonNode card = CheckpointFiles.readCard(output);
    CheckpointFiles.checkSame(
        output, "base", card.path("base").path("sha256").asText(), model.baseSha256());
    CheckpointFiles.checkSame(
        output, "examples", card.path("data").path("sha256").asText(), fingerprint);
    CheckpointFiles.checkSame(
        output,
        "options",
        card.path("options").toString(),
        MAPPER.readTree(MAPPER.writeValueAsString(options)).toString());
    String older = Engine.ND4J.toString();
    CheckpointFiles.checkSame(
        output, "engine", card.path("engine").asText(older), engine.toString());
    CheckpointFiles.checkSame(
        output, "engine of features", card.path("features").asText(older), encodes.toString());
    CheckpointFiles.checkSums(output, card);
    History history = History.read(output.resolve(History.FILE));
    if (history.steps() != card.path("metrics").path("steps_done").asInt()) {
      throw new CheckpointException(
          "%s holds %d steps in %s, but its card says %s."
              .formatted(
                  output,
                  history.steps(),
                  History.FILE,
                  card.path("metrics").path("steps_done").asText()));
    }
    Map<String, INDArray> values = values();
    StateTensors.restore(output, values, optimiser, history.steps());
    if (Files.exists(output.resolve(BEST))) {
      best.putAll(StateTensors.read(output.resolve(BEST), values));
    }
    return history;
  }

  /** Returns the SHA-256 of all examples in their order, then of those to validate with. */
  private static String fingerprint(
      List<TrainingExample> examples, List<TrainingExample> validation) {
    MessageDigest digest = Hashing.sha256();
    examples.forEach(example -> example.addTo(digest));
    digest.update((byte) 0);
    validation.forEach(example -> example.addTo(digest));
    return HexFormat.of().formatHex(digest.digest());
  }
}
