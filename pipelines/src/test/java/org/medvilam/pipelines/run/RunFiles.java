package org.medvilam.pipelines.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.records.codec.Checksum;

/** What tests of whole runs have in common. */
public final class RunFiles {
  private RunFiles() {}

  /** Returns the checksum of every file below a folder, by its path. */
  public static Map<String, String> checksums(Path root) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (var in = Files.newInputStream(file)) {
          sums.put(root.relativize(file).toString(), Checksum.of(in).hex());
        }
      }
    }
    return sums;
  }

  /** Writes a dataset of the form {@code masks} that has one picture under many names. */
  static void manyPictures(Path data, Path scratch, int pictures) throws IOException {
    Catalogue.find("masks").orElseThrow().draw(new PhantomRequest(scratch, 1, 1));
    for (String kind : new String[] {"images", "masks"}) {
      Path target = Files.createDirectories(data.resolve(kind));
      Path picture = onlyFile(scratch.resolve(kind));
      String name = picture.getFileName().toString();
      String extension = name.substring(name.lastIndexOf('.'));
      for (int i = 0; i < pictures; i++) {
        Files.createLink(target.resolve("picture" + i + extension), picture);
      }
    }
  }

  /** Tells whether a shard of a run is done. */
  static boolean hasFinishedShard(Path output) throws IOException {
    Path done = output.resolve(".work/done");
    if (!Files.isDirectory(done)) {
      return false;
    }
    try (Stream<Path> files = Files.list(done)) {
      return files.anyMatch(f -> f.toString().endsWith(".json"));
    }
  }

  private static Path onlyFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findFirst().orElseThrow();
    }
  }
}
