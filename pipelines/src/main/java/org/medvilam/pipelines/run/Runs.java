package org.medvilam.pipelines.run;

import java.io.IOException;
import java.nio.file.Path;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.StoreEntry;

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
    LocalStore store = LocalStore.of(folder);
    try {
      for (StoreEntry entry : store.list("")) {
        if (OutputFolder.isDraw(entry.name())) {
          throw new UsageException(
              "%s: expected one run, found several draws in %s; name one, such as %s"
                  .formatted(option, folder, folder.resolve(entry.name())));
        }
      }
      return RunFolder.open(store);
    } catch (IOException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
