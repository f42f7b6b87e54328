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

/**
 * What the engines cost beside a plain loop over the same converter, in one run.
 *
 * <p>Every engine converts the same 512 x 512 pictures with a mask each, once to warm up and once
 * to be measured. Seconds of processors are the figure to compare, on a machine that has other work
 * too; those of a cluster are of all its processes and of the client.
 */
@Tag("benchmark")
final class ThroughputBenchmark {
  private static final int PICTURES = Integer.getInteger("pictures", 4000);
  private static final int SIDE = 512;

  @TempDir private static Path folder;

  private final StandaloneFlink cluster = new StandaloneFlink(folder.resolve("flink"));
  private final StringBuilder table = new StringBuilder();
  private double loopCpu;

  ThroughputBenchmark() throws IOException {}

  /** Converts to an output. */
  private interface Engine {
    void convert(String output) throws IOException;
  }

  @Test
  void enginesBesideALoop() throws Exception {
    draw();
    table.append("engine                 wall s   cpu s  items/s  cpu ms/item  cpu / loop\n");
    cluster.start();
    try {
      Map<String, String> loop =
          measure("loop", 1, out -> ConvertBenchmark.loop(ConvertBenchmark.job(data(), out(out))));
      List<Map<String, String>> others = new ArrayList<>();
      others.add(measure("direct", 1, on(Runner.DIRECT, "--targetParallelism=1")));
      others.add(measure("direct", 2, on(Runner.DIRECT, "--targetParallelism=2")));
      others.add(measure("flink embedded", 1, on(Runner.FLINK, "--parallelism=1")));
      others.add(measure("flink embedded", 2, on(Runner.FLINK, "--parallelism=2")));
      for (int slots : new int[] {1, 2, 4}) {
        List<String> flags = cluster.flags(slots);
        others.add(measure("flink cluster", slots, on(Runner.FLINK, flags.toArray(String[]::new))));
      }
      assertThat(others).allSatisfy(files -> assertThat(files).isEqualTo(loop));
    } finally {
      cluster.stop();
      System.out.println(table);
    }
  }

  private static Engine on(Runner runner, String... flags) {
    return out -> {
      ConvertRun run = new ConvertRun(ConvertBenchmark.job(data(), out(out)), System.err);
      run.run(run.plan(), runner, List.of(flags));
    };
  }

  private Map<String, String> measure(String name, int slots, Engine engine) throws IOException {
    String output = name.replace(' ', '-') + slots;
    engine.convert(output + "-warm");
    long cpu = cpuNanos();
    long wall = System.nanoTime();
    engine.convert(output);
    double wallSeconds = (System.nanoTime() - wall) * 1e-9;
    double cpuSeconds = (cpuNanos() - cpu) * 1e-9;
    loopCpu = loopCpu == 0 ? cpuSeconds : loopCpu;
    table.append(
        String.format(
            Locale.ROOT,
            "%-15s %d slot %8.1f %7.1f %8.0f %12.2f %11.2f%n",
            name,
            slots,
            wallSeconds,
            cpuSeconds,
            PICTURES / wallSeconds,
            cpuSeconds * 1000 / PICTURES,
            cpuSeconds / loopCpu));
    return RunFiles.checksums(out(output));
  }

  private long cpuNanos() throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime() + cluster.cpu().toNanos();
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path out(String name) {
    return folder.resolve(name);
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
    link(picture, scratch.resolve("picture.png"), data().resolve("images"));
    link(mask, scratch.resolve("mask.png"), data().resolve("masks"));
  }

  private static void link(BufferedImage image, Path file, Path target) throws IOException {
    ImageIO.write(image, "png", file.toFile());
    Files.createDirectories(target);
    for (int i = 0; i < PICTURES; i++) {
      Files.createLink(target.resolve("case" + i + ".png"), file);
    }
  }
}
