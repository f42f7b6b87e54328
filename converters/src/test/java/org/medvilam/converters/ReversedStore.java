package org.medvilam.converters;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/** A tree whose folders list their names backwards. */
record ReversedStore(Store store) implements Store {
  @Override
  public String uri() {
    return store.uri();
  }

  @Override
  public boolean exists(String path) throws IOException {
    return store.exists(path);
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    return store.isFolder(path);
  }

  @Override
  public void visit(String folder, Visitor visitor) throws IOException {
    for (StoreEntry entry : list(folder)) {
      visitor.entry(entry);
    }
  }

  @Override
  public List<StoreEntry> list(String folder) throws IOException {
    List<StoreEntry> entries = new ArrayList<>(store.list(folder));
    Collections.reverse(entries);
    return entries;
  }

  @Override
  public InputStream read(String path) throws IOException {
    return store.read(path);
  }

  @Override
  public byte[] readAll(String path) throws IOException {
    return store.readAll(path);
  }

  @Override
  public OutputStream write(String path) throws IOException {
    return store.write(path);
  }

  @Override
  public void move(String from, String to) throws IOException {
    store.move(from, to);
  }

  @Override
  public void delete(String path) throws IOException {
    store.delete(path);
  }

  @Override
  public Store below(String folder) {
    return new ReversedStore(store.below(folder));
  }
}
