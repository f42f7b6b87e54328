package org.medvilam.records.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.medvilam.records.Hashing;
import org.medvilam.records.store.Store;

/**
 * Writes the pictures that the toolkit derived for one shard, and the list of their checksums in
 * the form of {@code sha256sum}.
 *
 * <p>{@code sha256sum -c images/SHARD.sha256} in the output checks them. A shard without pictures
 * has no list.
 */
public final class PictureWriter {
  private final Store output;
  private final String unfinished;
  private final String path;
  private final ByteArrayOutputStream list = new ByteArrayOutputStream();

  /**
   * Prepares the pictures of a shard.
   *
   * @param output the run's directory
   * @param shardName e.g. {@code train-00000-of-00004}
   */
  public PictureWriter(Store output, String shardName) {
    this(output, shardName, RunFolder.IMAGES);
  }

  /**
   * Prepares the pictures of a shard on a worker that may be killed.
   *
   * @param output the run's directory
   * @param shardName e.g. {@code train-00000-of-00004}
   * @param unfinished folder of half-written pictures, which the caller sweeps
   */
  public PictureWriter(Store output, String shardName, String unfinished) {
    this.output = output;
    this.unfinished = unfinished;
    this.path = RunFolder.IMAGES + "/" + shardName + ".sha256";
  }

  /**
   * Writes a picture, complete or not at all.
   *
   * @param picture path relative to the output, below {@code images/}
   * @param data the whole file
   */
  public void write(String picture, byte[] data) throws IOException {
    if (!picture.startsWith(RunFolder.IMAGES + "/")) {
      throw new IllegalArgumentException("picture must lie in images/, but was: " + picture);
    }
    String temporary = unfinished + "/" + UUID.randomUUID() + RunFolder.TEMPORARY;
    RunFolder.writeWhole(output, picture, temporary, data);
    String sha256 = HexFormat.of().formatHex(Hashing.sha256().digest(data));
    list.writeBytes((sha256 + "  " + picture + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the list and returns its entry in the manifest; empty where there is no picture. */
  public Optional<Manifest.FileEntry> finish() throws IOException {
    if (list.size() == 0) {
      return Optional.empty();
    }
    return Optional.of(RunFolder.writeText(output, path, list.toString(StandardCharsets.UTF_8)));
  }

  /** Tells whether every picture of a list is there with its checksum. */
  public static boolean isWhole(Store output, Manifest.FileEntry entry) throws IOException {
    String list = new String(output.readAll(entry.path()), StandardCharsets.UTF_8);
    for (String line : list.lines().toList()) {
      String[] parts = line.split("  ", 2);
      if (!Checksum.holds(output, parts[1], parts[0])) {
        return false;
      }
    }
    return true;
  }
}
