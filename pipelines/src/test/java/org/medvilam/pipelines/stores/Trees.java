package org.medvilam.pipelines.stores;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.store.Store;

/** Whole trees. */
final class Trees {
  private Trees() {}

  /** Takes the files of a tree. */
  private interface File {
    void at(String path) throws IOException;
  }

  private static void walk(Store store, String folder, File file) throws IOException {
    store.visit(
        folder,
        entry -> {
          String path = folder.isEmpty() ? entry.name() : folder + "/" + entry.name();
          if (entry.folder()) {
            walk(store, path, file);
          } else {
            file.at(path);
          }
        });
  }

  /** Copies every file. */
  static void copy(Store from, Store to) throws IOException {
    walk(
        from,
        "",
        path -> {
          try (OutputStream out = to.write(path)) {
            out.write(from.readAll(path));
          }
        });
  }

  /** Returns the checksum of every file. */
  static Map<String, String> checksums(Store store) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    walk(
        store,
        "",
        path -> {
          try (InputStream in = store.read(path)) {
            sums.put(path, Checksum.of(in).hex());
          }
        });
    return sums;
  }
}
