package org.medvilam.evaluation.preview;

import java.util.List;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;

/** Gives the pictures of a preview; what cannot be shown comes back as a reason, never fails. */
public interface PreviewPictures {
  /** Returns the picture that a record speaks of. */
  ShownPicture of(InstructionRecord instruction);

  /**
   * Returns slices of the volume that a record speaks of.
   *
   * @return as many, in the same order
   */
  List<ShownPicture> of(InstructionRecord instruction, List<VolumeCut> cuts);

  /** Returns the picture that a rejection speaks of, where one can be found. */
  ShownPicture of(Rejection rejection);
}
