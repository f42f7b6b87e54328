package org.medvilam.converters.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Ring;

/** Writes phantom pictures down as a project of version 2, the validation part as CSV. */
final class ViaPhantom implements LabelledPhantom.Form {
  private static final String TRAIN = "train";

  private final ObjectNode entries = RecordJson.mapper().createObjectNode();
  private final StringBuilder table =
      new StringBuilder(
          "filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes\n");

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    List<LabelledPhantom.Kind> kinds =
        List.of(LabelledPhantom.Kind.BOX, LabelledPhantom.Kind.POLYGON);
    return LabelledPhantom.draw(request, kinds, new ViaPhantom());
  }

  @Override
  public String picture(int number, String part) {
    return "%s/endo%d.png".formatted(part, number + 1);
  }

  @Override
  public void labels(PhantomFiles files, String picture, List<LabelledPhantom.Thing> things) {
    String name = picture.substring(picture.indexOf('/') + 1);
    if (picture.startsWith(TRAIN)) {
      ObjectNode entry = entries.putObject(name + "-1").put("filename", name).put("size", -1);
      ArrayNode regions = entry.putArray("regions");
      things.forEach(
          t ->
              regions
                  .addObject()
                  .setAll(Map.of("shape_attributes", shape(t), "region_attributes", label(t))));
      return;
    }
    int count = things.size();
    if (count == 0) {
      table.append(name).append(",-1,\"{}\",0,0,\"{}\",\"{}\"\n");
    }
    for (int i = 0; i < count; i++) {
      table.append("%s,-1,\"{}\",%d,%d,".formatted(name, count, i));
      table.append(quoted(shape(things.get(i)))).append(',');
      table.append(quoted(label(things.get(i)))).append('\n');
    }
  }

  private static ObjectNode label(LabelledPhantom.Thing thing) {
    return RecordJson.mapper().createObjectNode().put("finding", thing.label());
  }

  private static ObjectNode shape(LabelledPhantom.Thing thing) {
    ObjectNode shape = RecordJson.mapper().createObjectNode();
    if (thing.kind() == LabelledPhantom.Kind.BOX) {
      Box box = thing.box();
      return shape
          .put("name", "rect")
          .put("x", (int) box.x1())
          .put("y", (int) box.y1())
          .put("width", (int) box.width())
          .put("height", (int) box.height());
    }
    shape.put("name", "polygon");
    Ring ring = thing.ring();
    for (int i = 0; i < ring.size(); i++) {
      shape.withArray("all_points_x").add(ring.x(i));
      shape.withArray("all_points_y").add(ring.y(i));
    }
    return shape;
  }

  private static String quoted(ObjectNode cell) {
    return '"' + cell.toString().replace("\"", "\"\"") + '"';
  }

  @Override
  public void end(PhantomFiles files) throws IOException {
    ObjectNode project = RecordJson.mapper().createObjectNode();
    project.putObject("_via_settings");
    project.set("_via_img_metadata", entries);
    project.putObject("_via_attributes");
    files.text("via_train.json", project.toString());
    files.text("via_val.csv", table.toString());
  }
}
