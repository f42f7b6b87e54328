package org.medvilam.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The directory of a checkpoint: weights and a card, visible only when complete. */
public final class CheckpointFiles {
  /** The file of a base's weights, or of a fine-tuned projection. */
  public static final String WEIGHTS = "model.safetensors";

  /** The file of the optimiser's moments, in a fine-tuned checkpoint. */
  public static final String OPTIMISER = "optimizer.safetensors";

  /** The file that says what the weights are. */
  public static final String CARD = "card.json";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private CheckpointFiles() {}

  /** Writes the files of a checkpoint into the given directory. */
  @FunctionalInterface
  public interface Content {
    /** Writes all files. */
    void writeTo(Path directory) throws IOException;
  }

  /**
   * Writes a checkpoint into a directory beside {@code target} and renames it when it is complete.
   * A checkpoint that stood there is replaced; anything else that is not empty is refused.
   */
  public static void publish(Path target, Content content) throws IOException {
    checkReplaceable(target);
    Path absolute = target.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path half = absolute.resolveSibling("." + absolute.getFileName() + ".tmp");
    deleteTree(half);
    Files.createDirectory(half);
    content.writeTo(half);
    Path old = absolute.resolveSibling("." + absolute.getFileName() + ".old");
    deleteTree(old);
    if (Files.exists(absolute)) {
      Files.move(absolute, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(half, absolute, StandardCopyOption.ATOMIC_MOVE);
    deleteTree(old);
  }

  /**
   * Checks that a checkpoint may be written to a directory.
   *
   * @throws CheckpointException if something other than a checkpoint stands there
   */
  public static void checkReplaceable(Path target) throws IOException {
    if (!Files.exists(target) || Files.exists(target.resolve(CARD))) {
      return;
    }
    if (Files.isDirectory(target)) {
      try (Stream<Path> content = Files.list(target)) {
        if (content.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new CheckpointException(
        target + " exists and is not a checkpoint; nothing was written over it.");
  }

  /** Writes the card. */
  public static void writeCard(Path directory, JsonNode card) throws IOException {
    MAPPER.writeValue(directory.resolve(CARD).toFile(), card);
  }

  /**
   * Reads the card of a checkpoint.
   *
   * @throws CheckpointException if the directory is no finished checkpoint
   */
  public static JsonNode readCard(Path directory) throws IOException {
    Path card = directory.resolve(CARD);
    if (!Files.isRegularFile(card)) {
      throw new CheckpointException(
          directory + " is not a finished checkpoint: it has no " + CARD + ".");
    }
    return parseCard(card.toString(), Files.readAllBytes(card));
  }

  /** Parses the bytes of a card; {@code origin} names it in messages. */
  public static JsonNode parseCard(String origin, byte[] content) {
    try {
      return MAPPER.readTree(content);
    } catch (IOException e) {
      throw new CheckpointException(origin + " is not JSON.", e);
    }
  }

  /** Returns the SHA-256 of a file in hexadecimal. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = newDigest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the SHA-256 of bytes in hexadecimal. */
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(newDigest().digest(content));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
