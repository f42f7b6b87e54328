package org.medvilam.pipelines.run;

import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine;

/**
 * A line on stderr that says how far a long task is.
 *
 * <p>On a terminal it is drawn over itself twice a second; elsewhere a line is printed every ten
 * seconds.
 */
public final class Progress {
  private static final long TERMINAL_MS = 500;
  private static final long LOG_MS = 10_000;

  private final PrintStream err;
  private final boolean terminal;
  private final long startNanos = System.nanoTime();
  private long lastMs = Long.MIN_VALUE;
  private long before;
  private int width;

  /** Draws on a stream. */
  public Progress(PrintStream err) {
    this.err = err;
    this.terminal = CommandLine.Help.Ansi.AUTO.enabled();
  }

  /** Says how much an earlier process had done: it counts, but not in the rate. */
  public void goOnFrom(long done) {
    before = done;
  }

  /**
   * Shows counts, if it is time to.
   *
   * @param what e.g. {@code converted}
   * @param done number done
   * @param total number in all, or 0 where it is not known; fewer than are done says nothing
   * @param more said at the end, e.g. {@code 3 rejected}
   */
  public void show(String what, long done, long total, String more) {
    long now = elapsedMs();
    if (lastMs != Long.MIN_VALUE && now - lastMs < (terminal ? TERMINAL_MS : LOG_MS)) {
      return;
    }
    if (!terminal && lastMs == Long.MIN_VALUE) {
      lastMs = now;
      return;
    }
    lastMs = now;
    print(line(what, done, total, more), !terminal);
  }

  /** Ends the line with the final counts. */
  public void end(String what, long done, String more) {
    double rate = rate(done);
    String text =
        String.format(
            Locale.ROOT,
            "%s %,d in %s (%,.0f/s)%s",
            what,
            done,
            time(elapsedMs()),
            rate,
            tail(more));
    print(text, true);
  }

  String line(String what, long done, long total, String more) {
    double rate = rate(done);
    boolean known = total > 0 && done <= total;
    String of = known ? String.format(Locale.ROOT, " of %,d", total) : "";
    String left =
        known && rate > 0 ? ", " + time((long) ((total - done) / rate * 1000)) + " left" : "";
    return String.format(
        Locale.ROOT, "%s %,d%s (%s/s%s)%s", what, done, of, rate(rate), left, tail(more));
  }

  private double rate(long done) {
    return Math.max(0, done - before) * 1000.0 / Math.max(1, elapsedMs());
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
  }

  private static String tail(String more) {
    return more.isEmpty() ? "" : ", " + more;
  }

  private void print(String text, boolean end) {
    String padded = terminal ? "\r" + text + " ".repeat(Math.max(0, width - text.length())) : text;
    width = text.length();
    if (end) {
      err.println(padded);
    } else {
      err.print(padded);
      err.flush();
    }
  }

  private long elapsedMs() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  private static String time(long ms) {
    long s = (ms + 500) / 1000;
    return s < 60
        ? s + " s"
        : s < 3600
            ? String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60)
            : String.format(Locale.ROOT, "%d h %02d min", s / 3600, s / 60 % 60);
  }
}
