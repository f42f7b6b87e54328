package org.medvilam.imaging.dicom;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a data set that the toolkit looks at: where they lie, and their values on demand.
 *
 * <p>Values of a frame are looked for in the item of the frame, then among those that all frames
 * share, then in the data set itself (PS3.3 C.7.6.16, multi-frame functional groups).
 */
final class DicomHeader {
  private static final int LONGEST_TEXT = 1 << 10;
  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");
  private static final Pattern CODE = Pattern.compile("[A-Z0-9_ ]{1,16}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]*\\.?[0-9]*([eE][+-]?[0-9]+)?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,10}");

  private final String name;
  private final ByteBuffer data;
  private final Map<Integer, Element> root = new HashMap<>();
  private final Map<Integer, Element> shared = new HashMap<>();
  private final Map<Integer, Map<Integer, Element>> frames = new HashMap<>();
  private final Map<Integer, Map<Integer, Element>> luts = new HashMap<>();
  private @Nullable Element pixels;

  /**
   * Starts an empty header.
   *
   * @param name file name, for messages
   * @param data the bytes that hold the data set, in its byte order
   */
  DicomHeader(String name, ByteBuffer data) {
    this.name = name;
    this.data = data;
  }

  String name() {
    return name;
  }

  ByteBuffer data() {
    return data;
  }

  Map<Integer, Element> root() {
    return root;
  }

  Map<Integer, Element> shared() {
    return shared;
  }

  Map<Integer, Element> addFrame(int frame) {
    return frames.computeIfAbsent(frame, f -> new HashMap<>());
  }

  /** Returns the elements of the first item of a sequence of lookup tables; empty without one. */
  Map<Integer, Element> lut(int sequence) {
    return luts.getOrDefault(sequence, Map.of());
  }

  Map<Integer, Element> addLut(int sequence) {
    return luts.computeIfAbsent(sequence, s -> new HashMap<>());
  }

  /** Returns the element that holds the pixels, or null where the object has none. */
  @Nullable Element pixels() {
    return pixels;
  }

  void setPixels(Element element) {
    this.pixels = element;
  }

  /** Returns the values of a numeric attribute; empty where it is absent or empty. */
  double[] numbers(DicomAttribute attribute, int frame) {
    Element element = find(attribute.tag(), frame);
    if (element == null) {
      return new double[0];
    }
    return switch (attribute.vr()) {
      case US -> shorts(element);
      case DS -> numbers(attribute, element, DECIMAL);
      case IS -> numbers(attribute, element, INTEGER);
      case CS, UI -> throw new IllegalArgumentException(attribute + " is a text");
    };
  }

  /** Returns the first value of a text attribute; empty where it is absent or empty. */
  String text(DicomAttribute attribute, int frame) {
    Element element = find(attribute.tag(), frame);
    if (element == null) {
      return "";
    }
    String text = text(element).split("\\\\", 2)[0].strip();
    Pattern expected =
        switch (attribute.vr()) {
          case UI -> UID;
          case CS -> CODE;
          case US, DS, IS -> throw new IllegalArgumentException(attribute + " is a number");
        };
    if (!text.isEmpty() && !expected.matcher(text).matches()) {
      throw wrong(attribute);
    }
    return text;
  }

  private @Nullable Element find(int tag, int frame) {
    for (Map<Integer, Element> place :
        List.of(frames.getOrDefault(frame, Map.of()), shared, root)) {
      Element element = place.get(tag);
      if (element != null && element.length() > 0) {
        return element;
      }
    }
    return null;
  }

  private double[] shorts(Element element) {
    double[] values = new double[Math.min(element.length(), LONGEST_TEXT) / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.getShort(element.at() + 2 * i) & 0xffff;
    }
    return values;
  }

  private double[] numbers(DicomAttribute attribute, Element element, Pattern expected) {
    String text = text(element).strip();
    if (text.isEmpty()) {
      return new double[0];
    }
    String[] parts = text.split("\\\\", -1);
    double[] values = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].strip();
      boolean digits = part.chars().anyMatch(c -> c >= '0' && c <= '9');
      if (!digits || !expected.matcher(part).matches()) {
        throw wrong(attribute);
      }
      values[i] = Double.parseDouble(part);
    }
    return values;
  }

  /** Returns the characters of a value; padded with blanks or, for UIDs, zeros (PS3.5, 6.2). */
  private String text(Element element) {
    if (element.length() > LONGEST_TEXT) {
      throw Problem.unreadable(
          name,
          "expected at most %d bytes of %s, found %d"
              .formatted(LONGEST_TEXT, Element.text(element.tag()), element.length()));
    }
    byte[] bytes = new byte[element.length()];
    data.get(element.at(), bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' ');
  }

  private RuntimeException wrong(DicomAttribute attribute) {
    return Problem.unreadable(
        name,
        "expected %s %s as %s (PS3.5, 6.2), found something else"
            .formatted(attribute, Element.text(attribute.tag()), attribute.vr()));
  }
}
