package org.medvilam.imaging.dicom;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compressed frames in fragments (PS3.5, annex A.4).
 *
 * <p>Fragments are walked by their lengths; delimiters are never looked for in their bytes.
 */
final class Fragments {
  private static final int JPEG_START = 0xffd8;
  private static final int JPEG_2000_START = 0xff4f;

  private final DicomHeader header;
  private final ByteBuffer data;
  private final int frames;

  /** Offsets and lengths of the values of the fragments. */
  private int[] starts = new int[16];

  private int[] lengths = new int[16];
  private int count;

  /** Number of the first fragment of each frame, and of all fragments. */
  private final int[] firsts;

  private Fragments(DicomHeader header, int frames) {
    this.header = header;
    this.data = header.data();
    this.frames = frames;
    this.firsts = new int[frames + 1];
  }

  /** Finds the frames of an object; every fragment and the delimiter after them are there. */
  static Fragments of(DicomHeader header, Element pixels, int frames) {
    if (frames > header.data().limit() / 8) {
      throw Problem.truncated(
          header.name(),
          "expected %d frames, found a file of %d bytes".formatted(frames, header.data().limit()));
    }
    Fragments fragments = new Fragments(header, frames);
    fragments.walk(pixels.at());
    fragments.assign();
    return fragments;
  }

  private void walk(int from) {
    int at = from;
    int tag = Tag.ITEM;
    while (tag == Tag.ITEM) {
      if (at > data.limit() - 8) {
        throw Problem.truncated(
            header.name(),
            "expected a fragment of pixels at byte %d, found the end of the file".formatted(at));
      }
      tag = Encoding.tag(data, at);
      int length = data.getInt(at + 4);
      at += 8;
      if (tag != Tag.ITEM && tag != Tag.SEQUENCE_END) {
        throw Problem.unreadable(
            header.name(),
            "expected a fragment of pixels at byte %d, found %s"
                .formatted(at - 8, Element.text(tag)));
      }
      if (tag == Tag.ITEM) {
        if (length < 0 || length > data.limit() - at) {
          throw Problem.truncated(
              header.name(),
              "expected %d bytes in the fragment at byte %d, found the end of the file at byte %d"
                  .formatted(Integer.toUnsignedLong(length), at, data.limit()));
        }
        add(at, length);
        at += length;
      }
    }
    if (count == 0) {
      throw Problem.unreadable(
          header.name(), "expected an offset table before the fragments (PS3.5, A.4), found none");
    }
  }

  private void add(int start, int length) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    starts[count] = start;
    lengths[count++] = length;
  }

  /** Tells which fragments make up which frame; the first item is the offset table. */
  private void assign() {
    firsts[frames] = count;
    if (frames == 1) {
      firsts[0] = 1;
    } else if (count - 1 == frames) {
      Arrays.setAll(firsts, f -> f + 1);
    } else if (!byOffsets() && !byMarkers()) {
      throw Problem.unreadable(
          header.name(),
          "expected fragments of %d frames, found %d and no table or marker that tells frames apart"
              .formatted(frames, count - 1));
    }
    if (count < 2) {
      throw Problem.truncated(header.name(), "expected a fragment of pixels, found none");
    }
  }

  /** Goes by the extended or the basic offset table, where it has an entry for each frame. */
  private boolean byOffsets() {
    Element extended = header.root().get(Tag.EXTENDED_OFFSETS);
    long[] offsets =
        extended != null && extended.length() == 8L * frames
            ? table(extended.at(), 8)
            : lengths[0] == 4L * frames ? table(starts[0], 4) : null;
    if (offsets == null) {
      return false;
    }
    int fragment = 1;
    for (int f = 0; f < frames; f++) {
      while (fragment < count && starts[fragment] - starts[1] < offsets[f]) {
        fragment++;
      }
      boolean found = fragment < count && starts[fragment] - starts[1] == offsets[f];
      if (!found) {
        throw Problem.unreadable(
            header.name(),
            "expected a fragment at offset %d of frame %d, found none".formatted(offsets[f], f));
      }
      firsts[f] = fragment++;
    }
    return true;
  }

  private long @Nullable [] table(int at, int width) {
    long[] offsets = new long[frames];
    Arrays.setAll(
        offsets,
        f ->
            width == 8
                ? data.getLong(at + 8 * f)
                : Integer.toUnsignedLong(data.getInt(at + 4 * f)));
    return offsets;
  }

  /** Goes by the markers that start a JPEG or JPEG 2000 stream, where there is one per frame. */
  private boolean byMarkers() {
    int found = 0;
    for (int fragment = 1; fragment < count; fragment++) {
      if (startsStream(fragment)) {
        if (found == frames) {
          return false;
        }
        firsts[found++] = fragment;
      }
    }
    return found == frames && firsts[0] == 1;
  }

  private boolean startsStream(int fragment) {
    if (lengths[fragment] < 2) {
      return false;
    }
    int at = starts[fragment];
    int marker = (data.get(at) & 0xff) << 8 | data.get(at + 1) & 0xff;
    return marker == JPEG_START || marker == JPEG_2000_START;
  }

  /** Returns the stream of a frame. */
  byte[] frame(int frame) {
    int length = 0;
    for (int i = firsts[frame]; i < firsts[frame + 1]; i++) {
      length += lengths[i];
    }
    byte[] stream = new byte[length];
    int to = 0;
    for (int i = firsts[frame]; i < firsts[frame + 1]; i++) {
      data.get(starts[i], stream, to, lengths[i]);
      to += lengths[i];
    }
    return stream;
  }
}
