package org.medvilam.transforms;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Live counts of a run, for runners that work in this process.
 *
 * <p>Beam metrics move per bundle, which here is a whole shard; a person wants to see items. Counts
 * of a retried shard are counted again, so they serve display alone.
 */
public final class RunProgress {
  /** By output directory: the only way from a worker thread of a runner back to the command. */
  private static final ConcurrentHashMap<String, RunProgress> RUNS = new ConcurrentHashMap<>();

  private final LongAdder items = new LongAdder();
  private final LongAdder rejected = new LongAdder();

  private RunProgress() {}

  /** Returns the counts of the run that writes to an output. */
  public static RunProgress of(String outputUri) {
    return RUNS.computeIfAbsent(outputUri, k -> new RunProgress());
  }

  /** Forgets the counts of a run. */
  public static void forget(String outputUri) {
    RUNS.remove(outputUri);
  }

  void item(int rejections) {
    items.increment();
    rejected.add(rejections);
  }

  /** Counts the items of a shard that an earlier attempt finished. */
  void skip(long n) {
    items.add(n);
  }

  /** Returns the number of items done. */
  public long items() {
    return items.sum();
  }

  /** Returns the number of rejections. */
  public long rejected() {
    return rejected.sum();
  }
}
