package org.medvilam.fewshot.picture;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that must not be trained on, to be compared with others.
 *
 * <p>Memory holds about 350 bytes per picture; thumbnails and names lie in a {@link Scratch} file.
 * First every held-out picture is added, then others are matched.
 */
public final class HeldOutPictures implements Closeable {
  private final Scratch scratch;
  private final Map<HashKey, Integer> files = new HashMap<>();
  private final Map<HashKey, Integer> pixels = new HashMap<>();
  private long[] hashes = new long[1024];
  private int[] entries = new int[1024];
  private int looks;
  private @Nullable HammingIndex index;

  /** Starts without pictures. */
  public HeldOutPictures() throws IOException {
    scratch = new Scratch();
  }

  /** Adds a held-out picture. */
  public void add(PictureRef picture, Fingerprint fingerprint) throws IOException {
    int entry = scratch.add(picture);
    putFirst(files, fingerprint.file(), entry);
    if (fingerprint.pixels() != null) {
      putFirst(pixels, fingerprint.pixels(), entry);
    }
    byte[] thumbnail = fingerprint.thumbnail();
    if (thumbnail != null) {
      scratch.add(thumbnail);
      if (looks == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * looks);
        entries = Arrays.copyOf(entries, 2 * looks);
      }
      hashes[looks] = fingerprint.hash();
      entries[looks++] = entry;
    }
  }

  /** Of several pictures of one key, the one of the smallest name stands for all. */
  private void putFirst(Map<HashKey, Integer> keys, HashKey key, int entry) throws IOException {
    Integer before = keys.putIfAbsent(key, entry);
    if (before != null && name(entry).compareTo(name(before)) < 0) {
      keys.put(key, entry);
    }
  }

  private String name(int entry) throws IOException {
    PictureRef picture = scratch.picture(entry);
    return picture.name() + "\n" + picture.media().uri();
  }

  /** Returns the held-out picture that is the same as another one, the surest if there are more. */
  public Optional<PictureMatch> match(Fingerprint fingerprint) throws IOException {
    Integer file = files.get(fingerprint.file());
    if (file != null) {
      return Optional.of(new PictureMatch(PictureMatch.Kind.FILE, scratch.picture(file), 0, 0));
    }
    Integer samples = fingerprint.pixels() == null ? null : pixels.get(fingerprint.pixels());
    if (samples != null) {
      return Optional.of(
          new PictureMatch(PictureMatch.Kind.PIXELS, scratch.picture(samples), 0, 0));
    }
    byte[] thumbnail = fingerprint.thumbnail();
    return thumbnail == null ? Optional.empty() : look(fingerprint.hash(), thumbnail);
  }

  private Optional<PictureMatch> look(long hash, byte[] thumbnail) throws IOException {
    if (index == null) {
      index = new HammingIndex(Arrays.copyOf(hashes, looks));
      scratch.map();
    }
    Nearest nearest = new Nearest(thumbnail);
    index.near(hash, NearMatch.MAX_BITS, nearest::offer);
    PictureMatch best = null;
    for (int i = 0; i < nearest.count; i++) {
      int at = nearest.positions[i];
      int bits = Long.bitCount(hashes[at] ^ hash);
      PictureMatch match =
          new PictureMatch(
              PictureMatch.Kind.LOOKS, scratch.picture(entries[at]), bits, nearest.error);
      best = best == null || PictureMatch.STRONGEST.compare(match, best) < 0 ? match : best;
    }
    return Optional.ofNullable(best);
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }

  /** The positions whose thumbnails have the smallest error, if that is small enough. */
  private final class Nearest {
    private final byte[] thumbnail;
    private double error = NearMatch.MAX_ERROR;
    private int[] positions = new int[4];
    private int count;

    Nearest(byte[] thumbnail) {
      this.thumbnail = thumbnail;
    }

    void offer(int position) {
      double e = scratch.error(position, thumbnail, error);
      if (e > error) {
        return;
      }
      if (e < error) {
        error = e;
        count = 0;
      }
      if (count == positions.length) {
        positions = Arrays.copyOf(positions, 2 * count);
      }
      positions[count++] = position;
    }
  }
}
