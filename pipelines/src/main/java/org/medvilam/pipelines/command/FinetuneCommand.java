package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.medvilam.pipelines.model.FineTune;
import org.medvilam.pipelines.model.Models;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.trainer.Engine;
import org.medvilam.trainer.FineTuningOptions;
import org.medvilam.trainer.FineTuningResult;
import org.medvilam.trainer.Trained;
import org.medvilam.trainer.VisionLanguageModel;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "The checkpoint holds what was trained as safetensors, a card with every value used, and the "
          + "steps as history.csv and for TensorBoard."
    })
public final class FinetuneCommand implements Callable<Integer> {
  /** Where the values start that are not given. */
  enum Preset {
    /** For twenty shots on the small base. */
    FEW_SHOT,
    /** The paper's. */
    PAPER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How to train; what is not given is the preset's. */
  static final class Training {
    @Option(
        names = "--preset",
        paramLabel = "PRESET",
        defaultValue = "few-shot",
        description = "few-shot, or the paper's values.")
    private Preset preset;

    @Option(
        names = "--steps",
        paramLabel = "N",
        description = "Updates (16 a record, 800 to 4000; paper: 70000).")
    private @Nullable Integer steps;

    @Option(names = "--batch", paramLabel = "N", description = "Examples per pass (16; paper: 16).")
    private @Nullable Integer batch;

    @Option(
        names = "--accumulate",
        paramLabel = "N",
        description = "Passes per update, as one large batch (1; paper: 1).")
    private @Nullable Integer accumulate;

    @Option(
        names = "--rate",
        paramLabel = "X",
        description = "Learning rate after warm-up (3e-3; paper: 2e-5).")
    private @Nullable Double rate;

    @Option(
        names = "--last-rate",
        paramLabel = "X",
        description = "Rate at the last step (1e-7; paper: 1e-7).")
    private @Nullable Double lastRate;

    @Option(
        names = "--warm-up",
        paramLabel = "N",
        description = "Steps of the warm-up, at most half of all (20; paper: 1000).")
    private @Nullable Integer warmUp;

    @Option(
        names = "--beta1",
        paramLabel = "X",
        description = "AdamW's first decay (0.9; paper: 0.9).")
    private @Nullable Double beta1;

    @Option(
        names = "--beta2",
        paramLabel = "X",
        description = "AdamW's second decay (0.98; paper: 0.98).")
    private @Nullable Double beta2;

    @Option(
        names = "--weight-decay",
        paramLabel = "X",
        description = "AdamW's weight decay (0.05; paper: 0.05).")
    private @Nullable Double weightDecay;

    @Option(
        names = "--clip",
        paramLabel = "X",
        description = "Largest gradient norm (1; paper: 1).")
    private @Nullable Double clipNorm;

    @Option(
        names = "--dropout",
        paramLabel = "X",
        description = "Part of image values dropped (0; paper: 0.1).")
    private @Nullable Double dropout;

    @Option(
        names = "--coordinate-sigma",
        paramLabel = "X",
        description =
            "Spread of coordinate targets in bins, 0 for plain cross-entropy (8; paper: 0).")
    private @Nullable Double coordinateSigma;

    @Option(
        names = "--flips",
        description = "Mirror pictures, boxes and side words: true or false (true; paper: false).")
    private @Nullable Boolean flips;

    @Option(
        names = "--views",
        paramLabel = "N",
        description =
            "Versions of a picture with boxes that are seen, all but one scaled and moved"
                + " (8, or 1 with --features; paper: 1).")
    private @Nullable Integer views;

    @Option(
        names = "--checkpoint-every",
        paramLabel = "N",
        description = "Steps between states to resume from, 0 for the end only (0; paper: 1000).")
    private @Nullable Integer checkpointEvery;

    @Option(
        names = "--validate-every",
        paramLabel = "N",
        description = "Steps between validations (20; paper: 1000).")
    private @Nullable Integer validateEvery;

    @Option(
        names = "--patience",
        paramLabel = "N",
        description =
            "Validations without a better loss that end the run, 0 for never (5; paper: 0).")
    private @Nullable Integer patience;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Order, views and dropout (1; paper: 1).")
    private @Nullable Long seed;

    @Option(
        names = "--tune",
        paramLabel = "PART",
        description =
            "What changes: projection, projection+norm or lora; each the projection too"
                + " (projection; paper: projection).")
    private Trained.@Nullable Part tune;

    @Option(names = "--lora-rank", paramLabel = "N", description = "Rank of --tune lora (8).")
    private @Nullable Integer loraRank;

    @Option(names = "--lora-alpha", paramLabel = "X", description = "Strength of --tune lora (16).")
    private @Nullable Double loraAlpha;

    @Option(names = "--no-flips", negatable = false, description = "The same as --flips false.")
    private boolean noFlips;

