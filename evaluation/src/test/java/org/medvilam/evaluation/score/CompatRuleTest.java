package org.medvilam.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;

final class CompatRuleTest {
  private static JsonNode cases() throws IOException {
    return RecordJson.mapper()
        .readTree(CompatRuleTest.class.getResourceAsStream("acc50_edges.json"));
  }

  private static Box box(JsonNode corners) {
    return new Box(
        corners.get(0).asDouble(),
        corners.get(1).asDouble(),
        corners.get(2).asDouble(),
        corners.get(3).asDouble());
  }

  @Test
  void everyRuleGivesThePublishedScriptsVerdict() throws IOException {
    for (JsonNode c : cases()) {
      Box predicted = box(c.get("pred"));
      Box truth = box(c.get("gt"));
      for (CompatRule rule : CompatRule.values()) {
        JsonNode expected = c.get(rule.key());
        String what = c.get("name").asText() + " by " + rule.key();
        assertThat(rule.hit(predicted, truth)).as(what).isEqualTo(expected.get("hit").asBoolean());
        assertThat(rule.iou(predicted, truth))
            .as(what)
            .isCloseTo(expected.get("iou").asDouble(), within(1e-9));
      }
    }
  }

  @Test
  void theMainFigureUsesPlainDoubleOverlap() throws IOException {
    for (JsonNode c : cases()) {
      double iou = box(c.get("pred")).iou(box(c.get("gt")));
      JsonNode expected = c.get("plain");
      assertThat(iou).as(c.get("name").asText()).isEqualTo(expected.get("iou").asDouble());
      assertThat(iou >= 0.5).isEqualTo(expected.get("hit").asBoolean());
    }
  }
}
