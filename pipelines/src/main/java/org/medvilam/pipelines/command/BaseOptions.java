package org.medvilam.pipelines.command;

import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.VisionLanguageModel;
import picocli.CommandLine.Option;

/** The frozen model, for every command that starts from one. */
final class BaseOptions {
  @Option(
      names = "--model",
      defaultValue = VisionLanguageModel.TINY,
      paramLabel = "BASE",
      description = "The built-in base, the directory of one, or clip:DIR.")
  private String model;

  @Option(
      names = "--decoder",
      paramLabel = "llama:DIR",
      description = "A decoder in Hugging Face's layout, beside --model clip:DIR.")
  private @Nullable String decoder;

  /** Returns the name of the base, or of its vision tower. */
  String model() {
    return model;
  }

  /** Returns the name of the decoder, or null where the base brings its own. */
  @Nullable String decoder() {
    return decoder;
  }
}
