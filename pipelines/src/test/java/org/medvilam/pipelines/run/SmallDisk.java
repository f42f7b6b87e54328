package org.medvilam.pipelines.run;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk in memory that is full soon. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts a disk, or skips the test where this user may not. */
  static SmallDisk mount(Path folder, String size) throws IOException {
    Files.createDirectories(folder);
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + size, "none", folder.toString());
    assumeThat(mounted).as("a disk can be mounted, which takes root on Linux").isTrue();
    return new SmallDisk(folder);
  }

  /** Makes the disk larger, with what is on it. */
  void resize(String size) {
    run("mount", "-o", "remount,size=" + size, folder.toString());
  }

  @Override
  public void close() {
    run("umount", folder.toString());
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such command
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
