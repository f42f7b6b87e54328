package org.medvilam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.codec.Manifest;
import org.medvilam.transforms.ConvertJob;

/**
 * What the engines cost beside a plain loop over the same converter, in one run.
 *
 * <p>Every engine converts a few of the same 512 x 512 pictures with a mask each, which warms it
 * up, the same few again, which is what a run costs however short, and all of them; an item more
 * costs the difference by the difference. Seconds of processors are the figure to compare, on a
 * machine that has other work too; those of a cluster are of all its processes and of the client.
 */
@Tag("benchmark")
final class ThroughputBenchmark {
  private static final int PICTURES = Integer.getInteger("pictures", 10_000);
  private static final int FEW_PER_SPLIT = 50;
  private static final int SIDE = 512;

  private static final String HEAD =
      """
                               few items          all items       more items
      engine                 wall s   cpu s    wall s     cpu s    items/s  cpu ms/item / loop
      """;

  @TempDir private static Path folder;

  private final StandaloneFlink cluster = new StandaloneFlink(folder.resolve("flink"));
  private final StringBuilder table = new StringBuilder();
  private double loopMs;

  ThroughputBenchmark() throws IOException {}

  /** Converts to an output, at most so many items per split or all. */
  private interface Engine {
    Manifest convert(String output, int limit) throws IOException;
  }

  @Test
  void enginesBesideALoop() throws Exception {
    draw();
    table.append(HEAD);
    cluster.start();
    try {
      ConvertBenchmark.loop(job("heated", 0)); // or the first to be measured pays for the compiler
      Map<String, String> loop =
          measure("loop", 1, (out, limit) -> ConvertBenchmark.loop(job(out, limit)));
      List<Map<String, String>> others = new ArrayList<>();
      others.add(measure("direct", 1, on(Runner.DIRECT, "--targetParallelism=1")));
      others.add(measure("direct", 2, on(Runner.DIRECT, "--targetParallelism=2")));
      others.add(measure("flink embedded", 1, on(Runner.FLINK, "--parallelism=1")));
      others.add(measure("flink embedded", 2, on(Runner.FLINK, "--parallelism=2")));
      for (int slots : new int[] {1, 2, 4}) {
        List<String> flags = cluster.flags(slots);
        others.add(measure("flink cluster", slots, on(Runner.FLINK, flags.toArray(String[]::new))));
      }
      // The loop again: how far its ratio is from one is how far all of them may be off.
      others.add(measure("loop again", 1, (out, limit) -> ConvertBenchmark.loop(job(out, limit))));
      assertThat(others).allSatisfy(files -> assertThat(files).isEqualTo(loop));
    } finally {
      cluster.stop();
      System.out.println(table);
    }
  }

  private static Engine on(Runner runner, String... flags) {
    return (out, limit) -> {
      ConvertRun run = new ConvertRun(job(out, limit), System.err);
      return run.run(run.plan(), runner.options(List.of(flags)));
    };
  }

  private static ConvertJob job(String output, int limit) throws IOException {
    return ConvertBenchmark.job(folder.resolve("data"), folder.resolve(output), limit);
  }

  /** What a conversion took. */
  private record Cost(long items, double wall, double cpu) {}

  private Map<String, String> measure(String name, int slots, Engine engine) throws IOException {
    String output = name.replace(' ', '-') + slots;
    engine.convert(output + "-warm", FEW_PER_SPLIT);
    Cost few = cost(engine, output + "-few", FEW_PER_SPLIT);
    Cost all = cost(engine, output, 0);
    long more = all.items - few.items;
    double ms = (all.cpu - few.cpu) * 1000 / more;
    loopMs = loopMs == 0 ? ms : loopMs;
    table.append(
        String.format(
            Locale.ROOT,
            "%-15s %d slot %8.1f %7.1f %9.1f %9.1f %10.0f %12.2f %7.2f%n",
            name,
            slots,
            few.wall,
            few.cpu,
            all.wall,
            all.cpu,
            more / (all.wall - few.wall),
            ms,
            ms / loopMs));
    return RunFiles.checksums(folder.resolve(output));
  }

  private Cost cost(Engine engine, String output, int limit) throws IOException {
    long cpu = cpuNanos();
    long wall = System.nanoTime();
    long items = engine.convert(output, limit).counts().items("read");
    return new Cost(items, (System.nanoTime() - wall) * 1e-9, (cpuNanos() - cpu) * 1e-9);
  }

  private long cpuNanos() throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime() + cluster.cpu().toNanos();
  }

  private static void draw() throws IOException {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SIDE * SIDE; i++) {
      picture.getRaster().setSample(i % SIDE, i / SIDE, 0, random.nextInt(64) + i / SIDE / 4);
    }
    BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = mask.createGraphics();
    g.setColor(Color.WHITE);
    g.fillOval(120, 140, 210, 170);
    g.dispose();
    Path scratch = Files.createDirectories(folder.resolve("drawn"));
    link(picture, scratch.resolve("picture.png"), folder.resolve("data").resolve("images"));
    link(mask, scratch.resolve("mask.png"), folder.resolve("data").resolve("masks"));
  }

  private static void link(BufferedImage image, Path file, Path target) throws IOException {
    ImageIO.write(image, "png", file.toFile());
    Files.createDirectories(target);
    for (int i = 0; i < PICTURES; i++) {
      Files.createLink(target.resolve("case" + i + ".png"), file);
    }
  }
}
