package org.medvilam.fewshot.picture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.LocalStore;

/**
 * What is looked at seldom: names and thumbnails of pictures, in files of the machine's temporary
 * directory.
 *
 * <p>Thumbnails are mapped once all are written, so that the operating system decides what stays in
 * memory.
 */
final class Scratch implements Closeable {
  private static final int CHUNK = 1 << 20;

  private final Path folder;
  private final FileChannel names;
  private final FileChannel thumbnails;
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private final byte[] other = new byte[Thumbnail.BYTES];
  private long[] ends = new long[1024];
  private int count;

  Scratch() throws IOException {
    folder = Files.createTempDirectory("medvilam-pictures-");
    names = open("names");
    thumbnails = open("thumbnails");
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        folder.resolve(name),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /** Adds a picture and returns its number, counted from 0. */
  int add(PictureRef picture) throws IOException {
    if (count + 1 == ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    ends[count + 1] = ends[count] + write(names, RecordJson.mapper().writeValueAsBytes(picture));
    return count++;
  }

  /** Adds a thumbnail; thumbnails have numbers of their own, counted from 0. */
  void add(byte[] thumbnail) throws IOException {
    write(thumbnails, thumbnail);
  }

  private static int write(FileChannel channel, byte[] data) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return data.length;
  }

  /** Returns a picture by its number. */
  PictureRef picture(int number) throws IOException {
    ByteBuffer json = ByteBuffer.allocate((int) (ends[number + 1] - ends[number]));
    while (json.hasRemaining()) {
      if (names.read(json, ends[number] + json.position()) < 0) {
        throw new IOException("expected picture %d in %s, found the end".formatted(number, folder));
      }
    }
    return RecordJson.mapper().readValue(json.array(), PictureRef.class);
  }

  /** Opens what was added for {@link #error}; no thumbnail may be added after. */
  void map() throws IOException {
    long size = thumbnails.size();
    for (long at = 0; at < size; at += (long) CHUNK * Thumbnail.BYTES) {
      long length = Math.min((long) CHUNK * Thumbnail.BYTES, size - at);
      chunks.add(thumbnails.map(FileChannel.MapMode.READ_ONLY, at, length));
    }
  }

  /** Returns {@link Thumbnail#error} between a thumbnail and the one of a number. */
  double error(int number, byte[] thumbnail, double limit) {
    chunks.get(number / CHUNK).get(number % CHUNK * Thumbnail.BYTES, other);
    return Thumbnail.error(thumbnail, other, limit);
  }

  @Override
  public void close() throws IOException {
    chunks.clear();
    thumbnails.close();
    names.close();
    LocalStore.of(folder).delete("");
  }
}
