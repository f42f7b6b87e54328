package org.medvilam.converters.voc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.SmallFiles;
import org.medvilam.records.Source;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.store.Store;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The annotation file of a picture.
 *
 * <p>Only direct children count: an object's {@code part} elements have names and boxes of their
 * own. What the numbers mean, 0-based or 1-based and of which resolution, is the dataset's to say.
 *
 * @param path path relative to the dataset root
 * @param filename name of its picture as it stands, empty where there is none
 * @param width columns of the picture that the boxes speak of, or 0 where it states no size
 * @param height rows of it, or 0
 * @param objects its objects, in order of the file
 */
public record VocFile(
    String path, String filename, double width, double height, List<VocObject> objects) {
  private static final int MAX_BYTES = 1 << 20;
  private static final String ROOT = "annotation";
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  /** Copies the list. */
  public VocFile {
    objects = List.copyOf(objects);
  }

  /**
   * Reads a file that states the size of its picture.
   *
   * @throws ItemException as {@link #readAny} does, and {@code missing-size}
   */
  public static VocFile read(Store root, String path) throws IOException {
    VocFile file = readAny(root, path);
    if (file.width == 0) {
      throw new ItemException(
          path, "missing-size", "expected one size with width and height of at least 1");
    }
    return file;
  }

  /**
   * Reads a file that may state the size of its picture.
   *
   * @throws ItemException {@code missing-file}, {@code file-too-large}, {@code xml-doctype} where
   *     it declares a document type, {@code unreadable-xml}, or {@code unknown-form}
   */
  public static VocFile readAny(Store root, String path) throws IOException {
    Element annotation = parsed(SmallFiles.read(root, path, MAX_BYTES), path);
    if (!annotation.getTagName().equals(ROOT)) {
      throw new ItemException(
          path,
          "unknown-form",
          "expected the element %s, found %s".formatted(ROOT, annotation.getTagName()));
    }
    List<Element> sizes = children(annotation, "size");
    double width = sizes.size() == 1 ? number(sizes.get(0), "width") : 0;
    double height = sizes.size() == 1 ? number(sizes.get(0), "height") : 0;
    boolean stated = width >= 1 && height >= 1;
    List<VocObject> objects = new ArrayList<>();
    for (Element object : children(annotation, "object")) {
      objects.add(object(object, objects.size() + 1));
    }
    String filename = text(annotation, "filename");
    return new VocFile(path, filename, stated ? width : 0, stated ? height : 0, objects);
  }

  /** Returns where each object stands. */
  public List<Source> sources() {
    return objects.stream().map(o -> new Source(path, o.position())).toList();
  }

  /** An object of several boxes has none: they may be anything. */
  private static VocObject object(Element object, int number) {
    List<Element> boxes = children(object, "bndbox");
    List<Element> polygons = children(object, "polygon");
    @Nullable Element box = boxes.size() == 1 ? boxes.get(0) : null;
    return new VocObject(
        number,
        text(object, "name"),
        !text(object, "difficult").isEmpty() && !text(object, "difficult").equals("0"),
        box == null ? Double.NaN : number(box, "xmin"),
        box == null ? Double.NaN : number(box, "ymin"),
        box == null ? Double.NaN : number(box, "xmax"),
        box == null ? Double.NaN : number(box, "ymax"),
        polygons.size() == 1 ? ring(polygons.get(0)) : null,
        children(object, "part").size());
  }

  /** Returns the vertices {@code x1, y1, x2, y2, ...}, each an element of its own. */
  private static Ring ring(Element polygon) {
    Map<String, Double> numbers = new HashMap<>();
    for (Node n = polygon.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element element) {
        numbers.put(element.getTagName(), number(element.getTextContent()));
      }
    }
    List<Double> xy = new ArrayList<>();
    for (int i = 1; numbers.containsKey("x" + i); i++) {
      xy.add(numbers.get("x" + i));
      xy.add(numbers.getOrDefault("y" + i, Double.NaN));
    }
    return Ring.ofFlat(xy.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Element parsed(byte[] data, String path) throws IOException {
    try {
      return builder().parse(new ByteArrayInputStream(data)).getDocumentElement();
    } catch (SAXException e) {
      if (new String(data, StandardCharsets.ISO_8859_1).contains("<!DOCTYPE")) {
        throw new ItemException(
            path, "xml-doctype", "expected XML without a DOCTYPE, found one; it is not read");
      }
      throw new ItemException(
          path, "unreadable-xml", "expected whole XML, found: " + e.getMessage());
    }
  }

  private static DocumentBuilder builder() {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    try {
      factory.setFeature(NO_DOCTYPE, true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's own parser can refuse a DOCTYPE", e);
    }
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.size() == 1 ? found.get(0).getTextContent().strip() : "";
  }

  private static double number(Element parent, String name) {
    return number(text(parent, name));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
