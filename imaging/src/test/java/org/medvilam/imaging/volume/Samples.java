package org.medvilam.imaging.volume;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real volumes of public collections, where the machine has them beside the checkout. */
final class Samples {
  private Samples() {}

  /** Returns a folder of real files, or skips the test with the reason. */
  static Path of(String name) {
    Path folder = Path.of("..", "..", "shared", "samples", name).toAbsolutePath().normalize();
    assumeTrue(
        Files.isDirectory(folder),
        () -> "real files of " + name + " are not on this machine: no folder " + folder);
    return folder;
  }
}
