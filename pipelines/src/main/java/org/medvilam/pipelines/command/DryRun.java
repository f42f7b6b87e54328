package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;
import org.medvilam.transforms.ItemPlan;
import org.medvilam.transforms.ShardSpec;

/** Shows a plan without converting anything. */
final class DryRun {
  private DryRun() {}

  /** Returns a folder for the item lists, which goes when the plan was printed. */
  static Store scratch() throws IOException {
    return LocalStore.of(Files.createTempDirectory("medvilam-dry-run-"));
  }

  static void print(ItemPlan plan, Store root, Store scratch) throws IOException {
    System.out.printf("dataset root: %s%n", root.uri());
    Map<String, int[]> bySplit = new TreeMap<>();
    for (ShardSpec shard : plan.shards()) {
      String split = shard.name().substring(0, shard.name().indexOf('-'));
      int[] sums = bySplit.computeIfAbsent(split, k -> new int[2]);
      sums[0]++;
      sums[1] += shard.items();
    }
    bySplit.forEach((s, n) -> System.out.printf("%-11s %,d items in %,d files%n", s, n[1], n[0]));
    System.out.printf("rejected while listing: %,d%n", plan.listed().rejections());
    System.out.println("dry run: nothing was converted or written");
    scratch.delete("");
  }
}
