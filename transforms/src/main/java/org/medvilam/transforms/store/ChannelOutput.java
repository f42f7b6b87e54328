package org.medvilam.transforms.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A file that is written to a channel of Beam, and never finished after a write that failed.
 *
 * <p>Closing is what makes an object visible, and try-with-resources closes after a failure too:
 * Beam's channel to S3 would then complete the upload of the parts that went well. So the channel
 * is left open: the storage forgets an upload that is not completed (on S3 once a rule for
 * incomplete uploads says so).
 */
final class ChannelOutput extends OutputStream {
  private final WritableByteChannel channel;
  private final String name;
  private final boolean closeBroken;
  private boolean broken;
  private boolean closed;

  /** Opens a channel. */
  interface Opening {
    WritableByteChannel open() throws IOException;
  }

  /**
   * Starts a file.
   *
   * @param closeBroken whether the channel is to be closed after a failed write, because the file
   *     is seen already
   */
  ChannelOutput(String name, boolean closeBroken, Opening opening) throws IOException {
    this.name = name;
    this.closeBroken = closeBroken;
    try {
      channel = opening.open();
    } catch (IOException | SdkException e) {
      throw said(e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] data, int offset, int length) throws IOException {
    if (closed || broken) {
      throw new IOException(name + ": expected an open file, found one that was closed or failed");
    }
    broken = true;
    try {
      for (ByteBuffer rest = ByteBuffer.wrap(data, offset, length); rest.hasRemaining(); ) {
        channel.write(rest);
      }
      broken = false;
    } catch (IOException | SdkException e) {
      throw said(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (broken && !closeBroken) {
      return;
    }
    try {
      channel.close();
    } catch (IOException | SdkException e) {
      throw said(e);
    }
  }

  private IOException said(Exception e) {
    return new IOException(name + ": " + e.getMessage(), e);
  }
}
