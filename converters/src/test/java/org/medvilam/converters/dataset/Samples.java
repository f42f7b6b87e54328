package org.medvilam.converters.dataset;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real files of public datasets, where the machine has them beside the checkout. */
public final class Samples {
  private Samples() {}

  /** Returns the folder of a dataset's real files, or skips the test with the reason. */
  public static Path of(String name) {
    Path folder = Path.of("..", "..", "shared", "samples", name).toAbsolutePath().normalize();
    assumeTrue(
        Files.isDirectory(folder),
        () -> "real files of " + name + " are not on this machine: no folder " + folder);
    return folder;
  }
}
