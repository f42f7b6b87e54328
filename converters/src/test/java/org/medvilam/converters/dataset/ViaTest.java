package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.item.ListingException;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Ring;

final class ViaTest extends LabelledContract {
  @Override
  protected Dataset dataset() {
    return new Via();
  }

  @Override
  protected String expectedInMessage() {
    return "filename and regions";
  }

  @Override
  protected Optional<String> otherSizeReason() {
    return Optional.empty();
  }

  private Conversion convertRegions(String regions) throws IOException {
    files.png("a.png", PICTURE);
    files.text(
        "via.json",
        """
        {"a.png7": {"fileref": "", "size": 7, "filename": "a.png", "file_attributes": {},
         "regions": %s}}"""
            .formatted(regions));
    return convert("a.png");
  }

  private static String region(String shape, String attributes) {
    return "{\"shape_attributes\": {\"name\": %s}, \"region_attributes\": {%s}}"
        .formatted(shape, attributes);
  }

  private static final String RECT = "\"rect\", \"x\": 1, \"y\": 2, \"width\": 3, \"height\": 4";

  @Test
  void everyShapeWithAnAreaIsRead() throws IOException {
    Conversion conversion =
        convertRegions(
            "{\"0\": %s, \"1\": %s, \"2\": %s}"
                .formatted(
                    region(RECT, "\"finding\": \"Cyst\""),
                    region(
                        "\"polygon\", \"all_points_x\": [0, 4, 4, 0], \"all_points_y\": [0, 0, 4, 0]",
                        "\"label\": {\"Mass\": true, \"Cyst\": false}, \"side\": \"left\""),
                    region(
                        "\"ellipse\", \"cx\": 20, \"cy\": 10, \"rx\": 8, \"ry\": 2, \"theta\": 1.5707963267948966",
                        "\"class\": 3")));
    assertThat(reasons(conversion)).isEmpty();
    assertThat(labels(conversion)).containsExactly("3", "cyst", "mass");
    assertThat(regions(conversion).subList(0, 2))
        .containsExactly(new Box(1, 2, 4, 6), Polygon.of(Ring.ofFlat(0, 0, 4, 0, 4, 4, 0, 0)));
    Box ellipse = ((Polygon) regions(conversion).get(2)).rings().get(0).bounds();
    assertThat(ellipse.iou(new Box(18, 2, 22, 18))).isGreaterThan(0.99);
  }

  @Test
  void otherRegionsAreNamed() throws IOException {
    Conversion conversion =
        convertRegions(
            "[%s, %s, %s, %s, %s]"
                .formatted(
                    region(
                        "\"polyline\", \"all_points_x\": [1], \"all_points_y\": [1]",
                        "\"a\": \"x\""),
                    region("\"point\", \"cx\": 1, \"cy\": 1", "\"a\": \"x\""),
                    region(RECT, ""),
                    region(RECT, "\"a\": \"x\", \"b\": \"y\""),
                    region(RECT, "\"a\": {\"x\": true, \"y\": true}")));
    assertThat(reasons(conversion))
        .containsExactly(
            "unsupported-shape",
            "unsupported-shape",
            "missing-label",
            "ambiguous-label",
            "several-labels");
  }

  @Test
  void tablesOfBothVersionsAreRead() throws IOException {
    files.png("a.png", PICTURE);
    files.text(
        "via.csv",
        """
        #filename,file_size,region_shape_attributes,region_attributes
        a.png,1,"{""name"":""circle"",""cx"":10,""cy"":10,""r"":5}","{""label"":""Cyst""}"
        a.png,1,{},{}
        a.png,1,{"broken,{}
        """);
    Conversion conversion = convert("a.png");
    assertThat(conversion.samples().get(0).findings()).hasSize(1);
    assertThat(reasons(conversion)).containsExactly("bad-row");
  }

  @Test
  void brokenFilesEndTheListing() throws IOException {
    files.png("a.png", PICTURE);
    files.text("via.json", "{\"a\": {\"filename\": \"a.png\", \"regions\": []}, \"b\": {");
    assertThat(catchThrowableOfType(ListingException.class, this::listed))
        .hasMessageContaining("via.json", "whole JSON");
  }
}
