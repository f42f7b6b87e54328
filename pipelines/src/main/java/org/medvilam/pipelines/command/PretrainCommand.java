package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.Progress;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.trainer.Pretraining;
import org.medvilam.trainer.PretrainingOptions;
import org.medvilam.trainer.SceneScores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains the small base anew. */
@Command(
    name = "pretrain",
    description = "Train the small base from nothing, on scenes drawn as it goes.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {"", "Example:", "  medvilam pretrain --output out/base"})
public final class PretrainCommand implements Callable<Integer> {
  @Option(names = "--output", required = true, paramLabel = "BASE", description = "A directory.")
  private Path output;

  @Option(names = "--steps", defaultValue = "0", description = "Updates; 0 for the base's own.")
  private int steps;

  @Option(names = "--seed", defaultValue = "1", description = "Weights, scenes and order.")
  private long seed;

  @Override
  public Integer call() throws IOException {
    if (steps < 0) {
      throw new UsageException("--steps: expected 0 or more, found " + steps);
    }
    OutputFolder.prepare(output, OutputFolder.Existing.REFUSE);
    PretrainingOptions options = PretrainingOptions.defaults().withSeed(seed);
    PretrainingOptions asked = steps == 0 ? options : options.withSteps(steps);
    Progress line = new Progress(System.err);
    SceneScores scores =
        Pretraining.run(
            asked,
            output,
            r ->
                line.show(
                    "trained steps",
                    r.step(),
                    r.steps(),
                    String.format(Locale.ROOT, "loss %.3f, rate %.1e", r.loss(), r.rate())));
    line.end("trained steps", asked.steps(), "");
    System.out.println(scores);
    System.out.printf("written to  %s%n", output);
    return ExitCode.DONE;
  }
}
