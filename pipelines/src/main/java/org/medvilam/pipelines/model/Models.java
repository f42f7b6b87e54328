package org.medvilam.pipelines.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.trainer.VisionLanguageModel;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;

/** Finds models by what the user calls them. */
public final class Models {
  private Models() {}

  /**
   * Loads a base.
   *
   * @param name the built-in base, or the directory of one
   */
  public static VisionLanguageModel base(String name) throws IOException {
    try {
      return name.equals(VisionLanguageModel.TINY)
          ? VisionLanguageModel.builtIn(name)
          : VisionLanguageModel.load(Path.of(name));
    } catch (CheckpointException e) {
      throw new UsageException("--model: " + e.getMessage());
    }
  }

  /**
   * Loads a model to evaluate.
   *
   * @param name the built-in base, or the directory of a base or of a fine-tuned checkpoint
   * @param base the base of a fine-tuned checkpoint
   */
  public static VisionLanguageModel model(String name, String base) throws IOException {
    if (!isCheckpoint(name)) {
      return base(name);
    }
    try {
      return base(base).withCheckpoint(Path.of(name));
    } catch (CheckpointException e) {
      throw new UsageException("--model: " + e.getMessage());
    }
  }

  /** Tells whether a name is the directory of a fine-tuned checkpoint. */
  public static boolean isCheckpoint(String name) throws IOException {
    Path folder = Path.of(name);
    if (name.equals(VisionLanguageModel.TINY) && !Files.exists(folder)) {
      return false;
    }
    try {
      return !CheckpointFiles.readCard(folder).path("kind").asText().equals("base");
    } catch (CheckpointException e) {
      throw new UsageException("--model: " + e.getMessage());
    }
  }
}
