package org.medvilam.converters.voc;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.SafeXml;
import org.medvilam.records.store.Store;

/**
 * Tells annotation files from other XML, at a glance.
 *
 * <p>The root is {@code annotation}, as it is in the XML of MIT's LabelMe, whose objects have
 * {@code deleted} and {@code polygon/pt}, and whose pictures have {@code imagesize}.
 */
public final class VocClaim {
  private static final int ROOT = 1;
  private static final int CHILD = 2;
  private static final int GRANDCHILD = 3;
  private static final Set<String> OTHER = Set.of("imagesize", "deleted", "verified", "pt");
  private static final Set<String> OWN = Set.of("bndbox", "size", "segmented");

  private VocClaim() {}

  /** Returns the evidence that a file is an annotation file, or null. */
  public static @Nullable String of(Store root, String path) throws IOException {
    if (!PathNames.extension(path).equals("xml")) {
      return null;
    }
    boolean annotation = false;
    try (InputStream in = root.read(path)) {
      XMLStreamReader xml = SafeXml.reader(in);
      int depth = 0;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.END_ELEMENT) {
          depth--;
        } else if (event == XMLStreamConstants.START_ELEMENT) {
          depth++;
          String name = xml.getLocalName();
          if (depth == ROOT && !name.equals("annotation")) {
            return null;
          }
          annotation = true;
          if (depth > ROOT && OTHER.contains(name)) {
            return null;
          }
          if ((depth == CHILD || depth == GRANDCHILD) && OWN.contains(name)) {
            return "the element annotation with " + name;
          }
        }
      }
    } catch (XMLStreamException e) {
      return annotation ? "the element annotation, broken off" : null;
    }
    return "the element annotation";
  }
}
