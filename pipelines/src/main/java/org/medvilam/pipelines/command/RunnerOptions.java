package org.medvilam.pipelines.command;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.medvilam.pipelines.run.Runner;
import org.medvilam.pipelines.run.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(
      paramLabel = "-- BEAM-FLAG",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      arity = "0..*",
      description = "Beam's own flags, for the runner and for remote storage.")
  private List<String> beamFlags = List.of();

  /** Returns Beam's own flags. */
  List<String> beamFlags() {
    return beamFlags;
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
