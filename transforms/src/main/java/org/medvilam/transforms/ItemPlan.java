package org.medvilam.transforms;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.records.Hashing;
import org.medvilam.records.Rejection;
import org.medvilam.records.Split;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.JsonLines;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;

/**
 * The items of a run, ordered by split and SHA-256 of {@code dataset|media.id}, cut into shards.
 *
 * <p>Ordering is done on disk, so memory does not grow with the dataset. Items of one id meet in
 * that order: the first is kept, the others are rejected by name.
 *
 * @param shards the units of work, in order of their names
 * @param listed counts of what the listing rejected
 * @param fingerprint SHA-256 over the item lists
 */
public record ItemPlan(List<ShardSpec> shards, Counts listed, String fingerprint)
    implements Serializable {
  /**
   * Items per shard where the user names no number: small enough to spread, large enough to last.
   */
  public static final int ITEMS_PER_SHARD = 1000;

  private static final String TAB = "\t";

  /** Copies the list, in order of the names. */
  public ItemPlan {
    shards = shards.stream().sorted(Comparator.comparing(ShardSpec::name)).toList();
  }

  /** Returns the number of items of all shards. */
  public long items() {
    return shards.stream().mapToLong(ShardSpec::items).sum();
  }

  /**
   * Lists the items and writes the lists of the shards.
   *
   * @param job the conversion
   * @param scratch local folder for sorting
   * @param progress takes the number of items listed so far, as it grows
   */
  public static ItemPlan write(ConvertJob job, Path scratch, LongConsumer progress)
      throws IOException {
    try (Listing listing = new Listing(job, scratch);
        SortedLines lines = SortedLines.in(scratch).create()) {
      listing.list(lines, progress);
      Map<String, Integer> sizes = listing.bySplit(lines);
      return listing.cut(sizes);
    }
  }

  /** Listing, de-duplication and cutting, which share the file of rejections. */
  private static final class Listing implements AutoCloseable {
    private final ConvertJob job;
    private final Path scratch;
    private final Counts counts = new Counts();
    private final BufferedWriter rejected;

    Listing(ConvertJob job, Path scratch) throws IOException {
      this.job = job;
      this.scratch = scratch;
      this.rejected = JsonLines.writer(job.output(), WorkFiles.rejected(WorkFiles.LISTING));
    }

    void list(SortedLines lines, LongConsumer progress) throws IOException {
      ItemSink sink =
          new ItemSink() {
            private long listed;

            @Override
            public void item(Item item) throws IOException {
              String key = Hashing.hex(job.dataset() + "|" + item.mediaId());
              String split = Split.fileKey(item.split());
              lines.add(key + TAB + split + TAB + RecordJson.mapper().writeValueAsString(item));
              progress.accept(++listed);
            }

            @Override
            public void reject(Rejection rejection) throws IOException {
              Listing.this.reject(rejection);
              switch (rejection.scope()) {
                case ITEM -> countItem();
                case ANNOTATION -> countAnnotations(1);
                case PART -> {} // the annotation it is a part of counts elsewhere
              }
            }
          };
      job.find().items(job.source(SortedLines.in(scratch)), sink);
    }

    /** Writes a local list per split, in hash order and without duplicates. */
    Map<String, Integer> bySplit(SortedLines lines) throws IOException {
      Map<String, Integer> sizes = new HashMap<>();
      Map<String, BufferedWriter> writers = new HashMap<>();
      String previous = "";
      try (BufferedReader in = lines.sorted()) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          String[] parts = line.split(TAB, 3);
          if (parts[0].equals(previous)) {
            duplicate(RecordJson.mapper().readValue(parts[2], Item.class));
            continue;
          }
          previous = parts[0];
          String split = parts[1];
          int size = sizes.merge(split, 1, Integer::sum);
          if (job.limit() > 0 && size > job.limit()) {
            sizes.merge(split, -1, Integer::sum);
            continue;
          }
          if (!writers.containsKey(split)) {
            writers.put(split, Files.newBufferedWriter(local(split)));
          }
          writers.get(split).append(parts[2]).append('\n');
        }
      } finally {
        for (BufferedWriter writer : writers.values()) {
          writer.close();
        }
      }
      return sizes;
    }

    ItemPlan cut(Map<String, Integer> sizes) throws IOException {
      List<ShardSpec> shards = new ArrayList<>();
      String salt = RecordJson.mapper().writeValueAsString(job.arguments()) + job.root().uri();
      var fingerprint = Hashing.sha256();
      for (Split split : new Split[] {Split.TRAIN, Split.VALIDATION, Split.TEST, null}) {
        int size = sizes.getOrDefault(Split.fileKey(split), 0);
        if (size == 0) {
          continue;
        }
        int wanted =
            job.shards() > 0 ? job.shards() : (size + ITEMS_PER_SHARD - 1) / ITEMS_PER_SHARD;
        int count = Math.min(wanted, size);
        try (BufferedReader in = Files.newBufferedReader(local(Split.fileKey(split)))) {
          for (int i = 0; i < count; i++) {
            int items = (int) ((long) size * (i + 1) / count - (long) size * i / count);
            ShardSpec spec = shard(RunFolder.shardName(split, i, count), items, in, salt);
            fingerprint.update(spec.sha256().getBytes(StandardCharsets.UTF_8));
            shards.add(spec);
          }
        }
      }
      String hex = HexFormat.of().formatHex(fingerprint.digest());
      ItemPlan plan = new ItemPlan(shards, counts, hex);
      RunFolder.writeJson(job.output(), WorkFiles.plan(), plan);
      return plan;
    }

    private ShardSpec shard(String name, int items, BufferedReader in, String salt)
        throws IOException {
      var digest = Hashing.sha256();
      digest.update(salt.getBytes(StandardCharsets.UTF_8));
      try (BufferedWriter out = JsonLines.writer(job.output(), WorkFiles.items(name))) {
        for (int k = 0; k < items; k++) {
          String line = in.readLine();
          digest.update(line.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) '\n');
          out.append(line).append('\n');
        }
      }
      return new ShardSpec(name, items, HexFormat.of().formatHex(digest.digest()));
    }

    private void duplicate(Item item) throws IOException {
      reject(
          new Rejection(
              job.dataset(),
              Rejection.Scope.ITEM,
              item.source().toString(),
              "duplicate-id",
              "expected one item per media id, found another '%s'".formatted(item.mediaId()),
              item.mediaId()));
      countItem();
      countAnnotations(item.annotations());
    }

    private void reject(Rejection rejection) throws IOException {
      JsonLines.write(rejected, rejection);
      counts.rejected(rejection);
    }

    private void countItem() {
      counts.items("read", 1);
      counts.items("rejected", 1);
      counts.items("with_rejections", 1);
    }

    private void countAnnotations(int n) {
      counts.annotations("read", n);
      counts.annotations("rejected", n);
    }

    private Path local(String split) {
      return scratch.resolve("items-" + split + ".jsonl");
    }

    @Override
    public void close() throws IOException {
      rejected.close();
    }
  }
}
