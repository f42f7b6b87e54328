package org.medvilam.pipelines.command;

import java.util.List;
import org.medvilam.pipelines.run.Locations;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Beam's own flags, for every command whose work or files may be on other machines. */
final class BeamFlags {
  @Parameters(
      paramLabel = "-- BEAM-FLAG",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      arity = "0..*",
      description = "Beam's own flags, for the runner and for remote storage.")
  private List<String> flags = List.of();

  /** Tells whether the user gave any. */
  boolean given() {
    return !flags.isEmpty();
  }

  /** Returns what makes trees of the places that the user named. */
  Locations locations() {
    return Locations.of(flags);
  }
}
