package org.medvilam.pipelines.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.trainer.VisionLanguageModel;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.nn.VisionConfig;

/** Finds models by what the user calls them. */
public final class Models {
  private static final String CLIP = "clip:";
  private static final String LLAMA = "llama:";

  private Models() {}

  /**
   * Loads a base.
   *
   * @param name the built-in base, or the directory of one
   */
  public static VisionLanguageModel base(String name) throws IOException {
    return base(name, null);
  }

  /**
   * Loads a base of one part or of two.
   *
   * @param name the built-in base, the directory of one, or {@code clip:DIR}
   * @param decoder {@code llama:DIR} beside {@code clip:DIR}, otherwise null
   */
  public static VisionLanguageModel base(String name, @Nullable String decoder) throws IOException {
    boolean clip = isPair(name, decoder);
    try {
      if (clip) {
        return VisionLanguageModel.load(
            Path.of(name.substring(CLIP.length())), Path.of(decoder.substring(LLAMA.length())));
      }
      return name.equals(VisionLanguageModel.TINY)
          ? VisionLanguageModel.builtIn(name)
          : VisionLanguageModel.load(Path.of(name));
    } catch (CheckpointException e) {
      throw new UsageException("--model: " + e.getMessage());
    }
  }

  private static boolean isPair(String name, @Nullable String decoder) {
    boolean clip = name.startsWith(CLIP);
    if (clip != (decoder != null) || clip && !decoder.startsWith(LLAMA)) {
      throw new UsageException(
          "--decoder: expected --model %sDIR with --decoder %sDIR, or neither; found %s and %s"
              .formatted(CLIP, LLAMA, name, decoder == null ? "no decoder" : decoder));
    }
    return clip;
  }

  /**
   * Reads the shape of a base's vision encoder, without its weights.
   *
   * @param name the built-in base, the directory of one, or {@code clip:DIR}
   * @param decoder {@code llama:DIR} beside {@code clip:DIR}, otherwise null
   */
  public static VisionConfig vision(String name, @Nullable String decoder) throws IOException {
    boolean clip = isPair(name, decoder);
    try {
      if (clip) {
        return VisionLanguageModel.visionOfClip(Path.of(name.substring(CLIP.length())));
      }
      return name.equals(VisionLanguageModel.TINY)
          ? VisionLanguageModel.visionOfBuiltIn(name)
          : VisionLanguageModel.visionOf(Path.of(name));
    } catch (CheckpointException e) {
      throw new UsageException("--model: " + e.getMessage());
    }
  }

  /**
   * Returns a base with what a fine-tuned checkpoint holds.
   *
   * @param name the directory of the checkpoint
   */
  public static VisionLanguageModel tuned(VisionLanguageModel base, String name)
      throws IOException {
    try {
      return base.withCheckpoint(Path.of(name));
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