    /** Tells whether the number of updates follows from that of the records. */
    boolean stepsFollowRecords() {
      return steps == null && preset == Preset.FEW_SHOT;
    }

    FineTuningOptions options(boolean stored) {
      FineTuningOptions start =
          preset == Preset.PAPER ? FineTuningOptions.paper() : FineTuningOptions.defaults();
      FineTuningOptions.Change change = start.change();
      set(steps, change::steps);
      set(batch, change::batch);
      set(accumulate, change::accumulate);
      set(rate, change::rate);
      set(lastRate, change::lastRate);
      set(warmUp, change::warmUp);
      set(beta1, change::beta1);
      set(beta2, change::beta2);
      set(weightDecay, change::weightDecay);
      set(clipNorm, change::clipNorm);
      set(dropout, change::dropout);
      set(coordinateSigma, change::coordinateSigma);
      set(checkpointEvery, change::checkpointEvery);
      set(validateEvery, change::validateEvery);
      set(patience, change::patience);
      set(seed, change::seed);
      set(views == null && stored ? Integer.valueOf(1) : views, change::views);
      set(noFlips ? Boolean.FALSE : flips, v -> change.flipHorizontal(v).flipVertical(v));
      set(tune, part -> change.trained(trained(part)));
      if (tune != Trained.Part.LORA && (loraRank != null || loraAlpha != null)) {
        throw new IllegalArgumentException(
            "--lora-rank, --lora-alpha: expected --tune lora beside them, found "
                + (tune == null ? "no --tune" : "--tune " + tune));
      }
      return change.build();
    }

    private Trained trained(Trained.Part part) {
      return switch (part) {
        case PROJECTION -> Trained.projection();
        case PROJECTION_NORM -> Trained.projectionAndNorms();
        case LORA ->
            Trained.lora(
                loraRank == null ? Trained.DEFAULT_RANK : loraRank,
                loraAlpha == null ? Trained.DEFAULT_ALPHA : loraAlpha);
      };
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
      if (value != null) {
        setter.accept(value);
      }
    }
  }

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FEWSHOT",
      description = "A subset of 'medvilam fewshot', or a run.")
  private Path train;

  @Mixin private BaseOptions start;

  @Option(names = "--output", required = true, paramLabel = "CKPT", description = "A directory.")
  private Path output;

  @Mixin private PictureRootOption pictureRoot;

  @Option(
      names = "--validation",
      paramLabel = "RUN",
      description = "A run whose validation part's loss is followed, for early stopping.")
  private @Nullable Path validation;

  @Option(
      names = "--validation-limit",
      defaultValue = "64",
      paramLabel = "N",
      description = "At most N validation records, by hash; 0 for all.")
  private int validationLimit;

  @Option(
      names = "--features",
      paramLabel = "DIR",
      description = "Features of 'medvilam encode'; what is missing there is computed.")
  private @Nullable Path features;

  @Option(
      names = "--log",
      paramLabel = "DIR",
      description = "Write every step at once: history.csv and a file for TensorBoard.")
  private @Nullable Path log;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "auto",
      description =
          "What computes steps and features: nd4j, onnx (faster), or auto, onnx where it loads.")
  private Engine engine;

  @Option(names = "--resume", description = "Go on from the state in --output.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace the checkpoint in --output.")
  private boolean overwrite;

  @ArgGroup(exclusive = false, heading = "%nTraining (few-shot value; paper's value)%n")
  private Training training = new Training();

  @Override
  public Integer call() throws IOException {
    RunFolder subset = Runs.open("--train", train);
    FineTuningOptions options = options();
    if (OutputFolder.Existing.of(overwrite, resume) == OutputFolder.Existing.REFUSE) {
      OutputFolder.checkNew(output);
    }
    VisionLanguageModel base = Models.base(start.model(), start.decoder());
    FineTune tuning =
        new FineTune(base, subset, new PictureRoots(subset, pictureRoot.moved()), System.err);
    if (validation != null) {
      RunFolder other = Runs.open("--validation", validation);
      tuning.withValidation(other, PictureRoots.of(other, pictureRoot.moved()), validationLimit);
    }
    tuning.withEngine(engine);
    if (features != null) {
      tuning.withFeatures(features);
    }
    if (log != null) {
      tuning.withLog(log);
    }
    FineTuningOptions fit =
        training.stepsFollowRecords() ? options.forRecords(tuning.records()) : options;
    FineTuningResult result = tuning.run(fit, output, resume);
    List<Double> losses = result.losses();
    System.out.printf(
        "loss        %.4f at the first step, %.4f at the last of %d%n",
        losses.get(0), losses.get(losses.size() - 1), losses.size());
    if (result.keptStep() < losses.size()) {
      System.out.printf("kept        step %d, the best in validation%n", result.keptStep());
    }
    System.out.printf("written to  %s%n", output);
    return ExitCode.DONE;
  }

  private FineTuningOptions options() {
    try {
      return training.options(features != null);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
