package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is asked of a device alone. The tests of gradients, steps and answers compute there by the
 * profile: {@code mvn -Dcuda12 test} or {@code mvn -Dcuda test}.
 */
class CudaTest {
  @TempDir Path folder;

  @Test
  @OnCuda(Engine.ONNX)
  void testOnnxRuntimeTrainsOnTheDevice() throws Exception {
    check(Engine.ONNX);
  }

  @Test
  @OnCuda(Engine.ND4J)
  void testNd4jTrainsOnTheDevice() throws Exception {
    check(Engine.ND4J);
  }

  private void check(Engine engine) throws Exception {
    assertThat(engine.description(Trained.projection())).contains(" (sm_");
    FineTuningResult result =
        FineTuning.of(
                VisionLanguageModel.builtIn(VisionLanguageModel.TINY),
                Tiny.options(3, 0, 0),
                MemoryShortageTest.examples(3))
            .withEngine(engine)
            .run(folder.resolve("c"), Progress.silent());
    assertThat(result.losses()).hasSize(3).doesNotContain(Double.NaN);
  }
}
