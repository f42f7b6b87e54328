package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Ring;

final class YoloTest extends LabelledContract {
  @Override
  protected Dataset dataset() {
    return new Yolo();
  }

  @Override
  protected String expectedInMessage() {
    return "NAME.txt";
  }

  @Override
  protected Optional<String> otherSizeReason() {
    return Optional.empty();
  }

  @Override
  protected double tolerance() {
    return 0.001;
  }

  private Conversion convertLines(String lines) throws IOException {
    files.png("images/a.png", PICTURE);
    files.text("labels/a.txt", lines);
    files.text("obj.names", "Polyp\r\nUlcer\r\n");
    return convert("images/a.png");
  }

  @Test
  void fractionsAreOfThePicture() throws IOException {
    Conversion conversion = convertLines("1 0.5 0.5 0.25 0.5\r\n0 0 0 0.5 0 0.5 0.5");
    assertThat(regions(conversion))
        .containsExactly(new Box(15, 5, 25, 15), Polygon.of(Ring.ofFlat(0, 0, 20, 0, 20, 10)));
    assertThat(labels(conversion)).containsExactly("polyp", "ulcer");
  }

  @Test
  void linesThatCannotBeUsedAreNamed() throws IOException {
    Conversion conversion =
        convertLines(
            """
            0 0.5 0.5 0.25 0.5
            2 0.5 0.5 0.25 0.5
            0 0.5 0.5 0.25 0.5 0.9
            0 0.5 0.5 0.25 x
            0 .1 .1 .9 .1 .9 .9 .1 .9
            """);
    assertThat(reasons(conversion))
        .containsExactly("unknown-class", "bad-line", "not-a-number", "ambiguous-quad");
    assertThat(conversion.rejections().get(1).source()).isEqualTo("labels/a.txt#line 3");
  }

  @Test
  void fourPointsAreAnOutlineWhereOthersAre() throws IOException {
    Conversion conversion = convertLines("0 .1 .1 .9 .1 .9 .9\n0 .1 .1 .9 .1 .9 .9 .1 .9\n");
    assertThat(reasons(conversion)).isEmpty();
    assertThat(regions(conversion)).hasSize(2);
  }

  @Test
  void picturesWithoutLinesShowNothing() throws IOException {
    files.png("images/empty.png", PICTURE);
    files.text("labels/empty.txt", "\n");
    files.png("images/none.png", PICTURE);
    convertLines("0 .5 .5 .1 .1");
    assertThat(labels(convert("images/empty.png"))).containsExactly("no finding");
    assertThat(labels(convert("images/none.png"))).containsExactly("no finding");
  }

  @Test
  void listsDecideThePart() throws IOException {
    files.text("train.txt", "data/images/a.png\n/home/me/data/images/gone.png\n");
    convertLines("0 .5 .5 .1 .1");
    assertThat(listed().item("images/a.png").split()).isEqualTo(Split.TRAIN);
    assertThat(listed().rejections())
        .extracting(r -> r.source() + " " + r.reason())
        .containsExactly("train.txt#line 2 missing-labels");
  }

  @Test
  void classesMustHaveNames() throws IOException {
    files.png("a.png", PICTURE);
    files.text("a.txt", "0 .5 .5 .1 .1");
    assertThat(layout()).contains("names of the classes", "data.yaml");
    files.text("data.yaml", "names:\n  0: cyst\n  1: mass\n");
    assertThat(layout()).isNull();
    assertThat(labels(convert("a.png"))).containsExactly("cyst");
    files.text("classes.txt", "mass\ncyst\n");
    assertThat(layout()).contains("different ones", "--annotations");
  }

  @Test
  void labelsWithoutAPictureAreNamed() throws IOException {
    convertLines("0 .5 .5 .1 .1");
    files.text("labels/b.txt", "0 .5 .5 .1 .1");
    assertThat(problem("labels/b")).isEqualTo("missing-file");
  }
}
