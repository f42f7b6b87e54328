package org.medvilam.pipelines.command;

import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.Counts;

/**
 * How much may be rejected before a run counts as failed.
 *
 * @param limit a number of rejections, or a share of items in percent
 * @param percent whether it is a share
 */
record RejectionThreshold(double limit, boolean percent) {

  /** Reads {@code N} or {@code P%}. */
  static RejectionThreshold parse(String text) {
    boolean percent = text.endsWith("%");
    String number = percent ? text.substring(0, text.length() - 1) : text;
    try {
      double limit = percent ? Double.parseDouble(number) : Long.parseLong(number);
      if (limit >= 0 && (!percent || limit <= 100)) {
        return new RejectionThreshold(limit, percent);
      }
    } catch (NumberFormatException e) {
      throw unreadable(text);
    }
    throw unreadable(text);
  }

  private static UsageException unreadable(String text) {
    return new UsageException("--max-rejected: expected a number or 0% to 100%, found " + text);
  }

  /**
   * Tells whether a run rejected more: rejections by number, items that lost something by share.
   */
  boolean isPassedBy(Counts counts) {
    if (!percent) {
      return counts.rejections() > limit;
    }
    long read = Math.max(1, counts.items("read"));
    return 100.0 * counts.items("with_rejections") / read > limit;
  }
}
