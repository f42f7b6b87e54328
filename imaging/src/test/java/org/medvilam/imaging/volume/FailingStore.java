package org.medvilam.imaging.volume;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreUnavailableException;

/** A store whose files fail after some bytes. */
record FailingStore(Store store, int after) implements Store {
  private static final long serialVersionUID = 1L;

  @Override
  public InputStream read(String path) throws IOException {
    return new FilterInputStream(store.read(path)) {
      private int left = after;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        if (left <= 0) {
          throw new StoreUnavailableException(path, new IOException("the disk is gone"));
        }
        int some = super.read(to, offset, Math.min(length, left));
        left -= some;
        return some;
      }

      @Override
      public long skip(long bytes) throws IOException {
        long some = 0;
        while (some < bytes && read() >= 0) {
          some++;
        }
        return some;
      }
    };
  }

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
    store.visit(folder, visitor);
  }

  @Override
  public byte[] readAll(String path) throws IOException {
    return store.readAll(path);
  }

  @Override
  public OutputStream write(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void move(String from, String to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Store below(String folder) {
    return new FailingStore(store.below(folder), after);
  }
}
