package org.medvilam.records;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;

/** Records of 200 x 100 pictures, made as conversions make them. */
public final class TestRecords {
  private TestRecords() {}

  /** Returns the records of a picture that shows findings of one label. */
  public static List<InstructionRecord> picture(String id, String label, Region... regions) {
    List<Finding> findings = List.of(regions).stream().map(r -> finding(label, r)).toList();
    ImageLabel name = new ImageLabel(label, label);
    return of(Media.image(id, "images/" + id, 200, 100), Split.TRAIN, List.of(name), findings);
  }

  /** Returns a finding of a region. */
  public static Finding finding(String label, Region region) {
    return Finding.of(label, label, region, new Source("labels.csv", null));
  }

  /** Returns the records of a medium. */
  public static List<InstructionRecord> of(
      Media media, @Nullable Split split, List<ImageLabel> labels, List<Finding> findings) {
    Sample sample =
        new Sample(
            "phantom",
            media,
            split,
            "ct",
            "patient:7",
            new Source("labels.csv", null),
            labels,
            findings);
    return new Instructor(InstructionOptions.standard(), "phantom/1").instruct(sample).records();
  }
}
