package org.medvilam.pipelines.model;

import java.io.PrintStream;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.MediaType;

/** The records that a model which looks at one picture can be asked. */
final class StillPictures {
  private StillPictures() {}

  static boolean are(InstructionRecord instruction) {
    return instruction.media().type() == MediaType.IMAGE;
  }

  /** Says how many records a model cannot be asked, if any. */
  static void sayLeftOut(long n, PrintStream err) {
    if (n > 0) {
      err.printf("left out %,d records of volumes, videos or sounds: the model sees pictures%n", n);
    }
  }
}
