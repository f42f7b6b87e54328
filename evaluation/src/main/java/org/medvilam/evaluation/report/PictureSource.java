package org.medvilam.evaluation.report;

import java.io.IOException;
import java.util.Optional;
import org.medvilam.records.InstructionRecord;

/** Gives the pictures of a report. */
@FunctionalInterface
public interface PictureSource {

  /**
   * Returns the picture that a record speaks of, as PNG, or empty where there is none to show.
   *
   * <p>It is stretched over the record's image frame, so it may be smaller than the original; some
   * 512 pixels a side are enough and keep the page small.
   *
   * @throws IOException if the picture should be there but cannot be read; the report fails
   */
  Optional<byte[]> png(InstructionRecord record) throws IOException;
}
