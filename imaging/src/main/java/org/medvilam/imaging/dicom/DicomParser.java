package org.medvilam.imaging.dicom;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Walks the elements of a data set up to the pixels (PS3.5, section 7).
 *
 * <p>Sequences are followed with a stack on the heap, however deep they nest, and only where their
 * length is not known or their content matters; everything else is stepped over. No value is read.
 */
final class DicomParser {
  private final ByteBuffer data;
  private final DicomHeader header;
  private final Deque<Level> levels = new ArrayDeque<>();
  private int at;

  /** A data set, a sequence or an item that is being walked. */
  private static final class Level {
    private final boolean sequence;

    /** Whether a delimiter ends it; otherwise its length does. */
    private final boolean delimited;

    /** Where it ends at the latest. */
    private final int end;

    private final boolean explicit;

    /** Where kept elements of an item go; null where nobody asks for them. */
    private final @Nullable Map<Integer, Element> kept;

    /** What the elements of the n-th item of a sequence are kept in. */
    private final IntFunction<@Nullable Map<Integer, Element>> items;

    private int count;

    private Level(
        boolean sequence,
        boolean delimited,
        int end,
        boolean explicit,
        @Nullable Map<Integer, Element> kept,
        IntFunction<@Nullable Map<Integer, Element>> items) {
      this.sequence = sequence;
      this.delimited = delimited;
      this.end = end;
      this.explicit = explicit;
      this.kept = kept;
      this.items = items;
    }
  }

  private DicomParser(DicomHeader header, int at) {
    this.header = header;
    this.data = header.data();
    this.at = at;
  }

  /**
   * Reads the header of a data set.
   *
   * @param name file name, for messages
   * @param data the whole file, or what was deflated of it
   * @param at offset of the first element
   */
  static DicomHeader parse(String name, ByteBuffer data, int at, Encoding encoding) {
    DicomHeader header = new DicomHeader(name, data.order(encoding.order()));
    DicomParser parser = new DicomParser(header, at);
    parser.levels.push(
        new Level(false, false, data.limit(), encoding.explicit(), header.root(), i -> null));
    parser.walk();
    return header;
  }

  private void walk() {
    while (header.pixels() == null) {
      while (!levels.element().delimited && levels.element().end == at) {
        levels.pop();
        if (levels.isEmpty()) {
          return;
        }
      }
      need(8, "an element");
      int tag = Encoding.tag(data, at);
      if (levels.element().sequence) {
        item(tag);
      } else if (tag == Tag.ITEM_END) {
        leave(tag);
      } else {
        element(tag);
      }
    }
  }

  /** Steps into the next item of a sequence, or out of the sequence (PS3.5, section 7.5). */
  private void item(int tag) {
    if (tag == Tag.SEQUENCE_END) {
      leave(tag);
      return;
    }
    if (tag != Tag.ITEM) {
      throw broken("an item", tag);
    }
    Level sequence = levels.element();
    int length = data.getInt(at + 4);
    at += 8;
    Map<Integer, Element> kept = sequence.items.apply(sequence.count++);
    boolean delimited = length == Element.UNDEFINED;
    levels.push(new Level(false, delimited, end(length, tag), sequence.explicit, kept, i -> null));
  }

  private void leave(int tag) {
    if (!levels.element().delimited) {
      throw broken("an element", tag);
    }
    at += 8;
    levels.pop();
  }

  private void element(int tag) {
    Level level = levels.element();
    int vr = 0;
    int length;
    if (!level.explicit) {
      length = data.getInt(at + 4);
      at += 8;
    } else {
      vr = Encoding.vr(data, at + 4);
      if (!Encoding.isVr(vr)) {
        throw broken("an element with a value representation", tag);
      }
      if (Encoding.isShort(vr)) {
        length = data.getShort(at + 6) & 0xffff;
        at += 8;
      } else {
        need(12, "an element");
        length = data.getInt(at + 8);
        at += 12;
      }
    }
    value(level, new Element(tag, vr, at, length));
  }

