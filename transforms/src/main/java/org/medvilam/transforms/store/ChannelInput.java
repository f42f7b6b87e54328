package org.medvilam.transforms.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import org.medvilam.records.store.StoreUnavailableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A file that is read from a channel of Beam; stepping over bytes does not fetch them.
 *
 * <p>What channels say in words of their own is said as for files on a disk: no such file is a
 * {@link NoSuchFileException}; whatever else storage or its client throws, when the client has
 * tried all that it does, is a {@link StoreUnavailableException}.
 */
final class ChannelInput extends InputStream {
  private final SeekableByteChannel channel;
  private final String name;

  /** Opens a channel. */
  interface Opening {
    SeekableByteChannel open() throws IOException;
  }

  /** What is done with a channel. */
  private interface Use {
    long of() throws IOException;
  }

  ChannelInput(String name, Opening opening) throws IOException {
    this.name = name;
    try {
      channel = opening.open();
    } catch (IOException | SdkException e) {
      throw said(e);
    }
  }

  long size() throws IOException {
    return use(channel::size);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return length == 0 ? 0 : (int) use(() -> some(ByteBuffer.wrap(to, offset, length)));
  }

  private int some(ByteBuffer to) throws IOException {
    int read = channel.read(to);
    if (read == 0) {
      throw new EOFException("%d of %d bytes".formatted(channel.position(), channel.size()));
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    return use(() -> skipped(bytes));
  }

  private long skipped(long bytes) throws IOException {
    long before = channel.position();
    // Channels of S3 can be put before a byte, but not behind the last one.
    long after = Math.min(before + Math.max(0, bytes), channel.size() - 1);
    if (after <= before) {
      return 0;
    }
    channel.position(after);
    return after - before;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private long use(Use use) throws IOException {
    try {
      return use.of();
    } catch (IOException | SdkException e) {
      throw said(e);
    }
  }

  private IOException said(Exception e) {
    if (e instanceof FileNotFoundException || e instanceof NoSuchKeyException) {
      return new NoSuchFileException(name);
    }
    throw new StoreUnavailableException(name, e);
  }
}
