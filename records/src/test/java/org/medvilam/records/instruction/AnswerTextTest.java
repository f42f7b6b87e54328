package org.medvilam.records.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.Golden;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridBox3d;
import org.medvilam.records.geometry.GridPoint;

final class AnswerTextTest {
  private static final int TRIES = 300;

  static Stream<Arguments> boxes3d() {
    return Golden.cases("box3d");
  }

  @Provide
  Arbitrary<Integer> coordinate() {
    return Arbitraries.integers().between(0, 1000);
  }

  @Provide
  Arbitrary<List<GridBox>> boxes() {
    Arbitrary<Integer> c = coordinate();
    return Combinators.combine(c, c, c, c)
        .as(
            (a, b, d, e) ->
                new GridBox(Math.min(a, b), Math.min(d, e), Math.max(a, b), Math.max(d, e)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<List<GridPoint>>> outlines() {
    return Combinators.combine(coordinate(), coordinate())
        .as(GridPoint::new)
        .list()
        .ofMinSize(3)
        .ofMaxSize(25)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<GridBox3d>> volumes() {
    Arbitrary<Integer> c = coordinate();
    return Combinators.combine(c, c, c, c, c, c)
        .as(
            (a, b, d, e, f, g) ->
                new GridBox3d(
                    Math.min(a, b),
                    Math.min(d, e),
                    Math.min(f, g),
                    Math.max(a, b),
                    Math.max(d, e),
                    Math.max(f, g)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Property(tries = TRIES, seed = "31")
  void boxesComeBack(@ForAll("boxes") List<GridBox> boxes) {
    assertThat(AnswerText.parseBoxes(AnswerText.boxes(boxes))).contains(boxes);
  }

  @Property(tries = TRIES, seed = "32")
  void outlinesComeBack(@ForAll("outlines") List<List<GridPoint>> outlines) {
    assertThat(AnswerText.parseOutlines(AnswerText.outlines(outlines))).contains(outlines);
  }

  @Property(tries = TRIES, seed = "33")
  void volumesComeBackFromCentreAndLength(@ForAll("volumes") List<GridBox3d> boxes) {
    assertThat(AnswerText.parseBoxes3d(AnswerText.centres(boxes))).contains(boxes);
  }

  @Property(tries = TRIES, seed = "34")
  void volumesComeBackFromCorners(@ForAll("volumes") List<GridBox3d> boxes) {
    assertThat(AnswerText.parseBoxes3d(AnswerText.corners(boxes))).contains(boxes);
  }

  @Test
  void boxesAreWrittenAsThePaperWritesThem() {
    List<GridBox> boxes = List.of(new GridBox(215, 193, 821, 773), new GridBox(0, 0, 1, 1000));
    assertThat(AnswerText.boxes(boxes)).isEqualTo("[215, 193, 821, 773]; [0, 0, 1, 1000]");
  }

  @Test
  void outlinesAreWrittenAsThePaperWritesThem() {
    List<GridPoint> outline =
        List.of(new GridPoint(1, 2), new GridPoint(30, 4), new GridPoint(5, 600));
    assertThat(AnswerText.outlines(List.of(outline, outline)))
        .isEqualTo("<BOS> 1,2 30,4 5,600 <EOS> <BOS> 1,2 30,4 5,600 <EOS>");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("boxes3d")
  void bothVolumeTextsAreReadAsTheSameBox(String name, JsonNode c) {
    JsonNode corners = c.at("/pred/corners");
    if (corners.get(0).asDouble() < 0) {
      assertThat(AnswerText.parseBoxes3d(c.get("text_corners").asText())).as(name).isEmpty();
      assertThat(AnswerText.parseBoxes3d(c.get("text_center").asText())).as(name).isEmpty();
    } else {
      GridBox3d expected = floor(corners);
      assertThat(AnswerText.parseBoxes3d(c.get("text_corners").asText()))
          .as(name)
          .contains(List.of(expected));
      assertThat(AnswerText.parseBoxes3d(c.get("text_center").asText()))
          .as(name)
          .contains(List.of(expected));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("boxes3d")
  void centreTextAsExpected(String name, JsonNode c) {
    JsonNode corners = c.at("/pred/corners");
    boolean whole = true;
    for (JsonNode v : corners) {
      whole &= v.asDouble() >= 0 && v.asDouble() == Math.rint(v.asDouble());
    }
    if (whole) {
      assertThat(AnswerText.centres(List.of(floor(corners))))
          .as(name)
          .isEqualTo(c.get("text_center").asText());
    }
  }

  @Test
  void oddLengthHasItsCentreAtAHalf() {
    assertThat(AnswerText.centres(List.of(new GridBox3d(0, 1, 2, 3, 5, 7))))
        .isEqualTo("center at [1.5, 3, 4.5], box length is [3, 4, 5]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no",
        "[1, 2, 3]",
        "[1, 2, 3, 4, 5]",
        "[1, 2, 3, 1001]",
        "[1, 2, 3, 99999]",
        "[-1, 2, 3, 4]",
        "[1.5, 2, 3, 4]",
        "[1, 2, 3, 4",
        "[1, 2, 3, 4];",
        "[1, 2, 3, 4]; ",
        "[1, 2, 3, 4]; no",
        "[1, 2, 3, 4]; [1, 2, 3, 1001]",
        "[1, 2, 3, 4] [1, 2, 3, 4]",
        "at [1, 2, 3, 4]",
        "[1, 2, 3, 4].",
        "[\u0661, 2, 3, 4]"
      })
  void textThatIsNotBoxesThroughoutIsRefusedWhole(String text) {
    assertThat(AnswerText.parseBoxes(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1,2,3,4]", " [1, 2, 3, 4] ", "[ 1 , 2 , 3 , 4 ]", "[01, 2, 3, 4]"})
  void blanksInBoxesDoNotMatter(String text) {
    assertThat(AnswerText.parseBoxes(text)).contains(List.of(new GridBox(1, 2, 3, 4)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1,2 3,4 5,6",
        "<BOS> <EOS>",
        "<BOS> 1,2 3,4 <EOS>",
        "<BOS> 1,2 3,4 5,1001 <EOS>",
        "<BOS> 1,2 3,4 5,-6 <EOS>",
        "<BOS> 1,2 3,4 5 <EOS>",
        "<BOS> 1,2 3,4 5,6",
        "1,2 3,4 5,6 <EOS>",
        "<BOS> 1,2 3,4 5,6 <EOS> <BOS>",
        "<BOS> 1,2 3,4 5,6 <EOS> and <BOS> 1,2 3,4 5,6 <EOS>",
        "<BOS> 1,2 3,4 5,6 <EOS> <BOS> 1,2 <EOS>",
        "<BOS> 1,2 <BOS> 3,4 5,6 7,8 <EOS>",
        "so <BOS> 1,2 3,4 5,6 <EOS>"
      })
  void textThatIsNotOutlinesThroughoutIsRefusedWhole(String text) {
    assertThat(AnswerText.parseOutlines(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1, 2, 3, 4]",
        "[1, 2, 3, 4, 5, 1001]",
        "center at [5, 5, 5]",
        "center at [5, 5, 5], box length is [20, 2, 2]", // begins below 0
        "center at [999, 5, 5], box length is [4, 2, 2]", // ends above 1000
        "[1, 2, 3, 4, 5, 6]; no"
      })
  void textThatIsNotVolumesThroughoutIsRefusedWhole(String text) {
    assertThat(AnswerText.parseBoxes3d(text)).isEmpty();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void longRunsOfBlanksCostNoTime() {
    String blanks = " ".repeat(20_000);
    assertThat(AnswerText.parseOutlines("<BOS>" + blanks + "x")).isEmpty();
    assertThat(AnswerText.parseOutlines("<BOS>" + blanks + "<EO")).isEmpty();
    assertThat(AnswerText.parseBoxes("[" + blanks + "x")).isEmpty();
    assertThat(AnswerText.parseBoxes3d("[1" + blanks + "x")).isEmpty();
  }

  private static GridBox3d floor(JsonNode v) {
    int[] c = new int[6];
    for (int i = 0; i < 6; i++) {
      c[i] = (int) Math.floor(v.get(i).asDouble());
    }
    return new GridBox3d(c[0], c[1], c[2], c[3], c[4], c[5]);
  }
}
