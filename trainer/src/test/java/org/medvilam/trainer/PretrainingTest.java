package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;

class PretrainingTest {
  @TempDir Path output;

  @Test
  void testSameSeedSameBase() throws Exception {
    VisionLanguageModel a = Tiny.base(output.resolve("a"), 1);
    VisionLanguageModel b = Tiny.base(output.resolve("b"), 1);
    VisionLanguageModel c = Tiny.base(output.resolve("c"), 2);
    assertThat(a.baseSha256()).isEqualTo(b.baseSha256()).isNotEqualTo(c.baseSha256());
  }

  @Test
  void testLoadedBaseAnswers() throws Exception {
    VisionLanguageModel model = Tiny.base(output.resolve("a"), 1);
    float[] pixels = new float[model.inputSize() * model.inputSize()];
    String answer = model.answer(pixels, "Where is the lesion in this image?");
    assertThat(model.answer(pixels, "Where is the lesion in this image?")).isEqualTo(answer);
  }

  @Test
  void testTruncatedBaseIsRefused() throws Exception {
    Tiny.base(output.resolve("a"), 1);
    Path weights = output.resolve("a").resolve(CheckpointFiles.WEIGHTS);
    byte[] content = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(content, content.length - 10));
    assertThatThrownBy(() -> VisionLanguageModel.load(output.resolve("a")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is cut short");
  }

  @Test
  void testUnfinishedBaseIsRefused() {
    assertThatThrownBy(() -> VisionLanguageModel.load(output.resolve("none")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is not a finished checkpoint");
  }

  @Test
  void testUnknownBuiltInIsRefused() {
    assertThatThrownBy(() -> VisionLanguageModel.builtIn("other"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("ships medvilam-tiny");
  }
}
