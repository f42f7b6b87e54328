package org.medvilam.records.codec;

import java.io.IOException;
import java.util.Optional;
import org.medvilam.records.InstructionRecord;

/** Gives the pictures that some formats store with the records. */
public interface PictureSource {
  /** No picture for any record. */
  PictureSource NONE = instruction -> Optional.empty();

  /** Returns the picture that a record speaks of, or empty where none is to be stored. */
  Optional<EncodedPicture> of(InstructionRecord instruction) throws IOException;
}
