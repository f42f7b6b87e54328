package org.medvilam.fewshot.picture;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.medvilam.imaging.PictureSummary;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.records.Hashing;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.UnsafePathException;
import org.medvilam.transforms.Patience;

/**
 * Takes the fingerprints of pictures on several threads, and hands them over in the order in which
 * they were asked for.
 *
 * <p>Memory is that of a few pictures per thread. Of volumes, videos and sounds only the bytes of
 * the file are taken.
 */
public final class PictureReader implements Fingerprints {
  private static final int WAITING_PER_THREAD = 4;
  private static final long MEMORY_PER_THREAD = 128L << 20;

  private final PictureMode mode;
  private final PictureRef.Stores stores;
  private final ExecutorService threads;
  private final int most;
  private final Deque<Asked> waiting = new ArrayDeque<>();

  /**
   * Starts threads.
   *
   * @param mode {@link PictureMode#EXACT} or {@link PictureMode#PERCEPTUAL}
   * @param stores where pictures are
   * @param count number of threads
   */
  public PictureReader(PictureMode mode, PictureRef.Stores stores, int count) {
    this.mode = mode;
    this.stores = stores;
    this.threads = Executors.newFixedThreadPool(count);
    this.most = WAITING_PER_THREAD * count;
  }

  /** Returns as many threads as there are cores, and memory for, at least one. */
  public static int threads() {
    Runtime runtime = Runtime.getRuntime();
    long memory = runtime.maxMemory() / MEMORY_PER_THREAD;
    return (int) Math.max(1, Math.min(runtime.availableProcessors(), memory));
  }

  private record Asked(Future<Seen> seen, Taker then) {}

  @Override
  public void read(PictureRef picture, Taker then) throws IOException {
    if (waiting.size() == most) {
      takeOldest();
    }
    waiting.add(new Asked(threads.submit(() -> see(picture)), then));
  }

  @Override
  public void finish() throws IOException {
    while (!waiting.isEmpty()) {
      takeOldest();
    }
  }

  private void takeOldest() throws IOException {
    Asked asked = waiting.remove();
    try {
      asked.then.take(asked.seen.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while comparing pictures", e);
    } catch (ExecutionException e) {
      throw new IOException("comparing pictures failed: " + e.getCause(), e);
    }
  }

  private Seen see(PictureRef picture) {
    try {
      Store store = stores.of(picture);
      return picture.media().type() == MediaType.IMAGE
          ? image(picture, Patience.read(() -> store.readAll(picture.media().uri())))
          : new Seen(picture, Patience.read(() -> file(store, picture.media().uri())), null);
    } catch (UnsafePathException e) {
      return new Seen(picture, null, "unsafe-path");
    } catch (NoSuchFileException | FileNotFoundException e) {
      return new Seen(picture, null, "missing-file");
    } catch (IOException e) {
      return new Seen(picture, null, "unreadable-file");
    }
  }

  private static Fingerprint file(Store store, String uri) throws IOException {
    try (InputStream in = store.read(uri)) {
      return Fingerprint.ofFile(HashKey.ofSha256(Checksum.of(in).hex()));
    }
  }

  private Seen image(PictureRef picture, byte[] data) {
    Media media = picture.media();
    HashKey file = HashKey.ofSha256(HexFormat.of().formatHex(Hashing.sha256().digest(data)));
    try {
      PictureSummary s = Pictures.summary(data, media.uri(), media.window(), PerceptualHash.SIDE);
      HashKey pixels = HashKey.ofSha256(s.pixelSha256());
      byte[] thumbnail = Thumbnail.of(s);
      if (thumbnail == null || mode == PictureMode.EXACT) {
        return new Seen(picture, new Fingerprint(file, pixels, thumbnail == null, 0, null), null);
      }
      long hash = PerceptualHash.of(s.small());
      return new Seen(picture, new Fingerprint(file, pixels, false, hash, thumbnail), null);
    } catch (UnreadablePictureException e) {
      return new Seen(picture, Fingerprint.ofFile(file), e.reason());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
