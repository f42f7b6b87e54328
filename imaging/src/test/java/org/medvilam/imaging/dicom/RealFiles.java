package org.medvilam.imaging.dicom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real DICOM files, where the machine has them beside the checkout. */
final class RealFiles {
  private RealFiles() {}

  /** Returns a folder of real files, or skips the test with the reason. */
  static Path folder(String name) {
    Path folder =
        Path.of("..", "..", "shared", "samples").resolve(name).toAbsolutePath().normalize();
    assumeTrue(
        Files.isDirectory(folder),
        () -> "real files of " + name + " are not on this machine: no folder " + folder);
    return folder;
  }

  /** Returns what other readers say of the files of a folder. */
  static JsonNode expected(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
  }
}
