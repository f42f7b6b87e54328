package org.medvilam.transforms;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * Live counts of a run whose workers are other processes, by the shards that stand finished in the
 * output.
 *
 * <p>Beam's own counters reach a Flink client when a task ends, which is at the end of a run. What
 * an earlier attempt finished counts as well, and a shard that is converted twice counts once.
 */
public final class ShardProgress {
  private final Store output;
  private final Map<String, ShardSpec> pending = new HashMap<>();
  private long items;
  private long rejected;

  /** Prepares to watch a run. */
  public ShardProgress(Store output, ItemPlan plan) {
    this.output = output;
    plan.shards().forEach(s -> pending.put(WorkFiles.done(s.name()), s));
  }

  /** Looks for shards that were finished since the last time. */
  public void refresh() throws IOException {
    String folder = WorkFiles.done();
    for (StoreEntry entry : output.list(folder)) {
      ShardSpec shard = pending.get(folder + "/" + entry.name());
      Optional<ShardSummary> summary =
          shard == null ? Optional.empty() : WorkFiles.summary(output, shard);
      if (summary.isPresent()) {
        pending.remove(WorkFiles.done(shard.name()));
        items += shard.items();
        rejected += summary.get().counts().rejections();
      }
    }
  }

  /** Returns the number of items done. */
  public long items() {
    return items;
  }

  /** Returns the number of rejections. */
  public long rejected() {
    return rejected;
  }
}
