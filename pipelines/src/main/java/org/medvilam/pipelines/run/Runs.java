package org.medvilam.pipelines.run;

import java.io.IOException;
import java.nio.file.Path;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;

/** Opens the runs that commands take. */
public final class Runs {
  private Runs() {}

  /**
   * Opens a finished run.
   *
   * @param option the option that named it, for the message
   * @throws UsageException if there is none
   */
  public static RunFolder open(String option, Path folder) {
    try {
      return RunFolder.open(LocalStore.of(folder));
    } catch (IOException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
