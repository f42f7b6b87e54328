package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.StringJoiner;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.Ring;

/** Writes phantom pictures down as CVAT for images does. */
final class CvatPhantom implements LabelledPhantom.Form {
  private final StringBuilder images = new StringBuilder();
  private int count;

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    return LabelledPhantom.draw(request, List.of(LabelledPhantom.Kind.values()), new CvatPhantom());
  }

  @Override
  public String picture(int number, String part) {
    return "images/%s/case_%d.png".formatted(part, number + 1);
  }

  @Override
  public void labels(PhantomFiles files, String picture, List<LabelledPhantom.Thing> things) {
    String[] names = picture.split("/", -1);
    images.append(
        "  <image id=\"%d\" name=\"%s\" subset=\"%s\" width=\"%d\" height=\"%d\">\n"
            .formatted(count++, names[2], names[1], LabelledPhantom.WIDTH, LabelledPhantom.HEIGHT));
    things.forEach(t -> images.append(shape(t)));
    images.append("  </image>\n");
  }

  private static String shape(LabelledPhantom.Thing thing) {
    Box box = thing.box();
    return switch (thing.kind()) {
      case BOX ->
          "    <box label=\"%s\" occluded=\"0\" xtl=\"%s\" ytl=\"%s\" xbr=\"%s\" ybr=\"%s\"></box>\n"
              .formatted(thing.label(), box.x1(), box.y1(), box.x2(), box.y2());
      case POLYGON ->
          "    <polygon label=\"%s\" points=\"%s\"></polygon>\n"
              .formatted(thing.label(), points(thing.ring()));
      case MASK ->
          "    <mask label=\"%s\" rle=\"%s\" left=\"%d\" top=\"%d\" width=\"%d\" height=\"%d\"></mask>\n"
              .formatted(
                  thing.label(),
                  runs(thing.mask(), box),
                  (int) box.x1(),
                  (int) box.y1(),
                  (int) box.width(),
                  (int) box.height());
    };
  }

  private static String points(Ring ring) {
    StringJoiner points = new StringJoiner(";");
    for (int i = 0; i < ring.size(); i++) {
      points.add(ring.x(i) + "," + ring.y(i));
    }
    return points.toString();
  }

  private static String runs(Mask mask, Box box) {
    StringJoiner runs = new StringJoiner(", ");
    boolean value = false;
    int run = 0;
    for (int y = (int) box.y1(); y < box.y2(); y++) {
      for (int x = (int) box.x1(); x < box.x2(); x++) {
        if (mask.get(x, y) != value) {
          runs.add(Integer.toString(run));
          run = 0;
          value = !value;
        }
        run++;
      }
    }
    return runs.add(Integer.toString(run)).toString();
  }

  @Override
  public void end(PhantomFiles files) throws IOException {
    files.text(
        "annotations.xml",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n  <version>1.1</version>\n"
            + images
            + "</annotations>\n");
  }
}
