package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.medvilam.pipelines.model.FineTune;
import org.medvilam.pipelines.model.Models;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.trainer.FineTuningOptions;
import org.medvilam.trainer.FineTuningResult;
import org.medvilam.trainer.VisionLanguageModel;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fine-tunes the projection. */
@Command(
    name = "finetune",
    description =
        "Train the projection between a frozen vision encoder and a frozen decoder on few shots.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  medvilam finetune --train out/shots --output out/checkpoint --steps 300",
      "",
      "The checkpoint holds the projection as safetensors and a card with every value used."
    })
public final class FinetuneCommand implements Callable<Integer> {
  /** How to train. */
  static final class Training {
    @Option(names = "--steps", defaultValue = "400", description = "Updates.")
    private int steps;

    @Option(names = "--batch", defaultValue = "16", description = "Examples per update.")
    private int batch;

    @Option(names = "--rate", defaultValue = "1e-2", description = "Learning rate after warm-up.")
    private double rate;

    @Option(names = "--last-rate", defaultValue = "1e-7", description = "Rate at the last step.")
    private double lastRate;

    @Option(names = "--warm-up", defaultValue = "20", description = "Steps of the warm-up.")
    private int warmUp;

    @Option(names = "--beta1", defaultValue = "0.9", description = "AdamW's first decay.")
    private double beta1;

    @Option(names = "--beta2", defaultValue = "0.98", description = "AdamW's second decay.")
    private double beta2;

    @Option(names = "--weight-decay", defaultValue = "0.05", description = "AdamW's weight decay.")
    private double weightDecay;

    @Option(names = "--clip", defaultValue = "1", description = "Largest gradient norm.")
    private double clip;

    @Option(names = "--dropout", defaultValue = "0", description = "Part of image values dropped.")
    private double dropout;

    @Option(
        names = "--coordinate-sigma",
        defaultValue = "8",
        description = "Spread of coordinate targets in bins; 0 for plain cross-entropy.")
    private double sigma;

    @Option(
        names = "--no-flips",
        negatable = false,
        description = "Do not mirror pictures, boxes and side words.")
    private boolean noFlips;

    @Option(names = "--seed", defaultValue = "1", description = "Order, flips and dropout.")
    private long seed;

    @Option(
        names = "--checkpoint-every",
        defaultValue = "0",
        description = "Write a state to resume from every N steps; 0 for the end only.")
    private int every;
  }

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FEWSHOT",
      description = "A subset of 'medvilam fewshot', or a run.")
  private Path train;

  @Option(
      names = "--model",
      defaultValue = VisionLanguageModel.TINY,
      paramLabel = "BASE",
      description = "The built-in base, or the directory of one.")
  private String model;

  @Option(names = "--output", required = true, paramLabel = "CKPT", description = "A directory.")
  private Path output;

  @Option(
      names = "--root",
      paramLabel = "DATASET=DIR",
      description = "Where a dataset's pictures are now, if they moved since 'convert'.")
  private Map<String, Path> moved = Map.of();

  @Option(names = "--resume", description = "Go on from the state in --output.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace the checkpoint in --output.")
  private boolean overwrite;

  @ArgGroup(exclusive = false, heading = "%nTraining%n")
  private Training training = new Training();

  @Override
  public Integer call() throws IOException {
    RunFolder subset = Runs.open("--train", train);
    FineTuningOptions options = options();
    if (!resume && !overwrite) {
      OutputFolder.prepare(output, OutputFolder.Existing.REFUSE);
    }
    VisionLanguageModel base = Models.base(model);
    FineTuningResult result =
        FineTune.run(
            base, subset, new PictureRoots(subset, moved), options, output, resume, System.err);
    List<Double> losses = result.losses();
    System.out.printf(
        "loss        %.4f at the first step, %.4f at the last of %d%n",
        losses.get(0), losses.get(losses.size() - 1), losses.size());
    System.out.printf("written to  %s%n", output);
    return ExitCode.DONE;
  }

  private FineTuningOptions options() {
    Training t = training;
    try {
      return new FineTuningOptions(
          t.steps,
          t.batch,
          t.rate,
          t.lastRate,
          Math.min(t.warmUp, t.steps / 2),
          t.beta1,
          t.beta2,
          t.weightDecay,
          t.clip,
          t.dropout,
          t.sigma,
          !t.noFlips,
          !t.noFlips,
          t.every,
          t.seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
