package org.medvilam.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.checkpoint.Safetensors;
import org.medvilam.trainer.checkpoint.SafetensorsWriter;
import org.medvilam.trainer.checkpoint.StoredType;
import org.medvilam.trainer.nn.AdamW;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.Parameter;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes the state of a fine-tuning run as a checkpoint, and takes it up again. */
final class FineTuningState {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final VisionLanguageModel model;
  private final FineTuningOptions options;
  private final List<TrainingExample> examples;
  private final String fingerprint;

  FineTuningState(
      VisionLanguageModel model, FineTuningOptions options, List<TrainingExample> examples) {
    this.model = model;
    this.options = options;
    this.examples = examples;
    this.fingerprint = fingerprint(examples);
  }

  void write(Path output, AdamW optimiser, List<Double> losses, double seconds) throws IOException {
    Map<String, INDArray> projection = new LinkedHashMap<>();
    for (Parameter parameter : projection()) {
      projection.put(parameter.name(), parameter.value());
    }
    JsonNode card = card(losses, seconds);
    CheckpointFiles.publish(
        output,
        directory -> {
          SafetensorsWriter.write(
              directory.resolve(CheckpointFiles.WEIGHTS), projection, StoredType.F32);
          SafetensorsWriter.write(
              directory.resolve(CheckpointFiles.OPTIMISER), optimiser.state(), StoredType.F32);
          CheckpointFiles.writeCard(directory, card);
        });
  }

  private List<Parameter> projection() {
    return model.network().parameters().values().stream()
        .filter(p -> p.name().startsWith(Network.PROJECTION))
        .toList();
  }

  private ObjectNode card(List<Double> losses, double seconds) {
    ObjectNode card = MAPPER.createObjectNode();
    card.put("kind", "projection");
    ObjectNode base = card.putObject("base");
    base.put("name", model.name());
    base.put("sha256", model.baseSha256());
    ObjectNode data = card.putObject("data");
    data.put("examples", examples.size());
    data.put("sha256", fingerprint);
    card.set("options", MAPPER.valueToTree(options));
    ObjectNode metrics = card.putObject("metrics");
    metrics.put("steps_done", losses.size());
    metrics.put("first_loss", losses.get(0));
    metrics.put("last_loss", losses.get(losses.size() - 1));
    metrics.put("seconds", Math.round(seconds * 10) / 10.0);
    card.set("losses", MAPPER.valueToTree(losses));
    return card;
  }

  /** Takes up projection and moments and returns the losses of the steps already done. */
  List<Double> restore(Path output, JsonNode card, AdamW optimiser) throws IOException {
    check(output, "base", card.path("base").path("sha256").asText(), model.baseSha256());
    check(output, "examples", card.path("data").path("sha256").asText(), fingerprint);
    check(
        output,
        "options",
        card.path("options").toString(),
        MAPPER.readTree(MAPPER.writeValueAsString(options)).toString());
    try (Safetensors weights = Safetensors.open(output.resolve(CheckpointFiles.WEIGHTS))) {
      for (Parameter parameter : projection()) {
        parameter.value().assign(read(weights, parameter.name(), parameter.value()));
      }
    }
    List<Double> losses = new ArrayList<>();
    card.path("losses").forEach(loss -> losses.add(loss.asDouble()));
    try (Safetensors moments = Safetensors.open(output.resolve(CheckpointFiles.OPTIMISER))) {
      Map<String, INDArray> state = new LinkedHashMap<>();
      optimiser.state().forEach((name, like) -> state.put(name, read(moments, name, like)));
      optimiser.restore(state, losses.size());
    }
    return losses;
  }

  private static INDArray read(Safetensors tensors, String name, INDArray like) {
    return Nd4j.create(tensors.read(name, like.shape()), like.shape(), 'c');
  }

  private static void check(Path output, String what, String found, String expected) {
    if (!found.equals(expected)) {
      throw new CheckpointException(
          String.format(
              "%s cannot be resumed: its %s are not those of this run (%s, here %s).",
              output, what, found, expected));
    }
  }

  /** Returns the SHA-256 of all examples in their order. */
  private static String fingerprint(List<TrainingExample> examples) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    for (TrainingExample example : examples) {
      String text = String.join("\n", example.id(), example.instruction(), example.answer(), "");
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      ByteBuffer pixels = ByteBuffer.allocate(4 * example.pixels().length);
      pixels.asFloatBuffer().put(example.pixels());
      digest.update(pixels);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
