package org.medvilam.fewshot;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/** What runs pipelines. */
public interface Engine {
  /**
   * Runs a pipeline to its end.
   *
   * @param steps adds the steps to a new pipeline
   * @throws IOException if it failed
   */
  void run(Consumer<Pipeline> steps) throws IOException;
}
