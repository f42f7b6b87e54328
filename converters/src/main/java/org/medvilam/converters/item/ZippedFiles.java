package org.medvilam.converters.item;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.medvilam.records.store.Store;

/**
 * The files of a small zip archive, read in place: nothing is unpacked to disk.
 *
 * <p>A name is a key and never a path; those that would leave the folder they are unpacked in are
 * told apart, so that callers can reject them by name.
 */
public final class ZippedFiles {
  /** The most entries an archive may have. */
  public static final int MAX_ENTRIES = 10_000;

  /** The largest file of an archive, inflated: 64 MiB. */
  public static final long MAX_BYTES = 64L << 20;

  private ZippedFiles() {}

  /**
   * A file of an archive.
   *
   * @param name its name with the folders above it, as the archive writes it
   * @param safe whether the name stays inside the folder it would be unpacked in
   */
  public record ZippedFile(String name, boolean safe) {}

  /**
   * Lists the files, without folders and what operating systems leave behind; none is inflated.
   *
   * @param root tree that holds the archive
   * @param path the archive
   * @throws ListingException if it is cut, is no zip archive, or has too many entries
   */
  public static List<ZippedFile> list(Store root, String path) throws IOException {
    byte[] data = root.readAll(path);
    List<ZippedFile> files = new ArrayList<>();
    try (ZipFile zip = open(data)) {
      for (ZipArchiveEntry e : Collections.list(zip.getEntriesInPhysicalOrder())) {
        if (!e.isDirectory() && !isLeftBySystem(e.getName())) {
          files.add(new ZippedFile(e.getName(), isSafe(e.getName())));
        }
        if (files.size() > MAX_ENTRIES) {
          throw new ListingException(
              path, "expected at most %d files, found more".formatted(MAX_ENTRIES));
        }
      }
    } catch (ListingException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ListingException(
          path, "expected a whole zip archive, found: " + e.getMessage() + "; fetch it again", e);
    }
    return files;
  }

  /**
   * Returns a file.
   *
   * @param name its name, as {@link #list} gives it
   * @throws ItemException {@code missing-file}, {@code file-too-large} above {@link #MAX_BYTES}, or
   *     {@code unreadable-file}
   */
  public static byte[] read(Store root, String path, String name) throws IOException {
    byte[] data = ItemPictures.bytes(root, path);
    try (ZipFile zip = open(data)) {
      ZipArchiveEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new ItemException(path, "missing-file", "expected " + name + " in it, found none");
      }
      return inflated(zip, entry, path);
    } catch (ItemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ItemException(
          path, "unreadable-file", "expected %s whole, found: %s".formatted(name, e.getMessage()));
    }
  }

  /** Inflates a file of whatever size up to the limit, whether or not it declares its size. */
  private static byte[] inflated(ZipFile zip, ZipArchiveEntry entry, String path)
      throws IOException {
    byte[] bytes = new byte[0];
    boolean small = entry.getSize() <= MAX_BYTES;
    if (small) {
      try (InputStream in = zip.getInputStream(entry)) {
        bytes = in.readNBytes((int) MAX_BYTES + 1);
      }
    }
    if (!small || bytes.length > MAX_BYTES) {
      throw new ItemException(
          path,
          "file-too-large",
          "expected at most %d bytes in %s, found more".formatted(MAX_BYTES, entry.getName()));
    }
    return bytes;
  }

  private static ZipFile open(byte[] data) throws IOException {
    return ZipFile.builder().setByteArray(data).get();
  }

  private static boolean isLeftBySystem(String name) {
    return Arrays.stream(name.split("/", -1))
        .filter(n -> !n.equals("..") && !n.equals("."))
        .anyMatch(FolderNames::isLeftBySystem);
  }

  private static boolean isSafe(String name) {
    return !name.startsWith("/")
        && name.indexOf('\\') < 0
        && name.indexOf(':') < 0
        && !Arrays.asList(name.split("/", -1)).contains("..");
  }
}
