package org.medvilam.pipelines.command;

import java.util.List;
import org.medvilam.pipelines.run.Runner;
import picocli.CommandLine;
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

  @Parameters(
      paramLabel = "-- BEAM-FLAG",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      arity = "0..*",
      description = "Beam's own flags.")
  private List<String> beamFlags = List.of();

  /** Returns the engine. */
  Runner runner() {
    return runner;
  }

  /** Returns Beam's own flags. */
  List<String> beamFlags() {
    return beamFlags;
  }
}
