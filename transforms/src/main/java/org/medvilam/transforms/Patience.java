package org.medvilam.transforms;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import org.medvilam.records.store.StoreUnavailableException;

/** Reads again where storage fails for a moment, before a whole shard has to be done again. */
public final class Patience {
  /** Waits in milliseconds, after what a storage's own client tried: a mount has no client. */
  private static final long[] WAITS = {100, 1000, 5000};

  private Patience() {}

  /** Something that reads from storage, and can be done again. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads. */
    T read() throws IOException;
  }

  /**
   * Returns what was read.
   *
   * @throws StoreUnavailableException if storage still fails after the last wait; the shard that
   *     needs it must fail too, so that the engine does it again later or the run ends unfinished
   */
  public static <T> T read(Reading<T> reading) throws IOException {
    for (long wait : WAITS) {
      try {
        return reading.read();
      } catch (StoreUnavailableException e) {
        passInterruption(e);
        pause(wait);
      }
    }
    return reading.read();
  }

  /** Throws where a worker is stopped: what it read is fine, and the shard is another worker's. */
  static void passInterruption(Exception e) throws InterruptedIOException {
    boolean stopped = Thread.currentThread().isInterrupted();
    for (Throwable t = e; t != null; t = t.getCause()) {
      // A time-out of a connection is a kind of InterruptedIOException too, and a read error.
      stopped |= t instanceof InterruptedException;
      stopped |= t instanceof ClosedByInterruptException;
      stopped |= t.getClass() == InterruptedIOException.class;
    }
    if (stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped by the engine");
    }
  }

  private static void pause(long ms) throws InterruptedIOException {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while waiting to read again");
    }
  }
}
