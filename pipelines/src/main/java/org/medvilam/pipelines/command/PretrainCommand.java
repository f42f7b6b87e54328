package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medvilam.pipelines.model.JointRuns;
import org.medvilam.pipelines.model.TrainingLine;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.trainer.JointRecords;
import org.medvilam.trainer.Pretraining;
import org.medvilam.trainer.PretrainingOptions;
import org.medvilam.trainer.SceneScores;
import org.medvilam.trainer.checkpoint.CheckpointException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains the small base anew. */
@Command(
    name = "pretrain",
    description =
        "Train the small base from nothing, on scenes drawn as it goes, on records of runs, or both.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  medvilam pretrain --output out/base",
      "  medvilam pretrain --input out/busi --input out/tbx11k --output out/base",
      "  medvilam pretrain --output out/base --resume",
      "",
      "Records are those of the train parts, of pictures; all of them stay in memory."
    })
public final class PretrainCommand implements Callable<Integer> {
  private static final double HALF = 0.5;

  @Option(
      names = "--input",
      paramLabel = "RUN",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "A finished run to learn from; may be given several times.")
  private List<Path> inputs = List.of();

  @Option(
      names = "--scenes",
      paramLabel = "PART",
      description =
          "With --input: the part of each batch that is drawn, 0 for records alone (0.5).")
  private @Nullable Double scenes;

  @Option(
      names = "--limit",
      defaultValue = "0",
      paramLabel = "N",
      description = "At most N records of each run, by hash; 0 for all.")
  private int limit;

  @Mixin private PictureRootOption pictureRoot;

  @Option(names = "--output", required = true, paramLabel = "BASE", description = "A directory.")
  private Path output;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "0",
      description = "Updates; 0 for the base's own.")
  private int steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Weights, scenes and order.")
  private long seed;

  @Option(
      names = "--held-out",
      defaultValue = "-1",
      paramLabel = "N",
      description = "Scenes the base is scored on at the end; -1 for the base's own number.")
  private int heldOut;

  @Option(
      names = "--checkpoint-every",
      defaultValue = "500",
      paramLabel = "N",
      description = "Steps between states to resume from; 0 for none.")
  private int checkpointEvery;

  @Option(names = "--resume", description = "Go on from the state in --output.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace the base in --output.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    PretrainingOptions options = options();
    if (checkpointEvery < 0) {
      throw new UsageException("--checkpoint-every: expected 0 or more, found " + checkpointEvery);
    }
    if (OutputFolder.Existing.of(overwrite, resume) == OutputFolder.Existing.REFUSE) {
      OutputFolder.checkNew(output);
    }
    JointRecords records = records(options);
    TrainingLine line = new TrainingLine(System.err);
    SceneScores scores;
    try {
      Pretraining scenesAlone = Pretraining.of(options).withCheckpoints(checkpointEvery);
      Pretraining run = records == null ? scenesAlone : scenesAlone.withRecords(records, share());
      scores = resume ? run.resume(output, line) : run.run(output, line);
    } catch (CheckpointException e) {
      throw new UsageException("--output: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--input: " + e.getMessage());
    }
    line.end(options.steps(), "");
    System.out.println(scores);
    System.out.printf("written to  %s%n", output);
    return ExitCode.DONE;
  }

  private double share() {
    return scenes == null ? HALF : scenes;
  }

  private PretrainingOptions options() {
    if (steps < 0) {
      throw new UsageException("--steps: expected 0 or more, found " + steps);
    }
    if (scenes != null && (inputs.isEmpty() || !(scenes >= 0 && scenes <= 1))) {
      throw new UsageException(
          "--scenes: expected a part 0..1 beside --input, found %s beside %d runs"
              .formatted(scenes, inputs.size()));
    }
    try {
      PretrainingOptions options = PretrainingOptions.defaults().withSeed(seed);
      PretrainingOptions asked = steps == 0 ? options : options.withSteps(steps);
      return heldOut < 0 ? asked : asked.withHeldOut(heldOut);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--steps: " + e.getMessage());
    }
  }

  private @Nullable JointRecords records(PretrainingOptions options) throws IOException {
    if (inputs.isEmpty()) {
      return null;
    }
    List<RunFolder> runs = new ArrayList<>();
    for (Path input : inputs) {
      runs.add(Runs.open("--input", input));
    }
    return new JointRuns(runs, pictureRoot.moved(), limit, System.err).read(options);
  }
}
