package org.medvilam.pipelines.model;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.Engine;
import org.medvilam.trainer.VisionLanguageModel;

/**
 * What the threads of one process share while they encode for a job: the base, loaded once, and a
 * count for display. A process keeps those of its last job alone.
 */
final class EncodeWorker {
  private static @Nullable EncodeWorker last;

  private final String job;
  private final LongAdder pictures = new LongAdder();
  private @Nullable VisionLanguageModel base;

  private EncodeWorker(String job) {
    this.job = job;
  }

  /** Returns what this process shares for a job. */
  static synchronized EncodeWorker of(String job) {
    if (last == null || !last.job.equals(job)) {
      last = new EncodeWorker(job);
    }
    return last;
  }

  /** Drops what this process shares for a job. */
  static synchronized void forget(String job) {
    if (last != null && last.job.equals(job)) {
      last = null;
    }
  }

  /** Returns the base, which all threads use at once. */
  synchronized VisionLanguageModel base(String model, @Nullable String decoder, Engine engine)
      throws IOException {
    if (base == null) {
      base = Models.base(model, decoder).withEngine(engine);
    }
    return base;
  }

  void picture() {
    pictures.increment();
  }

  /** Returns the number of pictures read; those of a range that is tried again count again. */
  long pictures() {
    return pictures.sum();
  }
}
