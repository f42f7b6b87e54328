package org.medvilam.transforms.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * Folders in storage that knows objects alone: what keys have before a slash.
 *
 * <p>Beam's {@code match} of {@code folder/*} asks for every object at any depth and filters by
 * name, returns no folders, holds all results, and on S3 asks for the head of each; so objects are
 * listed by {@link Bucket} instead. Empty objects whose keys end in a slash, which consoles make to
 * show a folder, make that folder and are no files.
 */
final class BucketFolders implements Folders {
  /** Objects deleted at once: the most that S3 takes in a request. */
  private static final int DELETED_AT_ONCE = 1000;

  private final Bucket bucket;

  BucketFolders(Bucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public boolean isFile(StorePlace place) throws IOException {
    return !place.key().isEmpty() && bucket.has(place.key());
  }

  @Override
  public boolean isFolder(StorePlace place) throws IOException {
    boolean[] any = new boolean[1];
    bucket.list(
        place.prefix(),
        true,
        (key, bytes) -> {
          any[0] = true;
          return false;
        });
    return any[0];
  }

  @Override
  public void visit(StorePlace folder, Store.Visitor visitor) throws IOException {
    String prefix = folder.prefix();
    bucket.list(
        prefix,
        false,
        (key, bytes) -> {
          String name = key.substring(prefix.length());
          boolean deeper = name.endsWith("/");
          if (!name.isEmpty()) {
            String last = deeper ? name.substring(0, name.length() - 1) : name;
            visitor.entry(new StoreEntry(checked(folder, last), deeper, deeper ? 0 : bytes));
          }
          return true;
        });
  }

  private static String checked(StorePlace folder, String name) throws IOException {
    if (StorePlace.isNoName(name)) {
      throw new IOException(
          "expected names between the slashes of keys below %s, found '%s'; rename those objects"
              .formatted(folder, name));
    }
    return name;
  }

  @Override
  public void deleteFolder(StorePlace folder) throws IOException {
    List<ResourceId> some = new ArrayList<>();
    bucket.list(
        folder.prefix(),
        true,
        (key, bytes) -> {
          some.add(FileSystems.matchNewResource(folder.at(key).spec(), key.endsWith("/")));
          if (some.size() == DELETED_AT_ONCE) {
            FileSystems.delete(some);
            some.clear();
          }
          return true;
        });
    if (!some.isEmpty()) {
      FileSystems.delete(some);
    }
  }

  /** A rename is a copy within the storage and a deletion. */
  @Override
  public void move(StorePlace from, StorePlace to) throws IOException {
    FileSystems.rename(
        List.of(FileSystems.matchNewResource(from.spec(), false)),
        List.of(FileSystems.matchNewResource(to.spec(), false)));
  }

  @Override
  public boolean seenWhileWritten() {
    return false;
  }
}
