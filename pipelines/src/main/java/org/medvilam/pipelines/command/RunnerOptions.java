package org.medvilam.pipelines.command;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.medvilam.pipelines.run.Locations;
import org.medvilam.pipelines.run.Runner;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The engine, for every command that runs a pipeline. */
final class RunnerOptions {
  @Option(
      names = "--runner",
      defaultValue = "direct",
      paramLabel = "RUNNER",
      description = "direct, flink or dataflow.")
  private Runner runner;

  @Option(
      names = "--no-wait",
      description =
          "Return when the job is submitted, which finishes the run itself; what it rejects does not change the exit code.")
  private boolean noWait;

  @Mixin private BeamFlags beam;

  /** Returns what makes trees of the places that the user named. */
  Locations locations() {
    return beam.locations();
  }

  /** Tells whether the job is only to be submitted. */
  boolean submitsOnly() {
    return noWait;
  }

  /**
   * Returns the options of the engine that was asked for, once it is certain that it can start.
   *
   * @param flags Beam's flags, with what remote storage needs beside those given
   * @param model whether workers need the model's libraries
   */
  PipelineOptions options(List<String> flags, boolean model) throws IOException {
    return runner.options(flags, model);
  }
}
