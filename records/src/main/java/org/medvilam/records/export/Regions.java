package org.medvilam.records.export;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;

/** What the targets share about regions in pixels. */
final class Regions {
  private Regions() {}

  /** Returns why a localization record has no boxes in pixels, or null. */
  static @Nullable Problem boxProblem(InstructionRecord instruction) {
    if (!instruction.boxes3d().isEmpty() || !instruction.points().isEmpty()) {
      return new Problem("not-boxes", "expected boxes, found points or boxes of a volume");
    }
    return counts(instruction.boxes().size(), instruction.nativeRegions().boxes().size());
  }

  /** Returns why a segmentation record has no outlines in pixels, or null. */
  static @Nullable Problem outlineProblem(InstructionRecord instruction) {
    return counts(instruction.polygons().size(), instruction.nativeRegions().polygons().size());
  }

  private static @Nullable Problem counts(int grid, int pixels) {
    return grid == pixels && pixels > 0
        ? null
        : new Problem(
            "no-native-regions",
            "expected %d regions in pixels under 'native', found %d".formatted(grid, pixels));
  }

  /** Returns a number of pixels with at most two decimals, rounded half up. */
  static String pixels(double v) {
    BigDecimal rounded = BigDecimal.valueOf(v).setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
