package org.medvilam.pipelines.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.pipelines.run.Locations;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.records.codec.RunFolder;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** The run, for every command that looks at one. */
final class RunOptions {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A finished conversion or subset; or gs://, s3://, hdfs://.")
  private String place;

  @Parameters(
      index = "1..*",
      paramLabel = "-- BEAM-FLAG",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      arity = "0..*",
      description = "Beam's own flags for remote storage.")
  private List<String> beamFlags = List.of();

  private @Nullable Locations locations;

  /** Returns what makes trees of the places that the user named. */
  Locations locations() {
    if (locations == null) {
      locations = Locations.of(beamFlags);
    }
    return locations;
  }

  /** Opens the run. */
  RunFolder open() {
    return Runs.open("RUN", locations().store("RUN", place));
  }

  /** Returns the last name of its place. */
  String name() {
    return Locations.name(place);
  }
}
