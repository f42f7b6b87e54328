package org.medvilam.pipelines.run;

import java.io.IOException;
import java.nio.file.Path;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/** Opens the runs that commands take. */
public final class Runs {
  private Runs() {}

  /**
   * Opens a finished run on the local disk.
   *
   * @param option the option that named it, for the message
   * @throws UsageException if there is none
   */
  public static RunFolder open(String option, Path folder) {
    return open(option, LocalStore.of(folder));
  }

  /**
   * Opens a finished run.
   *
   * @param option the option that named it, for the message
   * @throws UsageException if there is none
   */
  public static RunFolder open(String option, Store store) {
    try {
      for (StoreEntry entry : store.list("")) {
        if (OutputFolder.isDraw(entry.name())) {
          throw new UsageException(
              "%s: expected one run, found several draws in %s; name one, such as %s"
                  .formatted(option, store.uri(), Locations.below(store.uri(), entry.name())));
        }
      }
      return RunFolder.open(store);
    } catch (IOException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
