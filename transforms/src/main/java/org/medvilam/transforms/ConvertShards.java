package org.medvilam.transforms;

import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;

/**
 * Converts shards and finishes the run.
 *
 * <p>Takes the shards of a plan, writes their files, and returns the name of each; after the last,
 * the manifest and {@code _SUCCESS} are written. Nothing but shard descriptions is shuffled: what
 * became of a shard stands in the output. Does not preserve any order; the bytes of the output do
 * not depend on it.
 *
 * <pre>{@code
 * ItemPlan plan = ItemPlan.write(job, scratch, n -> {});
 * pipeline.apply(Create.of(plan.shards())).apply(ConvertShards.of(job, plan));
 * }</pre>
 */
public final class ConvertShards extends PTransform<PCollection<ShardSpec>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private static final int LEAST_LANES = 64;
  private static final int SHARDS_PER_LANE = 8;

  private final ConvertJob job;
  private final ItemPlan plan;

  private ConvertShards(ConvertJob job, ItemPlan plan) {
    this.job = job;
    this.plan = plan;
  }

  /** Returns the transform for a job and its plan. */
  public static ConvertShards of(ConvertJob job, ItemPlan plan) {
    return new ConvertShards(job, plan);
  }

  @Override
  public PCollection<String> expand(PCollection<ShardSpec> shards) {
    int lanes = Math.max(LEAST_LANES, plan.shards().size() / SHARDS_PER_LANE);
    PCollection<String> names =
        shards
            .apply("SpreadShards", Reshuffle.<ShardSpec>viaRandomKey().withNumBuckets(lanes))
            .apply("ConvertShard", ParDo.of(new ConvertShardFn(job)));
    names
        .apply("AwaitAll", Count.globally())
        .apply("FinishRun", ParDo.of(new FinishRunFn(new RunFinisher(job, plan))));
    return names;
  }

  /** Converts a shard with a converter that lives as long as the worker. */
  private static final class ConvertShardFn extends DoFn<ShardSpec, String> {
    private static final long serialVersionUID = 1L;

    private final ConvertJob job;
    private final Counter items = Metrics.counter("medvilam", "itemsRead");
    private final Counter records = Metrics.counter("medvilam", "recordsWritten");
    private final Counter rejections = Metrics.counter("medvilam", "rejections");
    private transient ShardConverter converter;

    ConvertShardFn(ConvertJob job) {
      this.job = job;
    }

    @Setup
    public void setup() {
      converter = new ShardConverter(job);
    }

    @ProcessElement
    public void process(@Element ShardSpec spec, OutputReceiver<String> out) throws IOException {
      ShardSummary summary = converter.convert(spec);
      items.inc(summary.counts().items("read"));
      records.inc(summary.counts().records());
      rejections.inc(summary.counts().rejections());
      out.output(spec.name());
    }
  }

  /** Writes what stands once for the whole run, when every shard is there. */
  private static final class FinishRunFn extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    private final RunFinisher finisher;

    FinishRunFn(RunFinisher finisher) {
      this.finisher = finisher;
    }

    @ProcessElement
    public void process() throws IOException {
      finisher.finish();
    }
  }
}
