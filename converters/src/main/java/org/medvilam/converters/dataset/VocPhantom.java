package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Ring;

/** Writes phantom pictures down as the VOC development kit does, some outlines as Roboflow does. */
final class VocPhantom implements LabelledPhantom.Form {
  private final Map<String, StringBuilder> lists = new TreeMap<>();

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    List<LabelledPhantom.Kind> kinds =
        List.of(LabelledPhantom.Kind.BOX, LabelledPhantom.Kind.POLYGON);
    return LabelledPhantom.draw(request, kinds, new VocPhantom());
  }

  @Override
  public String picture(int number, String part) {
    String name = "2026_%06d".formatted(number + 1);
    lists.computeIfAbsent(part, k -> new StringBuilder()).append(name).append('\n');
    return "JPEGImages/" + name + ".png";
  }

  @Override
  public void labels(PhantomFiles files, String picture, List<LabelledPhantom.Thing> things)
      throws IOException {
    String name = picture.substring(picture.lastIndexOf('/') + 1, picture.lastIndexOf('.'));
    StringBuilder xml = new StringBuilder();
    xml.append("<annotation>\n  <folder>JPEGImages</folder>\n")
        .append("  <filename>%s.png</filename>\n".formatted(name))
        .append(
            "  <size><width>%d</width><height>%d</height><depth>3</depth></size>\n"
                .formatted(LabelledPhantom.WIDTH, LabelledPhantom.HEIGHT))
        .append("  <segmented>0</segmented>\n");
    things.forEach(t -> xml.append(object(t)));
    files.text("Annotations/" + name + ".xml", xml.append("</annotation>\n").toString());
  }

  private static String object(LabelledPhantom.Thing thing) {
    boolean polygon = thing.kind() == LabelledPhantom.Kind.POLYGON;
    Ring ring = thing.ring();
    Box box = polygon ? ring.bounds() : thing.box();
    StringBuilder xml = new StringBuilder();
    xml.append("  <object>\n    <name>%s</name>\n".formatted(thing.label()))
        .append("    <difficult>0</difficult>\n    <bndbox>")
        .append("<xmin>%s</xmin><ymin>%s</ymin>".formatted(box.x1() + 1, box.y1() + 1))
        .append("<xmax>%s</xmax><ymax>%s</ymax></bndbox>\n".formatted(box.x2(), box.y2()));
    if (polygon) {
      xml.append("    <polygon>");
      for (int i = 0; i < ring.size(); i++) {
        xml.append("<x%1$d>%2$s</x%1$d><y%1$d>%3$s</y%1$d>".formatted(i + 1, ring.x(i), ring.y(i)));
      }
      xml.append("</polygon>\n");
    }
    return xml.append("  </object>\n").toString();
  }

  @Override
  public void end(PhantomFiles files) throws IOException {
    for (Map.Entry<String, StringBuilder> list : lists.entrySet()) {
      files.text("ImageSets/Main/" + list.getKey() + ".txt", list.getValue().toString());
    }
  }
}
