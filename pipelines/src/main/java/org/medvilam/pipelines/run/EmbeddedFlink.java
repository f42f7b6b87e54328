package org.medvilam.pipelines.run;

import java.util.List;

/** How much of this process Flink takes where it is embedded. */
final class EmbeddedFlink {
  /** Heap of Flink itself and of the command, in bytes: it starts in 96 MiB and not in 64. */
  private static final long BASE = 96L << 20;

  /**
   * Heap of a converter at work, in bytes. Pictures of 2048 x 2048 with a mask each went through in
   * 96, 160 and 256 MiB for one, two and four slots.
   */
  private static final long PER_SLOT = 64L << 20;

  private EmbeddedFlink() {}

  /**
   * Returns how many slots to start.
   *
   * @param cores processors of this machine
   * @param heap the largest heap of this process in bytes
   * @param asked slots the user asked for, or 0
   * @throws UsageException if so many, or one where no number was asked for, cannot fit
   */
  static int slots(int cores, long heap, int asked) {
    long fit = (heap - BASE) / PER_SLOT;
    int wanted = asked > 0 ? asked : 1;
    if (fit < wanted) {
      throw new UsageException(
          "--runner flink: expected %,d MiB of heap for %d slots of embedded Flink, found %,d; give more with MEDVILAM_JAVA_OPTS=-Xmx%1$dm, %s"
              .formatted(
                  (BASE + wanted * PER_SLOT) >> 20,
                  wanted,
                  heap >> 20,
                  fit > 0 ? "ask for --parallelism=" + fit : "or use --runner direct"));
    }
    return asked > 0 ? asked : (int) Math.min(fit, cores);
  }

  /** Returns Flink's settings for a number of slots. */
  static List<String> settings(int slots) {
    return List.of(
        "taskmanager.memory.managed.size: " + 16 * slots + "m",
        "taskmanager.memory.network.min: " + (16 + 8 * slots) + "m",
        "taskmanager.memory.network.max: " + (16 + 8 * slots) + "m",
        // Only descriptions of shards are shuffled; Flink would take 16 MiB per exchange and slot.
        "taskmanager.network.sort-shuffle.min-buffers: 16");
  }
}
