package org.medvilam.trainer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.nn.LoraConfig;
import org.medvilam.trainer.nn.Network;

/**
 * Which tensors a fine-tuning run changes; its checkpoint holds these and no other.
 *
 * @param part the tensors
 * @param rank the rank of low-rank additions, 0 where there are none
 * @param alpha their strength, 0 where there are none
 */
public record Trained(Part part, int rank, double alpha) {
  /** The rank of low-rank additions where none is asked for. */
  public static final int DEFAULT_RANK = 8;

  /** The strength of low-rank additions where none is asked for. */
  public static final double DEFAULT_ALPHA = 16;

  /** Sets of tensors; all of them hold the projection. */
  public enum Part {
    /** The projection alone, as the paper has it. */
    @JsonProperty("projection")
    PROJECTION("projection"),
    /** The projection and every norm of the decoder. */
    @JsonProperty("projection+norm")
    PROJECTION_NORM("projection+norm"),
    /** The projection and low-rank additions to the decoder's queries and values. */
    @JsonProperty("lora")
    LORA("lora");

    private final String key;

    Part(String key) {
      this.key = key;
    }

    @Override
    public String toString() {
      return key;
    }
  }

  /** Checks that there is a rank where one is needed, and only there. */
  public Trained {
    if ((part == Part.LORA) != (rank > 0)) {
      throw new IllegalArgumentException(
          "LoRA needs a rank of at least 1, and nothing else has one, but %s had: %d"
              .formatted(part, rank));
    }
    new LoraConfig(rank, alpha);
  }

  /** Returns the projection alone. */
  public static Trained projection() {
    return new Trained(Part.PROJECTION, 0, 0);
  }

  /** Returns the projection and the decoder's norms. */
  public static Trained projectionAndNorms() {
    return new Trained(Part.PROJECTION_NORM, 0, 0);
  }

  /**
   * Returns the projection and low-rank additions.
   *
   * @param rank their rank, at least 1
   * @param alpha their strength, above 0
   */
  public static Trained lora(int rank, double alpha) {
    return new Trained(Part.LORA, rank, alpha);
  }

  /** Reads what a checkpoint's card says; older cards say nothing and mean the projection. */
  static Trained of(JsonNode card) {
    JsonNode said = card.path("options").path("trained");
    if (said.isMissingNode()) {
      return projection();
    }
    try {
      return new ObjectMapper().treeToValue(said, Trained.class);
    } catch (IOException | IllegalArgumentException e) {
      throw new CheckpointException(
          "The card says that %s was trained, which this version does not know."
              .formatted(said.toString().toLowerCase(Locale.ROOT)),
          e);
    }
  }

  /** Returns the low-rank additions. */
  public LoraConfig lora() {
    return new LoraConfig(rank, alpha);
  }

  /** Tells whether a tensor is among them, by its name. */
  boolean includes(String tensor) {
    return tensor.startsWith(Network.PROJECTION)
        || switch (part) {
          case PROJECTION -> false;
          case PROJECTION_NORM -> Network.isDecoderNorm(tensor);
          case LORA -> LoraConfig.isPart(tensor);
        };
  }
}
