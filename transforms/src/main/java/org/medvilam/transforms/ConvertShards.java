package org.medvilam.transforms;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Converts shards and finishes the run.
 *
 * <p>Takes the shards of a plan, writes their files, and returns one summary each; after the last,
 * the manifest and {@code _SUCCESS} are written. Only summaries are shuffled. Does not preserve any
 * order; the bytes of the output do not depend on it.
 *
 * <pre>{@code
 * ItemPlan plan = ItemPlan.write(job, scratch);
 * pipeline.apply(Create.of(plan.shards())).apply(ConvertShards.of(job, plan));
 * }</pre>
 */
public final class ConvertShards
    extends PTransform<PCollection<ShardSpec>, PCollection<ShardSummary>> {
  private static final long serialVersionUID = 1L;

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
  public PCollection<ShardSummary> expand(PCollection<ShardSpec> shards) {
    PCollection<ShardSummary> summaries =
        shards
            .apply("SpreadShards", Reshuffle.viaRandomKey())
            .apply("ConvertShard", ParDo.of(new ConvertShardFn(job)))
            .setCoder(SerializableCoder.of(ShardSummary.class));
    summaries
        .apply("GatherSummaries", WithKeys.of("run"))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(ShardSummary.class)))
        .apply("AwaitAll", GroupByKey.create())
        .apply("FinishRun", ParDo.of(new FinishRunFn(new RunFinisher(job, plan))));
    return summaries;
  }

  /** Converts a shard with a converter that lives as long as the worker. */
  private static final class ConvertShardFn extends DoFn<ShardSpec, ShardSummary> {
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
    public void process(@Element ShardSpec spec, OutputReceiver<ShardSummary> out)
        throws IOException {
      ShardSummary summary = converter.convert(spec);
      items.inc(summary.counts().items("read"));
      records.inc(summary.counts().records());
      rejections.inc(summary.counts().rejections());
      out.output(summary);
    }
  }

  /** Writes what stands once for the whole run. */
  private static final class FinishRunFn extends DoFn<KV<String, Iterable<ShardSummary>>, Void> {
    private static final long serialVersionUID = 1L;

    private final RunFinisher finisher;

    FinishRunFn(RunFinisher finisher) {
      this.finisher = finisher;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<ShardSummary>> all) throws IOException {
      List<ShardSummary> summaries = new ArrayList<>();
      all.getValue().forEach(summaries::add);
      finisher.finish(summaries);
    }
  }
}
