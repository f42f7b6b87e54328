package org.medvilam.pipelines.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.Settings;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.store.LocalStore;
import org.medvilam.transforms.ConvertJob;
import org.medvilam.transforms.ItemPlan;
import org.medvilam.transforms.RunFinisher;
import org.medvilam.transforms.ShardConverter;
import org.medvilam.transforms.ShardSpec;

/**
 * Times one conversion with one engine, from listing to {@code _SUCCESS}, without the start of the
 * JVM.
 *
 * <p>Arguments: {@code loop|direct|flink DATASET INPUT OUTPUT [labels-only]}.
 */
final class ConvertBenchmark {
  private ConvertBenchmark() {}

  public static void main(String[] args) throws IOException {
    Dataset dataset = Catalogue.find(args[1]).orElseThrow();
    Settings settings =
        args.length > 4 ? Settings.standard().withLabelsOnly() : Settings.standard();
    ConvertJob job = job(dataset, settings, Path.of(args[2]), Path.of(args[3]), 0);
    long start = System.nanoTime();
    Manifest manifest = args[0].equals("loop") ? loop(job) : engine(job, args[0]);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(
        Locale.ROOT,
        "%s %s: %d items, %d records, %.2f s, %.0f items/s, %.0f records/s%n",
        args[0],
        args[1],
        manifest.counts().items("read"),
        manifest.counts().records(),
        seconds,
        manifest.counts().items("read") / seconds,
        manifest.counts().records() / seconds);
    System.exit(0);
  }

  private static Manifest engine(ConvertJob job, String name) throws IOException {
    ConvertRun run = new ConvertRun(job, System.err);
    return run.run(run.plan(), Runner.valueOf(name.toUpperCase(Locale.ROOT)).options(List.of()));
  }

  /** Returns a conversion of pictures with masks, at most so many per split, or all. */
  static ConvertJob job(Path input, Path output, int limit) throws IOException {
    Dataset masks = Catalogue.find("masks").orElseThrow();
    return job(masks, Settings.standard(), input, output, limit);
  }

  private static ConvertJob job(
      Dataset dataset, Settings settings, Path input, Path output, int limit) throws IOException {
    return new ConvertJob(
        dataset.info().name(),
        ConvertRun.checkLayout(dataset, LocalStore.of(input), settings),
        LocalStore.of(output),
        settings,
        InstructionOptions.standard(),
        RecordFormat.JSONL,
        0,
        limit);
  }

  /** Converts in a plain loop, without any engine. */
  static Manifest loop(ConvertJob job) throws IOException {
    ItemPlan plan = ItemPlan.write(job, Files.createTempDirectory("benchmark-"), n -> {});
    ShardConverter converter = new ShardConverter(job);
    for (ShardSpec shard : plan.shards()) {
      converter.convert(shard);
    }
    return new RunFinisher(job, plan).finish();
  }
}
