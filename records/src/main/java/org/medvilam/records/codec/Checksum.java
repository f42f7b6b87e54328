package org.medvilam.records.codec;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.medvilam.records.Hashing;
import org.medvilam.records.store.Store;

/** Counts bytes and takes their SHA-256 on the way to a file. */
public final class Checksum extends FilterOutputStream {
  private final MessageDigest digest = Hashing.sha256();
  private long bytes;

  /** Wraps the file's stream. */
  public Checksum(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    digest.update((byte) b);
    bytes++;
  }

  @Override
  public void write(byte[] b, int offset, int length) throws IOException {
    out.write(b, offset, length);
    digest.update(b, offset, length);
    bytes += length;
  }

  /** Returns the number of bytes written so far. */
  public long bytes() {
    return bytes;
  }

  /** Returns the hex SHA-256 of all bytes; nothing may be written after. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the checksum of everything a stream holds. */
  public static Checksum of(InputStream in) throws IOException {
    Checksum checksum = new Checksum(OutputStream.nullOutputStream());
    in.transferTo(checksum);
    return checksum;
  }

  /** Tells whether a file is there and has a checksum. */
  public static boolean holds(Store store, String path, String sha256) throws IOException {
    if (!store.exists(path)) {
      return false;
    }
    try (InputStream in = store.read(path)) {
      return of(in).hex().equals(sha256);
    }
  }
}
