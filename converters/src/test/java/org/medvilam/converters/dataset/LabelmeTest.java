package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.Settings;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.store.LocalStore;

final class LabelmeTest extends LabelledContract {
  @Override
  protected Dataset dataset() {
    return new Labelme();
  }

  @Override
  protected String expectedInMessage() {
    return "JSON with shapes";
  }

  private Conversion convertShapes(String... shapes) throws IOException {
    files.png("a.png", PICTURE);
    files.text("a.json", file("a.png", String.join(",", shapes)));
    return convert("a.png");
  }

  private static String file(String path, String shapes) {
    return """
        {"version": "5.0", "flags": {"blurred": true, "other": false}, "shapes": [%s],
         "imagePath": "%s", "imageData": null, "imageHeight": 20, "imageWidth": 40}
        """
        .formatted(shapes, path.replace("\\", "\\\\"));
  }

  private static String shape(String type, String points, String more) {
    return """
        {"label": "Cyst", "shape_type": "%s", "points": %s %s}"""
        .formatted(type, points, more);
  }

  @Test
  void everyShapeWithAnAreaIsRead() throws IOException {
    Conversion conversion =
        convertShapes(
            shape("rectangle", "[[30, 2], [10, 12.5]]", ""),
            shape("polygon", "[[0, 0], [4, 0], [4, 4]]", ""),
            shape("circle", "[[20, 10], [23, 14]]", ""));
    assertThat(reasons(conversion)).isEmpty();
    assertThat(regions(conversion).subList(0, 2))
        .containsExactly(new Box(10, 2, 30, 12.5), Polygon.of(Ring.ofFlat(0, 0, 4, 0, 4, 4)));
    Box circle = ((Polygon) regions(conversion).get(2)).rings().get(0).bounds();
    assertThat(circle.iou(new Box(15, 5, 25, 15))).isGreaterThan(0.99);
    assertThat(labels(conversion)).containsExactly("blurred", "cyst");
  }

  @Test
  void maskLiesAtItsFirstCorner() throws IOException {
    BufferedImage crop = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    crop.getRaster().setSample(0, 0, 0, 1);
    crop.getRaster().setSample(1, 1, 0, 255);
    String mask = Base64.getEncoder().encodeToString(PhantomFiles.encodedPng(crop));
    Conversion conversion =
        convertShapes(shape("mask", "[[38.6, 3], [39.6, 4]]", ", \"mask\": \"" + mask + "\""));
    assertThat(pixels(regions(conversion).get(0))).isEqualTo("39,3");
  }

  @Test
  void outlinesOfOneGroupAreOneThing() throws IOException {
    String group = ", \"group_id\": 3";
    Conversion conversion =
        convertShapes(
            shape("polygon", "[[0, 0], [4, 0], [4, 4]]", group),
            shape("rectangle", "[[0, 0], [4, 4]]", group),
            shape("polygon", "[[8, 8], [12, 8], [12, 12]]", group));
    assertThat(conversion.samples().get(0).findings())
        .extracting(f -> f.source().record())
        .containsExactly("shape 1+3", "shape 2");
    assertThat(((Polygon) regions(conversion).get(0)).rings()).hasSize(2);
  }

  @Test
  void otherShapesAreNamed() throws IOException {
    Conversion conversion =
        convertShapes(
            shape("line", "[[0, 0], [4, 4]]", ""),
            shape("points", "[[0, 0]]", ""),
            shape("oriented_rectangle", "[[0, 0], [4, 1], [3, 4], [0, 3]]", ""),
            shape("polygon", "[[0, 0], [4, 4]]", ""),
            shape("polygon", "[[0, 0], [4, \"x\"]]", ""),
            shape("mask", "[[0, 0], [4, 4]]", ", \"mask\": \"?\""));
    assertThat(reasons(conversion))
        .containsExactly(
            "unsupported-shape",
            "unsupported-shape",
            "unsupported-shape",
            "short-ring",
            "not-a-number",
            "bad-mask");
  }

  @Test
  void pathsMayClimbWithinTheDatasetAlone() throws IOException {
    files.png("images/a.png", PICTURE);
    files.png("images/b.png", PICTURE);
    files.text("labels/a.json", file("..\\images\\a.png", ""));
    files.text("labels/b.json", file("../../images/b.png", ""));
    files.text("labels/c.json", file("C:\\images\\b.png", ""));
    assertThat(listed().items())
        .extracting(i -> i.source().file() + " " + i.payload().at("/problem/reason").asText())
        .containsExactlyInAnyOrder(
            "labels/a.json ", "labels/b.json unsafe-path", "labels/c.json unsafe-path");
  }

  @Test
  void thePictureInsideIsSkippedHoweverLong() throws IOException {
    files.png("a.png", PICTURE);
    String data = "\"imageData\": \"" + "A".repeat(21_000_000) + "\"";
    files.text("a.json", file("a.png", "").replace("\"imageData\": null", data));
    assertThat(labels(convert("a.png"))).containsExactly("blurred");
  }

  @Test
  void noSingleFileCanBeNamed() throws IOException {
    convertShapes();
    Settings named = new Settings(false, "lesion", "a.json");
    assertThat(dataset().check(LocalStore.of(folder.resolve("set")), named).problem())
        .contains("leave --annotations out");
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws IOException {
    convertShapes();
    files.png("b.png", PICTURE);
    files.text("torn.json", "{\"shapes\": [");
    files.text("other.json", "{\"people\": 3}");
    assertThat(listed().rejections())
        .extracting(r -> r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "torn.json unreadable-json", "other.json unknown-form", "b.png missing-labels");
  }
}
