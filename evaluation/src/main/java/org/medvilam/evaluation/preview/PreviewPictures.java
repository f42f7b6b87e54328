package org.medvilam.evaluation.preview;

import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;

/** Gives the pictures of a preview; what cannot be shown comes back as a reason, never fails. */
public interface PreviewPictures {
  /** Returns the picture that a record speaks of. */
  ShownPicture of(InstructionRecord instruction);

  /** Returns the picture that a rejection's source names, where it names one. */
  ShownPicture of(Rejection rejection);
}
