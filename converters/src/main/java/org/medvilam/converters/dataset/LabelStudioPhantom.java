package org.medvilam.converters.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Ring;

/** Writes phantom pictures down as Label Studio exports them, with the names of uploads. */
final class LabelStudioPhantom implements LabelledPhantom.Form {
  private static final String[] TYPES = {"rectanglelabels", "polygonlabels"};

  private final Map<String, ArrayNode> exports = new TreeMap<>();

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    List<LabelledPhantom.Kind> kinds =
        List.of(LabelledPhantom.Kind.BOX, LabelledPhantom.Kind.POLYGON);
    return LabelledPhantom.draw(request, kinds, new LabelStudioPhantom());
  }

  @Override
  public String picture(int number, String part) {
    return "%s/slide-%d.png".formatted(part, number + 1);
  }

  @Override
  public void labels(PhantomFiles files, String picture, List<LabelledPhantom.Thing> things) {
    String[] names = picture.split("/", -1);
    ArrayNode tasks = exports.computeIfAbsent(names[0], k -> RecordJson.mapper().createArrayNode());
    ObjectNode task = tasks.addObject().put("id", tasks.size());
    ObjectNode annotation = task.putArray("annotations").addObject();
    ArrayNode results = annotation.put("was_cancelled", false).putArray("result");
    things.forEach(t -> result(results.addObject(), t));
    task.putObject("data").put("image", "/data/upload/1/0a1b2c3d-" + names[1]);
  }

  private static void result(ObjectNode result, LabelledPhantom.Thing thing) {
    String type = TYPES[thing.kind() == LabelledPhantom.Kind.BOX ? 0 : 1];
    result.put("type", type).put("image_rotation", 0);
    result.put("original_width", LabelledPhantom.WIDTH);
    result.put("original_height", LabelledPhantom.HEIGHT);
    ObjectNode value = result.putObject("value");
    if (thing.kind() == LabelledPhantom.Kind.BOX) {
      Box box = thing.box();
      value.put("x", box.x1() * 100 / LabelledPhantom.WIDTH);
      value.put("y", box.y1() * 100 / LabelledPhantom.HEIGHT);
      value.put("width", box.width() * 100 / LabelledPhantom.WIDTH);
      value.put("height", box.height() * 100 / LabelledPhantom.HEIGHT);
      value.put("rotation", 0);
    } else {
      Ring ring = thing.ring();
      for (int i = 0; i < ring.size(); i++) {
        ArrayNode point = value.withArray("points").addArray();
        point.add(ring.x(i) * 100 / LabelledPhantom.WIDTH);
        point.add(ring.y(i) * 100 / LabelledPhantom.HEIGHT);
      }
    }
    value.putArray(type).add(thing.label());
  }

  @Override
  public void end(PhantomFiles files) throws IOException {
    for (Map.Entry<String, ArrayNode> export : exports.entrySet()) {
      files.text("project-%s.json".formatted(export.getKey()), export.getValue().toString());
    }
  }
}
