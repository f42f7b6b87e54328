package org.medvilam.converters.cvat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.SafeXml;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;
import org.medvilam.records.store.Store;

/** Reads a CVAT file (XML, version 1.1), shape by shape; memory is that of one picture. */
public final class CvatFile {
  private static final Set<String> SHAPES =
      Set.of("box", "polygon", "polyline", "points", "ellipse", "cuboid", "skeleton", "mask");

  private final XMLStreamReader xml;
  private final String path;
  private int number;

  private CvatFile(XMLStreamReader xml, String path) {
    this.xml = xml;
    this.path = path;
  }

  /**
   * A picture.
   *
   * @param name its path as the file writes it
   * @param position where it stands
   * @param subset the part that it belongs to, empty where none is named
   * @param width columns, or 0
   * @param height rows, or 0
   * @param shapes what is drawn on it
   * @param tags labels of it as a whole
   */
  public record Picture(
      String name,
      String position,
      String subset,
      int width,
      int height,
      List<Shape> shapes,
      List<String> tags) {
    /** Copies the lists. */
    public Picture {
      shapes = List.copyOf(shapes);
      tags = List.copyOf(tags);
    }
  }

  /** Takes what a file holds. */
  public interface Entries {
    /** Takes a picture. */
    void picture(Picture picture) throws IOException;

    /** Takes a shape that a track shows in a frame, counted from 0 in the original video. */
    void frame(int frame, Shape shape, int width, int height) throws IOException;
  }

  /** Returns the evidence that a file is one of these, or null. */
  public static @Nullable String claim(Store root, String path) throws IOException {
    if (!PathNames.extension(path).equals("xml")) {
      return null;
    }
    boolean right = false;
    try (InputStream in = root.read(path)) {
      XMLStreamReader xml = SafeXml.reader(in);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          String name = xml.getLocalName();
          if (!right && !name.equals("annotations")) {
            return null;
          }
          right = true;
          if (name.equals("image") || name.equals("track") || name.equals("meta")) {
            return "the element annotations with " + name;
          }
        }
      }
    } catch (XMLStreamException e) {
      return right ? "the element annotations, broken off" : null;
    }
    return null;
  }

  /**
   * Reads a file.
   *
   * @throws ListingException if it breaks off or declares a document type
   */
  public static void read(Store root, String path, Entries entries) throws IOException {
    try (InputStream in = root.read(path)) {
      new CvatFile(SafeXml.reader(in), path).read(entries);
    } catch (XMLStreamException e) {
      throw new ListingException(path, "expected whole XML, found a break", e);
    }
  }

  private void read(Entries entries) throws IOException, XMLStreamException {
    int width = 0;
    int height = 0;
    boolean size = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD) {
        throw new ListingException(
            path, "expected XML without a DOCTYPE, found one; it is not read");
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "original_size" -> size = true;
          case "width" -> width = size ? whole(xml.getElementText()) : width;
          case "height" -> height = size ? whole(xml.getElementText()) : height;
          case "image" -> entries.picture(picture());
          case "track" -> track(entries, width, height);
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        size = size && !xml.getLocalName().equals("original_size");
      }
    }
  }

  private Picture picture() throws XMLStreamException {
    String position = "image " + attribute("id", Integer.toString(++number));
    String name = attribute("name", "");
    String subset = attribute("subset", "");
    int width = whole(attribute("width", ""));
    int height = whole(attribute("height", ""));
    List<Shape> shapes = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    while (next("image")) {
      if (xml.getLocalName().equals("tag")) {
        tags.add(attribute("label", ""));
      } else if (SHAPES.contains(xml.getLocalName())) {
        String where = "%s shape %d".formatted(position, shapes.size() + 1);
        shapes.add(shape(where, attribute("label", "")));
      }
    }
    return new Picture(name, position, subset, width, height, shapes, tags);
  }

  /** A shape that is {@code outside} ends its track: the thing is not to be seen. */
  private void track(Entries entries, int width, int height)
      throws IOException, XMLStreamException {
    String label = attribute("label", "");
    String track = "track " + attribute("id", Integer.toString(++number));
    while (next("track")) {
      if (SHAPES.contains(xml.getLocalName())) {
        String frame = attribute("frame", "");
        boolean outside = attribute("outside", "0").equals("1");
        Shape shape = shape("%s frame %s".formatted(track, frame), label);
        double at = ShapeNumbers.parsed(frame);
        if (!(at >= 0 && at == (int) at)) {
          throw new ListingException(path, track + ": expected a frame, found '" + frame + "'");
        }
        if (!outside) {
          entries.frame((int) at, shape, width, height);
        }
      }
    }
  }

  /** Goes to the next element inside another, and tells whether there is one. */
  private boolean next(String parent) throws XMLStreamException {
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(parent)) {
        return false;
      }
    }
    throw new XMLStreamException("the element " + parent + " has no end");
  }

  private Shape shape(String position, String label) throws XMLStreamException {
    String type = xml.getLocalName();
    Map<String, String> value = new TreeMap<>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      value.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
    }
    if (type.equals("skeleton")) {
      skip(type);
    }
    return Shape.of(position, label, type, value);
  }

  /** Skips the points of a skeleton. */
  private void skip(String type) throws XMLStreamException {
    boolean inside = true;
    while (inside) {
      inside = next(type);
    }
  }

  private String attribute(String name, String otherwise) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? otherwise : value.strip();
  }

  private static int whole(String text) {
    return ShapeNumbers.size(TextNode.valueOf(text));
  }
}
