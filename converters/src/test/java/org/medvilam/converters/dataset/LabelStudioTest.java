package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Ring;

final class LabelStudioTest extends LabelledContract {
  @Override
  protected Dataset dataset() {
    return new LabelStudio();
  }

  @Override
  protected String expectedInMessage() {
    return "a list of tasks";
  }

  @Override
  protected double tolerance() {
    return 1e-6;
  }

  private static String result(String type, String value) {
    return """
        {"type": "%s", "original_width": 40, "original_height": 20, "image_rotation": 0,
         "value": {%s, "%s": ["Cyst"]}}"""
        .formatted(type, value, type);
  }

  private Conversion convertResults(String... results) throws IOException {
    files.png("a.png", PICTURE);
    files.text("export.json", task("a.png", String.join(",", results)));
    return convert("a.png");
  }

  private static String task(String image, String results) {
    return """
        [{"id": 5, "annotations": [{"result": [%s]}], "data": {"image": "%s"}}]"""
        .formatted(results, image);
  }

  @Test
  void percentIsOfThePicture() throws IOException {
    Conversion conversion =
        convertResults(
            result(
                "rectanglelabels",
                "\"x\": 25, \"y\": 50, \"width\": 50, \"height\": 25, \"rotation\": 0"),
            result("polygonlabels", "\"points\": [[0, 0], [50, 0], [50, 50]]"),
            result("ellipselabels", "\"x\": 50, \"y\": 50, \"radiusX\": 20, \"radiusY\": 10"),
            "{\"type\": \"choices\", \"value\": {\"choices\": [\"Blurred\"]}}");
    assertThat(reasons(conversion)).isEmpty();
    assertThat(labels(conversion)).containsExactly("blurred", "cyst");
    assertThat(regions(conversion).subList(0, 2))
        .containsExactly(new Box(10, 10, 30, 15), Polygon.of(Ring.ofFlat(0, 0, 20, 0, 20, 10)));
    Box ellipse = ((Polygon) regions(conversion).get(2)).rings().get(0).bounds();
    assertThat(ellipse.iou(new Box(12, 8, 28, 12))).isGreaterThan(0.99);
  }

  /** Two pixels of a 2 x 1 picture, in single words: bits written out by hand. */
  @Test
  void brushIsTheAlphaOfItsRunLengths() throws IOException {
    String head = "00000000000000000000000000001000" + "00111" + "0010" + "0010" + "0010" + "0010";
    String opaque = "0" + "00" + "011" + "11111111".repeat(4);
    String clear = "1" + "00" + "011" + "00000000";
    String bits = head + opaque + clear;
    StringJoiner bytes = new StringJoiner(",");
    for (int i = 0; i < bits.length(); i += 8) {
      String eight = (bits + "0000000").substring(i, i + 8);
      bytes.add(Integer.toString(Integer.parseInt(eight, 2)));
    }
    files.png("b.png", new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY));
    String results =
        """
        {"type": "brushlabels", "value": {"format": "rle", "rle": [%s], "brushlabels": ["x"]}},
        {"type": "brushlabels", "value": {"format": "rle", "rle": [0, 0, 0], "brushlabels": ["x"]}}"""
            .formatted(bytes);
    files.text("export.json", task("b.png", results));
    assertThat(pixels(regions(convert("b.png")).get(0))).isEqualTo("0,0");
    assertThat(reasons(convert("b.png"))).containsExactly("bad-rle");
  }

  @Test
  void otherResultsAreNamed() throws IOException {
    Conversion conversion =
        convertResults(
            result(
                "rectanglelabels",
                "\"x\": 1, \"y\": 1, \"width\": 5, \"height\": 5, \"rotation\": 30"),
            result("keypointlabels", "\"x\": 1, \"y\": 1"),
            result("rectanglelabels", "\"x\": 1, \"y\": 1, \"width\": 5"),
            "{\"type\": \"relation\", \"from_id\": \"a\"}",
            "{\"type\": \"labels\", \"value\": {\"labels\": [\"a\", \"b\"]}}");
    assertThat(reasons(conversion))
        .containsExactly(
            "rotated-box",
            "unsupported-shape",
            "not-a-number",
            "unsupported-shape",
            "several-labels");
  }

  @Test
  void namesOfUploadsAndServersAreUndone() throws IOException {
    files.png("images/a b.png", PICTURE);
    for (String image :
        new String[] {
          "/data/upload/12/0a1b2c3d-a b.png",
          "/data/local-files/?d=images/a b.png",
          "s3://bucket/images/a b.png",
          "http://localhost:8080/data/upload/0a1b2c3d-a b.png?x=1"
        }) {
      files.text("export.json", task(image, ""));
      assertThat(listed().item("images/a b.png").payload().get("problem").isNull()).isTrue();
    }
    files.text("export.json", task("/data/local-files/?d=../a b.png", ""));
    assertThat(listed().items().get(0).payload().at("/problem/reason").asText())
        .isEqualTo("unsafe-path");
  }

  @Test
  void severalAnnotatorsAndCancelledWorkAreNamed() throws IOException {
    files.png("a.png", PICTURE);
    String box = result("rectanglelabels", "\"x\": 1, \"y\": 1, \"width\": 5, \"height\": 5");
    String json =
        "[{\"annotations\": [{\"was_cancelled\": %s, \"result\": [%s]}, {\"result\": [%s]}], \"data\": {\"scan\": \"a.png\"}}]";
    files.text("export.json", json.formatted("true", box, box));
    assertThat(reasons(convert("a.png"))).containsExactly("cancelled-annotation");
    files.text("export.json", json.formatted("false", box, box));
    assertThat(problem("a.png")).isEqualTo("several-annotations");
  }
}
