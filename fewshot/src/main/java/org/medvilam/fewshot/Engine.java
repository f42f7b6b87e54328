package org.medvilam.fewshot;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/** What runs pipelines. */
@FunctionalInterface
public interface Engine {
  /**
   * Runs a pipeline to its end.
   *
   * @param steps adds the steps to a new pipeline
   * @param pieces the pieces of work in it
   * @param done tells how far it is
   * @throws IOException if it failed
   */
  void run(Consumer<Pipeline> steps, int pieces, Done done) throws IOException;

  /** Tells how far a pipeline is, wherever its workers are. */
  @FunctionalInterface
  interface Done {
    /** Returns the number of finished pieces. */
    long pieces() throws IOException;
  }
}
