package org.medvilam.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Settings;
import org.medvilam.converters.phantom.PhantomDicom;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.EncodedPicture;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;

final class PictureEmbedderTest {
  private static final Embedding ORIGINAL = new Embedding(Embedding.Form.ORIGINAL, 0);

  @TempDir private Path folder;

  private final Counts counts = new Counts();
  private Store data;
  private Store output;

  @BeforeEach
  void prepare() {
    data = LocalStore.of(folder.resolve("data"));
    output = LocalStore.of(folder.resolve("out"));
  }

  @Test
  void originalFileIsStoredAsItIs() throws IOException {
    write(data, "a.JPG", 1, 2, 3);
    Optional<EncodedPicture> picture =
        embedder(ORIGINAL).of(record(Media.image("a", "a.JPG", 2, 2)));
    assertThat(picture.orElseThrow().extension()).isEqualTo("jpg");
    assertThat(picture.orElseThrow().data()).containsExactly(1, 2, 3);
    assertThat(counts.pictures()).isEqualTo(Map.of("embedded", 1L));
  }

  @Test
  void derivedPictureComesFromTheOutput() throws IOException {
    write(output, "images/v-0001.png", 4);
    Media media = Media.image("v/1", "images/v-0001.png", 2, 2).asDerived();
    assertThat(embedder(ORIGINAL).of(record(media)).orElseThrow().data()).containsExactly(4);
  }

  @Test
  void formatThatReadersDoNotKnowIsCounted() throws IOException {
    write(data, "a.dcm", 1);
    assertThat(embedder(ORIGINAL).of(record(Media.image("a", "a.dcm", 2, 2)))).isEmpty();
    assertThat(counts.pictures()).isEqualTo(Map.of("other_format", 1L));
  }

  @Test
  void headerOfDicomIsNotPassedOnUnderAnotherName() throws IOException {
    byte[] dicom = PhantomDicom.grey("a", 2, 2, 8, new int[] {0, 1, 2, 3});
    try (OutputStream out = data.write("a.png")) {
      out.write(dicom);
    }
    assertThat(embedder(ORIGINAL).of(record(Media.image("a", "a.png", 2, 2)))).isEmpty();
    assertThat(counts.pictures()).isEqualTo(Map.of("other_format", 1L));
  }

  @Test
  void volumeHasNoPicture() throws IOException {
    Media media = Media.volume("v", "v.mhd", 2, 2, 2, "LPS");
    assertThat(embedder(ORIGINAL).of(record(media))).isEmpty();
    assertThat(counts.pictures()).isEqualTo(Map.of("not_a_picture", 1L));
  }

  @Test
  void whatCannotBeStoredIsNamedOnce() throws IOException {
    write(data, "b.png", 1, 2, 3);
    PictureEmbedder embedder = embedder(new Embedding(Embedding.Form.PNG, 0));
    assertThat(embedder.of(record(Media.image("a", "gone.png", 2, 2)))).isEmpty();
    assertThat(embedder.of(record(Media.image("b", "b.png", 2, 2)))).isEmpty();
    assertThat(embedder.of(record(Media.image("c", "../c.png", 2, 2)))).isEmpty();
    assertThat(embedder.takeRejections())
        .extracting(Rejection::scope, Rejection::source, Rejection::reason)
        .containsExactly(
            tuple(Rejection.Scope.PART, "gone.png", "unreadable-file"),
            tuple(Rejection.Scope.PART, "b.png", "unknown-format"),
            tuple(Rejection.Scope.PART, "../c.png", "unsafe-path"));
    assertThat(embedder.takeRejections()).isEmpty();
    assertThat(counts.pictures()).isEqualTo(Map.of("failed", 3L));
  }

  @Test
  void nothingIsStoredOrCountedWhereNothingIsAskedFor() throws IOException {
    assertThat(embedder(Embedding.NONE).of(record(Media.image("a", "a.png", 2, 2)))).isEmpty();
    assertThat(counts.pictures()).isEmpty();
  }

  @Test
  void labelFilesAloneHaveNoPictures() {
    Settings settings = Settings.standard();
    assertThat(Embedding.standard(RecordFormat.WEBDATASET, settings)).isEqualTo(ORIGINAL);
    assertThat(Embedding.standard(RecordFormat.WEBDATASET, settings.withLabelsOnly()))
        .isEqualTo(Embedding.NONE);
    assertThat(Embedding.standard(RecordFormat.TFRECORD, settings)).isEqualTo(Embedding.NONE);
  }

  private PictureEmbedder embedder(Embedding embedding) {
    ConvertJob job =
        new ConvertJob(
            "masks",
            data,
            output,
            Settings.standard(),
            InstructionOptions.standard(),
            RecordFormat.WEBDATASET,
            1,
            0,
            embedding);
    return new PictureEmbedder(job, counts);
  }

  private static void write(Store store, String path, int... bytes) throws IOException {
    try (OutputStream out = store.write(path)) {
      for (int b : bytes) {
        out.write(b);
      }
    }
  }

  private static InstructionRecord record(Media media) {
    return new InstructionRecord(
        "masks/" + media.id() + "/classification/x/0",
        "masks",
        Split.TRAIN,
        Task.CLASSIFICATION,
        "ct",
        media,
        "image:a",
        "x",
        "x",
        "?",
        "x",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        new Source("a", null),
        "masks/1");
  }
}
