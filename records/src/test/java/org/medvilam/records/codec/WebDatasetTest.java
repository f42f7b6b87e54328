package org.medvilam.records.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.TestRecords;
import org.medvilam.records.geometry.Box;

final class WebDatasetTest {
  private static final byte[] DATA = {9, 8, 7};

  @Test
  void sampleHoldsAllRecordsOfAMediumAndItsPictureOnce() throws IOException {
    List<InstructionRecord> item = new ArrayList<>(medium("a.b/c (1).png"));
    item.addAll(medium("second"));
    byte[] tar = write(r -> Optional.of(new EncodedPicture("png", DATA)), item);
    // SHA-256 of "phantom|a.b/c (1).png" and of "phantom|second", first 32 digits.
    assertThat(entries(tar).keySet())
        .containsExactly(
            "5e5eeef82a03543bb17a28167df9bd76.json",
            "5e5eeef82a03543bb17a28167df9bd76.png",
            "e017c72b0b8cb162dd32aca53c447f97.json",
            "e017c72b0b8cb162dd32aca53c447f97.png");
    assertThat(entries(tar)).containsEntry("5e5eeef82a03543bb17a28167df9bd76.png", DATA);
    assertThat(read(tar)).isEqualTo(item);
  }

  @Test
  void mediumWithoutPictureIsStoredWithoutOne() throws IOException {
    byte[] tar = write(PictureSource.NONE, medium("a"));
    assertThat(entries(tar).keySet()).hasSize(1).allMatch(name -> name.endsWith(".json"));
  }

  @Test
  void headersSayNothingOfTimeAndUser() throws IOException {
    try (var in = new TarArchiveInputStream(stream(write(PictureSource.NONE, medium("a"))))) {
      TarArchiveEntry entry = in.getNextEntry();
      assertThat(entry.getLastModifiedTime().toMillis()).isZero();
      assertThat(entry.getMode()).isEqualTo(0644);
      assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
      assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
      assertThat(entry.isPaxHeader()).isFalse();
    }
  }

  @Test
  void recordsOfOneMediumInTwoCallsAreRefused() throws IOException {
    List<InstructionRecord> records = medium("a");
    try (RecordWriter writer =
        new WebDatasetWriter(new ByteArrayOutputStream(), PictureSource.NONE)) {
      writer.write(records.get(0));
      assertThatThrownBy(() -> writer.write(records.get(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(records.get(1).id());
    }
  }

  @Test
  void cutFileIsNamed() throws IOException {
    byte[] whole = write(PictureSource.NONE, medium("a"));
    byte[] cut = Arrays.copyOf(whole, 700);
    assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
  }

  @Test
  void otherJsonIsNamed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      byte[] json = "{\"caption\": \"x\"}".getBytes(UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry("00.json");
      entry.setSize(json.length);
      tar.putArchiveEntry(entry);
      tar.write(json);
      tar.closeArchiveEntry();
    }
    assertThatThrownBy(() -> read(out.toByteArray()))
        .hasMessageContaining("x.tar#00.json")
        .hasMessageContaining("without records");
  }

  private static List<InstructionRecord> medium(String id) {
    return TestRecords.picture(id, "lesion", new Box(10, 10, 50, 50));
  }

  private static byte[] write(PictureSource pictures, List<InstructionRecord> item)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RecordWriter writer = new WebDatasetWriter(out, pictures)) {
      writer.write(item);
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> entries(byte[] tar) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (var in = new TarArchiveInputStream(stream(tar))) {
      for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        entries.put(e.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  private static List<InstructionRecord> read(byte[] tar) throws IOException {
    List<InstructionRecord> records = new ArrayList<>();
    try (RecordReader reader = new WebDatasetReader(stream(tar), "x.tar")) {
      for (InstructionRecord r = reader.next(); r != null; r = reader.next()) {
        records.add(r);
      }
    }
    return records;
  }

  private static ByteArrayInputStream stream(byte[] data) {
    return new ByteArrayInputStream(data);
  }
}
