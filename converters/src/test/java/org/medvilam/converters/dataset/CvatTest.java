package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.item.ListingException;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Ring;

final class CvatTest extends LabelledContract {
  @Override
  protected Dataset dataset() {
    return new Cvat();
  }

  @Override
  protected String expectedInMessage() {
    return "element annotations";
  }

  private Conversion convertImage(String inside) throws IOException {
    files.png("a.png", PICTURE);
    files.text(
        "cvat.xml",
        "<annotations><image id='0' name='a.png' width='40' height='20'>%s</image></annotations>"
            .formatted(inside));
    return convert("a.png");
  }

  @Test
  void everyShapeWithAnAreaIsRead() throws IOException {
    Conversion conversion =
        convertImage(
            """
            <box label='Cyst' xtl='1.5' ytl='2' xbr='30' ybr='4'/>
            <polygon label='Mass' points='0,0;4,0;4.5,4'><attribute name='a'>1</attribute></polygon>
            <ellipse label='Mass' cx='20' cy='10' rx='8' ry='2' rotation='90'/>
            <mask label='Cyst' rle='1, 2, 1' left='38' top='3' width='2' height='2'/>
            <tag label='Blurred'/>
            """);
    assertThat(reasons(conversion)).isEmpty();
    assertThat(labels(conversion)).containsExactly("blurred", "cyst", "mass");
    assertThat(regions(conversion).subList(0, 2))
        .containsExactly(new Box(1.5, 2, 30, 4), Polygon.of(Ring.ofFlat(0, 0, 4, 0, 4.5, 4)));
    Box ellipse = ((Polygon) regions(conversion).get(2)).rings().get(0).bounds();
    assertThat(ellipse.iou(new Box(18, 2, 22, 18))).isGreaterThan(0.99);
    assertThat(pixels(regions(conversion).get(3))).isEqualTo("39,3 38,4");
  }

  @Test
  void otherShapesAreNamed() throws IOException {
    Conversion conversion =
        convertImage(
            """
            <box label='a' xtl='1' ytl='2' xbr='3' ybr='4' rotation='12.5'/>
            <polyline label='a' points='1,2;3,4'/>
            <points label='a' points='1,2'/>
            <skeleton label='a'><points label='b' points='1,2'/></skeleton>
            <cuboid label='a'/>
            <box label='' xtl='1' ytl='2' xbr='3' ybr='4'/>
            <box label='a' xtl='1' ytl='2' xbr='3'/>
            <polygon label='a' points='1,2;3,x;4,4'/>
            <mask label='a' rle='1, 9' left='0' top='0' width='2' height='2'/>
            """);
    assertThat(reasons(conversion))
        .containsExactly(
            "rotated-box",
            "unsupported-shape",
            "unsupported-shape",
            "unsupported-shape",
            "unsupported-shape",
            "missing-label",
            "not-a-number",
            "not-a-number",
            "bad-rle");
  }

  @Test
  void framesOfAVideoStayTogether() throws IOException {
    files.png("images/frame_000010.png", PICTURE);
    files.png("images/frame_000013.png", PICTURE);
    String box = "<box frame='%d' outside='%d' xtl='1' ytl='2' xbr='3' ybr='4'/>";
    files.text(
        "clip.xml",
        """
        <annotations><meta><original_size><width>40</width><height>20</height></original_size>
        </meta><track id='0' label='Tool'>%s%s%s</track><track id='1' label='Tip'>%s</track>
        </annotations>"""
            .formatted(
                box.formatted(10, 0),
                box.formatted(13, 0),
                box.formatted(16, 1),
                box.formatted(13, 0)));
    assertThat(listed().items())
        .extracting(i -> i.mediaId() + " " + i.group() + " " + i.annotations())
        .containsExactly(
            "images/frame_000010.png video:clip.xml 1", "images/frame_000013.png video:clip.xml 2");
    assertThat(labels(convert("images/frame_000013.png"))).containsExactly("tip", "tool");
  }

  @Test
  void subsetsTellPictureAndPart() throws IOException {
    files.png("images/Test/a.png", PICTURE);
    files.png("images/Train/a.png", PICTURE);
    files.text(
        "cvat.xml",
        "<annotations><image name='a.png' subset='Test'/><image name='a.png' subset='Train'/></annotations>");
    assertThat(listed().item("images/Test/a.png").split()).isEqualTo(Split.TEST);
    assertThat(listed().item("images/Train/a.png").split()).isEqualTo(Split.TRAIN);
  }

  @Test
  void documentTypesAndBreaksEndTheListing() throws IOException {
    files.text(
        "cvat.xml",
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///x'>]><annotations><meta/></annotations>");
    assertThat(catchThrowableOfType(ListingException.class, this::listed))
        .hasMessageContaining("DOCTYPE");
    files.text("cvat.xml", "<annotations><image name='../a.png' width='1' height='1'>");
    assertThat(catchThrowableOfType(ListingException.class, this::listed))
        .hasMessageContaining("whole XML");
    files.text("cvat.xml", "<annotations><image name='../a.png'/></annotations>");
    assertThat(listed().items().get(0).payload().at("/problem/reason").asText())
        .isEqualTo("unsafe-path");
  }
}
