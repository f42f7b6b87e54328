package org.medvilam.pipelines.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A page that a command writes, complete or not at all. */
public final class PageFile {
  private final Path file;

  private PageFile(Path file) {
    this.file = file;
  }

  /**
   * Checks where a page is to be written.
   *
   * @throws UsageException if it is no page's name, or a file that may not be replaced
   */
  public static PageFile at(Path file, boolean overwrite) {
    if (!file.getFileName().toString().endsWith(".html")) {
      throw new UsageException("--output: expected the name of a page, FILE.html, found " + file);
    }
    if (Files.isDirectory(file) || !overwrite && Files.exists(file)) {
      throw new UsageException(
          "--output: expected a new file, found %s; name another one%s"
              .formatted(file, Files.isDirectory(file) ? "" : " or use --overwrite"));
    }
    return new PageFile(file);
  }

  /** Writes what a page holds. */
  @FunctionalInterface
  public interface Content {
    /** Writes the page. */
    void to(Writer out) throws IOException;
  }

  /** Writes the page, with the folders above it. */
  public void write(Content content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path temporary = absolute.resolveSibling(absolute.getFileName() + ".tmp");
    try (Writer out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
      content.to(out);
    }
    Files.move(temporary, absolute, StandardCopyOption.REPLACE_EXISTING);
  }
}
