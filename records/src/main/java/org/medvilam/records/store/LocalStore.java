package org.medvilam.records.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A tree on a local disk.
 *
 * <p>Links that the user put into the tree are followed; names such as {@code ../x} or {@code /x}
 * in label files are not.
 */
public final class LocalStore implements Store {
  private static final long serialVersionUID = 1L;

  private final String root;

  private LocalStore(Path root) {
    this.root = root.toAbsolutePath().normalize().toString();
  }

  /** Returns the tree below a folder, which need not be there yet. */
  public static LocalStore of(Path root) {
    return new LocalStore(root);
  }

  /** Returns the file of a path. */
  public Path resolve(String path) {
    Path base = Path.of(root);
    if (path.startsWith("/") || path.startsWith("\\")) {
      throw new UnsafePathException(path);
    }
    try {
      // A label file written on Windows separates by backslashes: neither reading may leave the
      // root.
      boolean inside =
          base.resolve(path).normalize().startsWith(base)
              && base.resolve(path.replace('\\', '/')).normalize().startsWith(base);
      if (!inside) {
        throw new UnsafePathException(path);
      }
      return base.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new UnsafePathException(path);
    }
  }

  @Override
  public String uri() {
    return root;
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(resolve(path));
  }

  @Override
  public boolean isFolder(String path) {
    return Files.isDirectory(resolve(path));
  }

  @Override
  public void visit(String folder, Visitor visitor) throws IOException {
    Path path = resolve(folder);
    if (!Files.isDirectory(path)) {
      return;
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
      for (Path child : children) {
        visitor.entry(entry(child));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static StoreEntry entry(Path path) {
    boolean folder = Files.isDirectory(path);
    return new StoreEntry(
        path.getFileName().toString(), folder, folder ? 0 : path.toFile().length());
  }

  @Override
  public InputStream read(String path) throws IOException {
    return Files.newInputStream(resolve(path));
  }

  @Override
  public byte[] readAll(String path) throws IOException {
    Path file = resolve(path);
    long size = Files.size(file);
    if (size > MAX_WHOLE_FILE) {
      throw new IOException(
          "expected at most %d bytes in %s, found %d".formatted(MAX_WHOLE_FILE, path, size));
    }
    return Files.readAllBytes(file);
  }

  @Override
  public OutputStream write(String path) throws IOException {
    Path file = resolve(path);
    Files.createDirectories(file.getParent());
    return Files.newOutputStream(file);
  }

  @Override
  public void move(String from, String to) throws IOException {
    Path target = resolve(to);
    Files.createDirectories(target.getParent());
    Files.move(
        resolve(from), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String path) throws IOException {
    Path top = resolve(path);
    if (!Files.exists(top)) {
      return;
    }
    try (Stream<Path> below = Files.walk(top)) {
      for (Path p : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(p);
      }
    }
  }

  @Override
  public Store below(String folder) {
    return new LocalStore(resolve(folder));
  }
}
