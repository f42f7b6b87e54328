package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.NativeRegions;
import org.medvilam.records.Source;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridPoint;

/** Patches of 4 x 4 pixels in a picture of 16. */
class PatchTruthTest {
  @Test
  void testBoxCoversItsPatchesAndTellsTheOthersItsEdges() {
    PatchTruth truth = of(List.of(new GridBox(0, 0, 250, 125)), List.of());
    float[] occupancy = new float[16];
    occupancy[0] = 0.5f;
    assertThat(truth.occupancy()).containsExactly(occupancy);
    for (int patch = 0; patch < 16; patch++) {
      assertThat(edges(truth, patch)).containsExactly(0, 0, 0.25f, 0.125f);
    }
  }

  @Test
  void testEachPatchTellsOfTheObjectOnItOrNearest() {
    List<GridBox> boxes = List.of(new GridBox(0, 0, 250, 250), new GridBox(750, 750, 1000, 1000));
    PatchTruth truth = of(boxes, List.of());
    assertThat(edges(truth, 1)).containsExactly(0, 0, 0.25f, 0.25f);
    assertThat(edges(truth, 14)).containsExactly(0.75f, 0.75f, 1, 1);
    assertThat(truth.occupancy()[0]).isEqualTo(1);
    assertThat(truth.occupancy()[5]).isZero();
  }

  @Test
  void testOutlineCoversWhatItEncloses() {
    List<GridPoint> triangle =
        List.of(new GridPoint(0, 0), new GridPoint(1000, 0), new GridPoint(0, 1000));
    PatchTruth truth = of(List.of(), List.of(triangle));
    assertThat(truth.occupancy()[0]).isEqualTo(1);
    assertThat(truth.occupancy()[15]).isZero();
    assertThat(truth.occupancy()[3]).isBetween(0.3f, 0.7f);
  }

  @Test
  void testRecordWithoutRegionsTellsNothing() {
    assertThat(of(List.of(), List.of())).isNull();
  }

  private static PatchTruth of(List<GridBox> boxes, List<List<GridPoint>> polygons) {
    InstructionRecord asked =
        new InstructionRecord(
            "d/m/localization/l/0",
            "d",
            null,
            Task.LOCALIZATION,
            "ultrasound",
            Media.image("m", "m.png", 16, 16),
            "image:m",
            "l",
            "l",
            "Where?",
            "",
            boxes,
            polygons,
            List.of(),
            List.of(),
            NativeRegions.NONE,
            new Source("m.png", null),
            "d/1");
    return PatchTruth.of(asked, 16, 4);
  }

  private static float[] edges(PatchTruth truth, int patch) {
    return Arrays.copyOfRange(truth.edges(), 4 * patch, 4 * patch + 4);
  }
}
