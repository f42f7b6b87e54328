package org.medvilam.pipelines.command;

import org.medvilam.pipelines.run.UsageException;
import org.medvilam.trainer.Engine;
import picocli.CommandLine.Option;

/** What computes features and answers, for every command that uses a frozen model. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "auto",
      description =
          "What computes the model: nd4j, onnx (faster), or auto, which is onnx where it loads.")
  private Engine engine;

  /** Returns the engine that is used on this machine; one that does not load here is refused. */
  Engine chosen() {
    try {
      return engine.chosen();
    } catch (IllegalStateException e) {
      throw new UsageException("--engine: " + e.getMessage());
    }
  }
}
