package org.medvilam.records.codec;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;

/**
 * Writes a tar file for WebDataset: one sample per medium, so that a picture is stored once.
 *
 * <p>{@code KEY.json} is {@code {"records": […]}} with all records of the medium, {@code KEY.png}
 * or another extension its picture, where there is one. Readers take everything before the first
 * dot for the key and join neighbours of one key, so a key is the first {@value #KEY_DIGITS} hex
 * digits of SHA-256 of {@code dataset|media.id}: it has no dot, and it rises from sample to sample
 * of a run. Headers hold no time, owner or user, so that equal records give equal bytes.
 */
final class WebDatasetWriter implements RecordWriter {
  private static final int KEY_DIGITS = 32;
  private static final int MODE = 0644;

  private final TarArchiveOutputStream tar;
  private final PictureSource pictures;
  private String last = "";

  /**
   * One sample.
   *
   * @param records all records of a medium
   */
  record Sample(List<InstructionRecord> records) {
    Sample {
      if (records == null) {
        throw new IllegalArgumentException("a sample without records");
      }
    }
  }

  WebDatasetWriter(OutputStream out, PictureSource pictures) {
    this.tar = new TarArchiveOutputStream(new BufferedOutputStream(out, 1 << 16));
    this.pictures = pictures;
  }

  @Override
  public void write(List<InstructionRecord> item) throws IOException {
    MediaGroups.of(item, this::writeSample);
  }

  private void writeSample(List<InstructionRecord> records) throws IOException {
    InstructionRecord first = records.get(0);
    String key = Hashing.hex(MediaGroups.key(first)).substring(0, KEY_DIGITS);
    if (key.equals(last)) {
      throw new IllegalStateException("all records of a medium must come at once: " + first.id());
    }
    last = key;
    Optional<EncodedPicture> picture = pictures.of(first);
    write(key + ".json", RecordJson.mapper().writeValueAsBytes(new Sample(records)));
    if (picture.isPresent()) {
      write(key + "." + picture.get().extension(), picture.get().data());
    }
  }

  private void write(String name, byte[] data) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(data.length);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setMode(MODE);
    tar.putArchiveEntry(entry);
    tar.write(data);
    tar.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
