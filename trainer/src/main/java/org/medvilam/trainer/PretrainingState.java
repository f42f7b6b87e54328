package org.medvilam.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.checkpoint.SafetensorsWriter;
import org.medvilam.trainer.checkpoint.StoredType;
import org.medvilam.trainer.nn.AdamW;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes the state of a pre-training run and takes it up again; in the end writes the base. */
final class PretrainingState {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BASE = "base";
  private static final String UNFINISHED = "unfinished base";

  private final VisionLanguageModel model;
  private final Map<String, INDArray> values;
  private final ObjectNode network;
  private final ObjectNode training;

  /**
   * How far a run is.
   *
   * @param steps the steps done
   * @param loss the mean of their losses, the newest counting most
   * @param seconds the time of training
   */
  record Point(int steps, double loss, double seconds) {}

  /**
   * Prepares the states of a run.
   *
   * @param values all tensors that training changes, by name
   */
  PretrainingState(
      PretrainingOptions options,
      @Nullable JointRecords records,
      double sceneShare,
      VisionLanguageModel model,
      Map<String, INDArray> values) {
    this.model = model;
    this.values = values;
    network = MAPPER.valueToTree(options.network());
    training = training(options, records, sceneShare);
  }

  private static ObjectNode training(
      PretrainingOptions options, @Nullable JointRecords records, double sceneShare) {
    ObjectNode training = MAPPER.createObjectNode();
    if (records == null) {
      training.put("data", "scenes drawn by the project itself; no real picture");
    } else {
      training.put("data", "records of finished runs, and scenes drawn by the project itself");
      training.put("scene_share", sceneShare);
      training.set("joint", records.card());
    }
    training.put("seed", options.seed());
    training.put("steps", options.steps());
    training.put("encoder_steps", options.encoderSteps());
    training.put("word_steps", options.wordSteps());
    training.put("batch", options.batch());
    training.put("rate", options.rate());
    training.put("warm_up", options.warmUp());
    training.put("patch_weight", options.patchWeight());
    training.put("first_sigma", options.firstSigma());
    training.put("last_sigma", options.lastSigma());
    training.put("segment_every", options.segmentEvery());
    return training;
  }

  /** Writes a state, in place of an earlier one. */
  void write(Path output, Point point, AdamW optimiser) throws IOException {
    CheckpointFiles.publish(
        output,
        directory -> {
          ObjectNode card = card(UNFINISHED);
          card.set("point", MAPPER.valueToTree(point));
          ObjectNode sums = card.putObject(CheckpointFiles.SUMS);
          StateTensors.write(directory, values, optimiser, sums);
          CheckpointFiles.writeCard(directory, card);
        });
  }

  /** Writes the base, in place of the last state. */
  void finish(Path output, Point point, SceneScores scores) throws IOException {
    ObjectNode card = card(BASE);
    ObjectNode trained = card.withObject("training");
    trained.put("seconds", Math.round(point.seconds()));
    trained.put("loss", point.loss());
    card.set("held_out", MAPPER.valueToTree(scores));
    CheckpointFiles.publish(
        output,
        directory -> {
          SafetensorsWriter.write(
              directory.resolve(CheckpointFiles.WEIGHTS), model.tensors(), StoredType.F16);
          CheckpointFiles.writeCard(directory, card);
        });
  }

  private ObjectNode card(String kind) {
    ObjectNode card = MAPPER.createObjectNode();
    card.put("kind", kind);
    card.put("name", model.name());
    card.put("tokenizer", model.codec().fingerprint());
    card.set("network", network);
    card.set("training", training.deepCopy());
    return card;
  }

  /** Says which state a run can go back to. */
  String lastWritten(Path output) throws IOException {
    Point point = CheckpointFiles.isCheckpoint(output) ? point(output) : null;
    return point == null
        ? "no state had been written"
        : "%s holds the state of step %d".formatted(output, point.steps());
  }

  /** Returns the scores of a base that this run wrote when it ended, or null before that. */
  @Nullable SceneScores ended(Path output) throws IOException {
    JsonNode card = CheckpointFiles.readCard(output);
    check(output, card);
    return card.path("kind").asText().equals(BASE)
        ? MAPPER.treeToValue(card.path("held_out"), SceneScores.class)
        : null;
  }

  /** Returns how far the run was when it wrote a state, or null where a base stands there. */
  @Nullable Point point(Path output) throws IOException {
    JsonNode point = CheckpointFiles.readCard(output).get("point");
    return point == null ? null : MAPPER.treeToValue(point, Point.class);
  }

  /**
   * Checks that a card is not that of a state.
   *
   * @throws CheckpointException if it is
   */
  static void checkEnded(String origin, JsonNode card) {
    if (card.path("kind").asText().equals(UNFINISHED)) {
      throw new CheckpointException(
          "%s is a base after %s of %s steps of its training; 'pretrain --resume' goes on with it."
              .formatted(
                  origin,
                  card.path("point").path("steps").asText(),
                  card.path("training").path("steps").asText()));
    }
  }

  /** Takes up tensors, and the optimiser after so many updates. */
  void restore(Path output, AdamW optimiser, int updates) throws IOException {
    CheckpointFiles.checkSums(output, CheckpointFiles.readCard(output));
    StateTensors.restore(output, values, optimiser, updates);
  }

  private void check(Path output, JsonNode card) throws IOException {
    String kind = card.path("kind").asText();
    if (!kind.equals(BASE) && !kind.equals(UNFINISHED)) {
      throw new CheckpointException(
          "%s cannot be resumed: its card says kind \"%s\".".formatted(output, kind));
    }
    JsonNode own = MAPPER.readTree(MAPPER.writeValueAsString(card(kind)));
    CheckpointFiles.checkSame(
        output, "vocabulary", card.path("tokenizer").toString(), own.path("tokenizer").toString());
    CheckpointFiles.checkSame(
        output, "network", card.path("network").toString(), own.path("network").toString());
    JsonNode found = card.path("training");
    for (Map.Entry<String, JsonNode> part : own.path("training").properties()) {
      CheckpointFiles.checkSame(
          output,
          part.getKey().replace('_', ' '),
          found.path(part.getKey()).toString(),
          part.getValue().toString());
    }
  }
}