  private void value(Level level, Element element) {
    boolean root = levels.size() == 1;
    boolean undefined = element.length() == Element.UNDEFINED;
    int tag = element.tag();
    if (root && Tag.isPixels(tag)) {
      header.setPixels(element);
    } else if (undefined && holdsFragments(level, element)) {
      skipFragments();
    } else if (undefined || followed(level, tag)) {
      int end = end(element.length(), tag);
      boolean explicit = level.explicit && element.vr() != Element.UN;
      levels.push(new Level(true, undefined, end, explicit, null, items(level, root, tag)));
    } else {
      int end = end(element.length(), tag);
      if (level.kept != null && Tag.isKept(tag)) {
        level.kept.put(tag, element);
      }
      at = end;
    }
  }

  /** Icons are compressed in fragments, as the pixels are (PS3.5, annex A.4). */
  private static boolean holdsFragments(Level level, Element element) {
    boolean sequence = element.vr() == Element.SQ || element.vr() == Element.UN;
    return level.explicit && !sequence;
  }

  private void skipFragments() {
    int tag = Tag.ITEM;
    while (tag != Tag.SEQUENCE_END) {
      need(8, "a fragment");
      tag = Encoding.tag(data, at);
      if (tag != Tag.ITEM && tag != Tag.SEQUENCE_END) {
        throw broken("a fragment", tag);
      }
      int length = data.getInt(at + 4);
      at += 8;
      at = tag == Tag.ITEM ? definedEnd(length, tag) : at;
    }
  }

  /** Tells whether the items of a sequence of known length matter. */
  private static boolean followed(Level level, int tag) {
    return level.kept != null
        && switch (tag) {
          case Tag.MODALITY_LUT_SEQUENCE,
              Tag.VOI_LUT_SEQUENCE,
              Tag.SHARED_GROUPS_SEQUENCE,
              Tag.FRAME_GROUPS_SEQUENCE,
              Tag.PLANE_POSITION_SEQUENCE,
              Tag.PLANE_ORIENTATION_SEQUENCE,
              Tag.PIXEL_MEASURES_SEQUENCE,
              Tag.FRAME_VOI_LUT_SEQUENCE,
              Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE ->
              true;
          default -> false;
        };
  }

  private IntFunction<@Nullable Map<Integer, Element>> items(Level level, boolean root, int tag) {
    boolean group = !root && level.kept != null;
    return switch (tag) {
      case Tag.MODALITY_LUT_SEQUENCE, Tag.VOI_LUT_SEQUENCE ->
          i -> root && i == 0 ? header.addLut(tag) : null;
      case Tag.SHARED_GROUPS_SEQUENCE -> i -> root && i == 0 ? header.shared() : null;
      case Tag.FRAME_GROUPS_SEQUENCE -> i -> root ? header.addFrame(i) : null;
      case Tag.PLANE_POSITION_SEQUENCE,
          Tag.PLANE_ORIENTATION_SEQUENCE,
          Tag.PIXEL_MEASURES_SEQUENCE,
          Tag.FRAME_VOI_LUT_SEQUENCE,
          Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE ->
          i -> group && i == 0 ? level.kept : null;
      default -> i -> null;
    };
  }

  /** Returns where a value ends at the latest. */
  private int end(int length, int tag) {
    return length == Element.UNDEFINED ? levels.element().end : definedEnd(length, tag);
  }

  /** Returns where a value of known length ends: within what holds it. */
  private int definedEnd(int length, int tag) {
    long end = at + Integer.toUnsignedLong(length);
    int limit = levels.element().end;
    if (end <= limit) {
      return (int) end;
    }
    String message =
        "expected %d bytes of %s at byte %d, found the end of %s at byte %d"
            .formatted(end - at, Element.text(tag), at, holder(limit), limit);
    throw limit == data.limit()
        ? Problem.truncated(header.name(), message)
        : Problem.unreadable(header.name(), message);
  }

  private void need(int bytes, String what) {
    int limit = levels.element().end;
    if (at > limit - bytes) {
      String message =
          "expected %s at byte %d, found the end of %s at byte %d"
              .formatted(what, at, holder(limit), limit);
      throw limit == data.limit()
          ? Problem.truncated(header.name(), message)
          : Problem.unreadable(header.name(), message);
    }
  }

  private String holder(int limit) {
    return limit == data.limit() ? "the file" : "its sequence";
  }

  private RuntimeException broken(String what, int tag) {
    return Problem.unreadable(
        header.name(), "expected %s at byte %d, found %s".formatted(what, at, Element.text(tag)));
  }
}
