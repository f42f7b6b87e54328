package org.medvilam.evaluation.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PredictionFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("predictions.jsonl");
    List<Prediction> predictions =
        List.of(new Prediction("busi/a é/0", "[1, 2, 3, 4]"), new Prediction("b", "no \"box\"\n"));
    PredictionFile.write(file, predictions);
    assertThat(Files.readString(file))
        .startsWith("{\"id\":\"busi/a é/0\",\"answer\":\"[1, 2, 3, 4]\"}\n");
    assertThat(PredictionFile.read(file)).isEqualTo(predictions);
  }

  @Test
  void otherFieldsAndBlankLinesAreSkipped() throws IOException {
    Path file = folder.resolve("predictions.jsonl");
    Files.writeString(file, "\n{\"id\": \"a\", \"answer\": \"x\", \"score\": 0.5}\n\n");
    assertThat(PredictionFile.read(file)).containsExactly(new Prediction("a", "x"));
  }

  @Test
  void aLineThatIsNoPredictionIsNamed() throws IOException {
    Path file = folder.resolve("predictions.jsonl");
    for (String bad : List.of("{\"id\": \"a\"}", "{\"id\": \"a\", \"answer\": null}", "[0, 0]")) {
      Files.writeString(file, "{\"id\": \"a\", \"answer\": \"x\"}\n" + bad + "\n");
      assertThatThrownBy(() -> PredictionFile.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("predictions.jsonl line 2: expected {\"id\"");
    }
  }
}
