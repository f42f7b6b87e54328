package org.medvilam.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;

final class BoxMatchingTest {
  private static final Box LEFT = new Box(0, 0, 100, 100);
  private static final Box RIGHT = new Box(500, 0, 600, 100);

  @Test
  void nothingPredictedReachesNothing() {
    assertThat(BoxMatching.ious(List.of(LEFT, RIGHT), List.of(), Box::iou))
        .containsExactly(0.0, 0.0);
  }

  @Test
  void orderOfPredictionsDoesNotMatter() {
    assertThat(BoxMatching.ious(List.of(LEFT, RIGHT), List.of(RIGHT, LEFT), Box::iou))
        .containsExactly(1.0, 1.0);
  }

  @Test
  void aDuplicateIsNotSpentTwice() {
    assertThat(BoxMatching.ious(List.of(LEFT, RIGHT), List.of(LEFT, LEFT, LEFT), Box::iou))
        .containsExactly(1.0, 0.0);
  }

  @Test
  void theBestOfTooManyPredictionsIsTaken() {
    Box half = new Box(0, 0, 100, 50);
    assertThat(BoxMatching.ious(List.of(LEFT), List.of(half, RIGHT, LEFT), Box::iou))
        .containsExactly(1.0);
  }

  @Test
  void totalOverlapBeatsTheGreedyChoice() {
    // Greedy gives a its best partner, q (0.6), and leaves b nothing (total 0.6);
    // sharing out p to a (0.5) and q to b (0.5) is 1.0.
    double[][] iou = {{0.5, 0.6}, {0.0, 0.5}};
    assertThat(BoxMatching.ious(List.of(0, 1), List.of(0, 1), (p, t) -> iou[t][p]))
        .containsExactly(0.5, 0.5);
  }

  @Test
  void boxesOfVolumesMatchAlike() throws IOException {
    JsonNode cases =
        RecordJson.mapper().readTree(BoxMatchingTest.class.getResourceAsStream("box3d.json"));
    for (JsonNode c : cases) {
      List<Double> ious =
          BoxMatching.ious(List.of(box3d(c.get("gt"))), List.of(box3d(c.get("pred"))), Box3d::iou);
      assertThat(ious.get(0)).isCloseTo(c.get("iou").asDouble(), within(1e-12));
    }
  }

  private static Box3d box3d(JsonNode v) {
    return new Box3d(
        v.get(0).asDouble(),
        v.get(1).asDouble(),
        v.get(2).asDouble(),
        v.get(3).asDouble(),
        v.get(4).asDouble(),
        v.get(5).asDouble());
  }
}
