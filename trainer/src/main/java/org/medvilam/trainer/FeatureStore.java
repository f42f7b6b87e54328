package org.medvilam.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.checkpoint.Safetensors;
import org.medvilam.trainer.checkpoint.SafetensorsWriter;
import org.medvilam.trainer.checkpoint.StoredType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A directory of features that a frozen encoder gave: safetensors files and a card that names the
 * base and the engine.
 *
 * <p>A tensor is named by the SHA-256 of the pixels it was computed from, after resizing and
 * mirroring. So features are found whatever a record is called, and never for another picture.
 */
public final class FeatureStore implements AutoCloseable {
  private static final String FOLDER = "features";
  private static final String ENDING = ".safetensors";

  private final List<Safetensors> files = new ArrayList<>();
  private final Map<String, Safetensors> byKey = new HashMap<>();
  private final Engine engine;
  private final long[] shape;

  private FeatureStore(Engine engine, long... shape) {
    this.engine = engine;
    this.shape = shape;
  }

  /**
   * Opens a finished store.
   *
   * @param model the model that will use the features
   * @throws CheckpointException if it is not finished, damaged or of another base
   */
  public static FeatureStore open(Path directory, VisionLanguageModel model) throws IOException {
    JsonNode card = CheckpointFiles.readCard(directory);
    String base = card.path("base").path("sha256").asText();
    if (!card.path("kind").asText().equals("features") || !base.equals(model.baseSha256())) {
      throw new CheckpointException(
          String.format(
              "%s holds no features of %s (SHA-256 %.12s…): its card says kind \"%s\" of %s"
                  + " (SHA-256 %.12s…); run 'encode' again with this base.",
              directory,
              model.name(),
              model.baseSha256(),
              card.path("kind").asText(),
              card.path("base").path("name").asText("no base"),
              base));
    }
    FeatureStore store =
        new FeatureStore(
            engine(directory, card),
            model.network().config().vision().patches(),
            model.network().config().vision().width());
    try {
      for (StoreEntry entry : LocalStore.of(directory).list(FOLDER)) {
        if (!entry.name().endsWith(ENDING)) {
          continue;
        }
        Safetensors file = Safetensors.open(directory.resolve(FOLDER).resolve(entry.name()));
        store.files.add(file);
        file.names().forEach(key -> store.byKey.put(key, file));
      }
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
    return store;
  }

  /** Reads what a card says; older cards say nothing and mean ND4J. */
  private static Engine engine(Path directory, JsonNode card) {
    String said = card.path("engine").asText(Engine.ND4J.toString());
    return Stream.of(Engine.ND4J, Engine.ONNX)
        .filter(engine -> engine.toString().equals(said))
        .findFirst()
        .orElseThrow(
            () ->
                new CheckpointException(
                    "%s holds features that \"%s\" computed; expected nd4j or onnx; run 'encode' again."
                        .formatted(directory, said)));
  }

  /** Returns where the file of a number stands in a store. */
  public static String file(int number) {
    return String.format(Locale.ROOT, "%s/features-%05d%s", FOLDER, number, ENDING);
  }

  /** Returns the engine that computed them. */
  Engine engine() {
    return engine;
  }

  /** Returns the number of pictures. */
  public int size() {
    return byKey.size();
  }

  /** Returns the features of a picture, [patches, width] row-major, or null. */
  float @Nullable [] find(float[] pixels) {
    String key = key(pixels);
    Safetensors file = byKey.get(key);
    return file == null ? null : file.read(key, shape);
  }

  private static String key(float[] pixels) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * pixels.length);
    bytes.asFloatBuffer().put(pixels);
    return CheckpointFiles.sha256(bytes.array());
  }

  /**
   * Computes the features of pictures and writes them to one file, complete or not at all.
   *
   * @param output the store's tree, on the local disk or not
   * @param number the number of the file
   * @param pictures row-major pixels at the model's input size
   * @param flips whether the three mirrored forms of each are computed too
   * @return the number of different pictures written
   */
  public static int write(
      Store output, int number, VisionLanguageModel model, List<float[]> pictures, boolean flips)
      throws IOException {
    long patches = model.network().config().vision().patches();
    long width = model.network().config().vision().width();
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    for (float[] pixels : pictures) {
      for (Flip flip : Flip.allowed(flips, flips)) {
        float[] mirrored = flip.pixels(pixels, model.inputSize());
        tensors.computeIfAbsent(
            key(mirrored),
            k -> Nd4j.create(model.inference().encode(mirrored), new long[] {patches, width}, 'c'));
      }
    }
    Path scratch = Files.createTempDirectory("medvilam-features-");
    try {
      Path file = scratch.resolve("features" + ENDING);
      SafetensorsWriter.write(file, tensors, StoredType.F32);
      publish(file, output, file(number));
    } finally {
      LocalStore.of(scratch).delete("");
    }
    return tensors.size();
  }

  /**
   * Writes the card, which makes the store a finished one.
   *
   * @param name the base's name
   * @param sha256 the base's SHA-256
   * @param engine the engine that computed them
   * @param pictures the number of features
   */
  public static void finish(Store output, String name, String sha256, Engine engine, long pictures)
      throws IOException {
    ObjectNode card = new ObjectMapper().createObjectNode();
    card.put("kind", "features");
    ObjectNode base = card.putObject("base");
    base.put("name", name);
    base.put("sha256", sha256);
    card.put("engine", engine.toString());
    card.put("pictures", pictures);
    RunFolder.writeText(output, CheckpointFiles.CARD, CheckpointFiles.text(card));
  }

  /** Returns the number of different pictures in a store, or empty if it is not finished. */
  public static Optional<Long> finished(Store output) throws IOException {
    if (!output.exists(CheckpointFiles.CARD)) {
      return Optional.empty();
    }
    JsonNode card = new ObjectMapper().readTree(output.readAll(CheckpointFiles.CARD));
    return Optional.of(card.path("pictures").asLong());
  }

  /** Copies a file into a tree under a name that is not there before all of it is. */
  private static void publish(Path file, Store output, String path) throws IOException {
    String temporary = path + "." + UUID.randomUUID() + RunFolder.TEMPORARY;
    try (OutputStream out = output.write(temporary)) {
      Files.copy(file, out);
    }
    output.move(temporary, path);
  }

  @Override
  public void close() throws IOException {
    for (Safetensors file : files) {
      file.close();
    }
  }
}
