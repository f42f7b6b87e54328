package org.medvilam.pipelines.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import org.medvilam.pipelines.model.EncodeFeatures;
import org.medvilam.pipelines.model.Models;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.Locations;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.records.Split;
import org.medvilam.records.store.Store;
import org.medvilam.trainer.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Computes the features of the frozen vision encoder. */
@Command(
    name = "encode",
    description = "Compute the frozen vision features of a run's pictures, once, on any runner.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  medvilam encode --input out/shots --output out/features",
      "  medvilam finetune --train out/shots --features out/features --output out/checkpoint",
      "",
      "Features are found by the pixels they were computed from, so any run may use them."
    })
public final class EncodeCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "RUN",
      description = "A finished run or subset; or gs://, s3://, hdfs://.")
  private String input;

  @Mixin private BaseOptions base;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "A new directory; or gs://, s3://, hdfs://.")
  private String output;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "train, validation or test; all where it is not given.")
  private @Nullable Split split;

  @Option(names = "--no-flips", description = "Leave out the mirrored forms that training draws.")
  private boolean noFlips;

  @Mixin private EngineOption engine;

  @Mixin private PictureRootOption pictureRoot;

  @Option(names = "--overwrite", description = "Replace what an earlier run left there.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      description = "Go on with a run that was broken off; the ranges it finished are kept.")
  private boolean resume;

  @Mixin private RunnerOptions runner;

  @Override
  public Integer call() throws IOException {
    OutputFolder.Existing existing = OutputFolder.Existing.of(overwrite, resume);
    Locations locations = runner.locations();
    Store run = locations.store("--input", input);
    PictureRoots roots =
        new PictureRoots(List.of(Runs.open("--input", run)), pictureRoot.moved(), locations);
    Models.vision(base.model(), base.decoder());
    Store target = locations.store("--output", output);
    PipelineOptions options = runner.options(locations.beamFlags(), true);
    Engine chosen = engine.chosen();
    System.err.printf("engine      %s%n", chosen);
    Store place = OutputFolder.prepare(target, existing);
    EncodeFeatures work =
        new EncodeFeatures(
            run, roots.all(), base.model(), base.decoder(), chosen, place, !noFlips, System.err);
    if (runner.submitsOnly()) {
      work.submit(split, resume, options);
      System.err.printf("submitted; %s holds card.json when the run is finished%n", output);
      return ExitCode.DONE;
    }
    EncodeFeatures.Counts counts = work.run(split, resume, options);
    System.out.printf(
        "pictures    %,d read = %,d encoded + %,d rejected%n",
        counts.pictures(), counts.pictures() - counts.rejected(), counts.rejected());
    System.out.printf("features    %,d, mirrored forms included%n", counts.features());
    System.out.printf("written to  %s%n", output);
    if (counts.rejected() > 0) {
      System.err.printf("pictures were rejected; see %s%n", Locations.below(output, "rejected"));
      return ExitCode.REJECTED;
    }
    return ExitCode.DONE;
  }
}
