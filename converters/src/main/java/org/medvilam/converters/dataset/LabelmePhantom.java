package org.medvilam.converters.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;

/** Writes phantom pictures down as LabelMe does: rectangles, polygons and masks. */
final class LabelmePhantom implements LabelledPhantom.Form {
  static PhantomTruth draw(PhantomRequest request) throws IOException {
    return LabelledPhantom.draw(
        request, List.of(LabelledPhantom.Kind.values()), new LabelmePhantom());
  }

  @Override
  public String picture(int number, String part) {
    return "%s/scan %03d.png".formatted(part, number + 1);
  }

  @Override
  public void labels(PhantomFiles files, String picture, List<LabelledPhantom.Thing> things)
      throws IOException {
    ObjectNode file = RecordJson.mapper().createObjectNode();
    file.put("version", "5.4.1");
    file.putObject("flags");
    for (LabelledPhantom.Thing thing : things) {
      shape(file.withArray("shapes").addObject(), thing);
    }
    file.withArray("shapes");
    file.put("imagePath", picture.substring(picture.indexOf('/') + 1));
    file.putNull("imageData");
    file.put("imageHeight", LabelledPhantom.HEIGHT);
    file.put("imageWidth", LabelledPhantom.WIDTH);
    files.text(picture.replace(".png", ".json"), file.toPrettyString());
  }

  private static void shape(ObjectNode shape, LabelledPhantom.Thing thing) throws IOException {
    Box box = thing.box();
    shape.put("label", thing.label()).putNull("group_id");
    ArrayNode points = shape.putArray("points");
    switch (thing.kind()) {
      case BOX -> {
        shape.put("shape_type", "rectangle");
        points.addArray().add(box.x2()).add(box.y1());
        points.addArray().add(box.x1()).add(box.y2());
      }
      case POLYGON -> {
        shape.put("shape_type", "polygon");
        double[] flat = thing.ring().flat();
        for (int i = 0; i < flat.length; i += 2) {
          points.addArray().add(flat[i]).add(flat[i + 1]);
        }
      }
      case MASK -> {
        shape.put("shape_type", "mask");
        points.addArray().add(box.x1()).add(box.y1());
        points.addArray().add(box.x2() - 1).add(box.y2() - 1);
        BufferedImage crop =
            PhantomFiles.grey(thing.mask())
                .getSubimage((int) box.x1(), (int) box.y1(), (int) box.width(), (int) box.height());
        byte[] png = PhantomFiles.encodedPng(crop);
        shape.put("mask", Base64.getEncoder().encodeToString(png));
      }
    }
    shape.putObject("flags");
  }
}
