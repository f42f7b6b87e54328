package org.medvilam.pipelines.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where pictures are, for every command that reads those of a run. */
class PictureRootOption {
  @Option(
      names = "--root",
      paramLabel = "DATASET=DIR",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Where a dataset's pictures are now, if they moved since 'convert'.")
  private Map<String, String> moved = Map.of();

  /** Returns directories of datasets that lie elsewhere now, by dataset. */
  final Map<String, String> moved() {
    return moved;
  }
}
