package org.medvilam.trainer;

import org.medvilam.trainer.nn.Activation;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.VisionConfig;
import org.medvilam.trainer.text.Tokenizer;

/**
 * How a small base is pre-trained on drawn scenes.
 *
 * @param name the base's name
 * @param network the network's shape
 * @param seed decides the first weights and every scene
 * @param steps the number of updates
 * @param encoderSteps how many of them, at the start, train the encoder alone
 * @param wordSteps how many of them, at the end, teach words with the encoder frozen
 * @param batch the scenes of an update
 * @param rate the learning rate after warm-up
 * @param warmUp the steps of the warm-up
 * @param patchWeight the weight of the losses that read single patches
 * @param firstSigma the spread of coordinate targets at the first step, in bins
 * @param lastSigma the spread at the last step
 * @param segmentEvery every so many steps the batch asks for outlines; 0 for never
 * @param heldOut the number of scenes the finished base is scored on
 */
public record PretrainingOptions(
    String name,
    NetworkConfig network,
    long seed,
    int steps,
    int encoderSteps,
    int wordSteps,
    int batch,
    double rate,
    int warmUp,
    double patchWeight,
    double firstSigma,
    double lastSigma,
    int segmentEvery,
    int heldOut) {
  /** Checks the ranges. */
  public PretrainingOptions {
    if (encoderSteps < 0 || wordSteps < 0 || (long) encoderSteps + wordSteps >= steps) {
      throw new IllegalArgumentException(
          "Encoder and word steps must be fewer than %d together, but were: %d, %d"
              .formatted(steps, encoderSteps, wordSteps));
    }
    if (steps < 2 || batch < 1 || heldOut < 0) {
      throw new IllegalArgumentException(
          String.format(
              "Steps must be at least 2, batch at least 1 and held-out scenes not negative, but"
                  + " were: %d, %d, %d",
              steps, batch, heldOut));
    }
    if (!(lastSigma > 0) || lastSigma > firstSigma) {
      throw new IllegalArgumentException(
          "Spreads must satisfy 0 < last <= first, but were: " + lastSigma + ", " + firstSigma);
    }
  }

  /** Returns the options of the base that ships with the project. */
  public static PretrainingOptions defaults() {
    VisionConfig vision =
        new VisionConfig(64, 8, 1, 128, 4, 4, 512, false, true, Activation.QUICK_GELU, 1e-5);
    DecoderConfig decoder =
        new DecoderConfig(Tokenizer.standard().size(), 128, 4, 4, 2, 512, true, 10_000, 1e-5);
    return new PretrainingOptions(
        "medvilam-tiny",
        new NetworkConfig(vision, decoder),
        1,
        9_700,
        600,
        2_200,
        24,
        1.5e-3,
        100,
        3,
        60,
        8,
        8,
        300);
  }

  /** Returns the step, counted from 0, from which on words are taught. */
  int firstWordStep() {
    return steps - wordSteps;
  }

  /** Returns these options with another number of updates; each part of them is cut to fit. */
  public PretrainingOptions withSteps(int value) {
    return new PretrainingOptions(
        name,
        network,
        seed,
        value,
        Math.min(encoderSteps, value / 4),
        Math.min(wordSteps, value / 4),
        batch,
        rate,
        Math.min(warmUp, value / 4),
        patchWeight,
        firstSigma,
        lastSigma,
        segmentEvery,
        heldOut);
  }

  /** Returns these options with another seed. */
  public PretrainingOptions withSeed(long value) {
    return new PretrainingOptions(
        name,
        network,
        value,
        steps,
        encoderSteps,
        wordSteps,
        batch,
        rate,
        warmUp,
        patchWeight,
        firstSigma,
        lastSigma,
        segmentEvery,
        heldOut);
  }

  /** Returns these options with another network and batch. */
  public PretrainingOptions withNetwork(NetworkConfig value, int scenes) {
    return new PretrainingOptions(
        name,
        value,
        seed,
        steps,
        encoderSteps,
        wordSteps,
        scenes,
        rate,
        warmUp,
        patchWeight,
        firstSigma,
        lastSigma,
        segmentEvery,
        heldOut);
  }

  /** Returns these options with another number of held-out scenes. */
  public PretrainingOptions withHeldOut(int value) {
    return new PretrainingOptions(
        name,
        network,
        seed,
        steps,
        encoderSteps,
        wordSteps,
        batch,
        rate,
        warmUp,
        patchWeight,
        firstSigma,
        lastSigma,
        segmentEvery,
        value);
  }
}
