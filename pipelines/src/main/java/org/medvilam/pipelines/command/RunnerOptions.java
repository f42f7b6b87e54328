package org.medvilam.pipelines.command;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.medvilam.pipelines.run.Locations;
import org.medvilam.pipelines.run.Runner;
import org.medvilam.pipelines.run.UsageException;
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
      description = "convert on dataflow: return when the job is submitted; it finishes the run.")
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
    if (noWait && (runner != Runner.DATAFLOW || model)) {
      throw new UsageException("--no-wait: expected convert and --runner dataflow beside it");
    }
    return runner.options(flags, model);
  }
}
