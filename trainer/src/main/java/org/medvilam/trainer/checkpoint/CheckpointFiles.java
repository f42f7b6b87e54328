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
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.medvilam.records.Hashing;

/** The directory of a checkpoint: weights and a card, visible only when complete. */
public final class CheckpointFiles {
  /** The file of a base's weights, or of a fine-tuned projection. */
  public static final String WEIGHTS = "model.safetensors";

  /** The file of the optimiser's moments, in a fine-tuned checkpoint. */
  public static final String OPTIMISER = "optimizer.safetensors";

  /** The file that says what the weights are. */
  public static final String CARD = "card.json";

  /** The field of the card with the SHA-256 of each file of tensors. */
  public static final String SUMS = "sha256";

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
    recover(target);
    checkReplaceable(target);
    Path absolute = target.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path half = beside(target, ".tmp");
    Files.createDirectory(half);
    try {
      content.writeTo(half);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      deleteTree(half);
      throw e;
    }
    Path old = beside(target, ".old");
    if (Files.exists(absolute)) {
      Files.move(absolute, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(half, absolute, StandardCopyOption.ATOMIC_MOVE);
    deleteTree(old);
  }

  /**
   * Clears up after a writer that was killed: what it had half written is deleted, and the
   * checkpoint it was about to replace stands again if the new one had not taken its place.
   */
  public static void recover(Path target) throws IOException {
    Path old = beside(target, ".old");
    if (Files.exists(old) && !Files.exists(target)) {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
    }
    deleteTree(old);
    deleteTree(beside(target, ".tmp"));
  }

  private static Path beside(Path target, String ending) {
    Path absolute = target.toAbsolutePath();
    return absolute.resolveSibling("." + absolute.getFileName() + ending);
  }

  /** Tells whether a directory holds a checkpoint. */
  public static boolean isCheckpoint(Path directory) {
    return Files.isRegularFile(directory.resolve(CARD));
  }

  /**
   * Compares files with the checksums in their card.
   *
   * @throws CheckpointException if a file is missing or its bytes have changed
   */
  public static void checkSums(Path directory, JsonNode card) throws IOException {
    for (Map.Entry<String, JsonNode> sum : card.path(SUMS).properties()) {
      Path file = directory.resolve(sum.getKey());
      if (!Files.isRegularFile(file)) {
        throw new CheckpointException("There is no file " + file + ".");
      }
      String found = sha256(file);
      if (!found.equals(sum.getValue().asText())) {
        throw new CheckpointException(
            String.format(
                "%s is damaged: its card says SHA-256 %.12s…, but the file has %.12s…;"
                    + " train again or copy it anew.",
                file, sum.getValue().asText(), found));
      }
    }
  }

  /**
   * Checks that a state is resumed with what it was written with.
   *
   * @param what its name in the message
   * @throws CheckpointException if it is not
   */
  public static void checkSame(Path directory, String what, String found, String expected) {
    if (!found.equals(expected)) {
      throw new CheckpointException(
          "%s cannot be resumed with another %s than it was written with (%s, here %s)."
              .formatted(directory, what, found, expected));
    }
  }

  /**
   * Checks that a checkpoint may be written to a directory.
   *
   * @throws CheckpointException if something other than a checkpoint stands there
   */
  public static void checkReplaceable(Path target) throws IOException {
    if (!Files.exists(target) || isCheckpoint(target)) {
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
    Files.writeString(directory.resolve(CARD), text(card));
  }

  /** Returns the text of a card. */
  public static String text(JsonNode card) throws IOException {
    return MAPPER.writeValueAsString(card);
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
    MessageDigest digest = Hashing.sha256();
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
    return HexFormat.of().formatHex(Hashing.sha256().digest(content));
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
