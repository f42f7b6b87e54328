package org.medvilam.pipelines.command;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.medvilam.pipelines.run.Runner;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The engine, for every command that runs a pipeline. */
final class RunnerOptions {
  @Option(
      names = "--runner",
      defaultValue = "direct",
      paramLabel = "RUNNER",
      description = "direct or flink.")
  private Runner runner;

  @Parameters(paramLabel = "-- BEAM-FLAG", arity = "0..*", description = "Beam's own flags.")
  private List<String> beamFlags = List.of();

  /**
   * Returns the options of the engine that was asked for, once it is certain that it can start.
   *
   * @param model whether workers need the model's libraries
   */
  PipelineOptions options(boolean model) throws IOException {
    return runner.options(beamFlags, model);
  }
}
