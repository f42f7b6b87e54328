package org.medvilam.records.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
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

  /** The most bytes that the name of a file may have, on the usual disks. */
  private static final int MOST_OF_A_NAME = 255;

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
    Path file = resolve(path);
    try {
      return new DiskInput(Files.newInputStream(file), file);
    } catch (IOException e) {
      throw said(file, e);
    }
  }

  @Override
  public byte[] readAll(String path) throws IOException {
    Path file = resolve(path);
    long size = file.toFile().length(); // 0 where there is none: reading says what is wrong
    if (size > MAX_WHOLE_FILE) {
      throw new IOException(
          "expected at most %d bytes in %s, found %d".formatted(MAX_WHOLE_FILE, path, size));
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw said(file, e);
    }
  }

  /**
   * Returns what is wrong with a file.
   *
   * @throws StoreUnavailableException if it is the disk, or what it is mounted from
   */
  private static IOException said(Path file, IOException e) {
    boolean ofTheFile =
        e instanceof NoSuchFileException
            || e instanceof AccessDeniedException
            || Files.isDirectory(file)
            || isNoName(file)
            || isLoop(e);
    if (ofTheFile) {
      return e;
    }
    throw new StoreUnavailableException(file.toString(), e);
  }

  /** Tells whether no file can have this name: it is too long, or goes on behind a file. */
  private static boolean isNoName(Path file) {
    for (Path p = file; p.getFileName() != null; p = p.getParent()) {
      int bytes = p.getFileName().toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_OF_A_NAME || !p.equals(file) && Files.isRegularFile(p)) {
        return true;
      }
    }
    return false;
  }

  /** Links that lead to each other have no exception of their own, but words that Java adds. */
  private static boolean isLoop(IOException e) {
    return String.valueOf(e.getMessage()).contains("attributes of symbolic link");
  }

  /** A file while it is read. */
  private static final class DiskInput extends FilterInputStream {
    private final Path file;

    DiskInput(InputStream in, Path file) {
      super(in);
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        throw said(file, e);
      }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        return in.read(to, offset, length);
      } catch (IOException e) {
        throw said(file, e);
      }
    }

    @Override
    public long skip(long bytes) throws IOException {
      try {
        return in.skip(bytes);
      } catch (IOException e) {
        throw said(file, e);
      }
    }
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
