package org.medvilam.pipelines.model;

import java.io.PrintStream;
import java.util.Locale;
import org.medvilam.pipelines.run.Progress;

/** The line that shows how far a training is. */
public final class TrainingLine implements org.medvilam.trainer.Progress {
  private static final String WHAT = "trained steps";

  private final Progress line;
  private boolean begun;

  /** Makes the line; {@code err} receives it. */
  public TrainingLine(PrintStream err) {
    line = new Progress(err);
  }

  @Override
  public void report(Report r) {
    if (!begun) {
      begun = true;
      line.goOnFrom(r.step() - 1);
    }
    String state = String.format(Locale.ROOT, "loss %.3f, rate %.1e", r.loss(), r.rate());
    line.show(WHAT, r.step(), r.steps(), state);
  }

  /** Ends the line. */
  public void end(int steps, String what) {
    line.end(WHAT, steps, what);
  }
}
