package org.medvilam.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.medvilam.trainer.checkpoint.StoredType;
import org.medvilam.trainer.nn.Activation;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.VisionConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Loads random weights of real shapes, computes one picture's features and makes one step.
 *
 * <p>Arguments: {@code smollm|tinyllama DIRECTORY [nd4j|onnx [BATCH]]}; the directory is filled on
 * the first run, in half precision or as {@code -Dstored=F32} says. The vision tower is always
 * ViT-L/14 at 224 pixels.
 */
final class TowersBenchmark {
  private TowersBenchmark() {}

  public static void main(String[] args) throws IOException {
    DecoderConfig decoder =
        args[0].equals("smollm")
            ? new DecoderConfig(49_152, 576, 30, 9, 3, 1536, true, 10_000, 1e-5)
            : new DecoderConfig(32_000, 2048, 22, 32, 4, 5632, false, 10_000, 1e-5);
    VisionConfig vision =
        new VisionConfig(224, 14, 3, 1024, 24, 16, 4096, true, false, Activation.QUICK_GELU, 1e-5);
    Path folder = Path.of(args[1]);
    if (!Files.exists(folder)) {
      HuggingFaceModels.write(
          new NetworkConfig(vision, decoder),
          StoredType.valueOf(System.getProperty("stored", "F16")),
          folder,
          (name, initial, shape) -> Nd4j.randn(shape).muli(0.02));
      say("written", System.nanoTime());
      return;
    }
    long start = System.nanoTime();
    Engine engine =
        args.length > 2 ? Engine.valueOf(args[2].toUpperCase(Locale.ROOT)) : Engine.AUTO;
    int batch = args.length > 3 ? Integer.parseInt(args[3]) : 1;
    VisionLanguageModel base =
        VisionLanguageModel.load(folder.resolve("clip"), folder.resolve("llama"));
    say("loaded", start);
    float[] pixels = new float[224 * 224];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 31 % 97) / 97f;
    }
    start = System.nanoTime();
    base.inference().encode(pixels);
    say("one picture's features", start);
    List<TrainingExample> examples =
        List.of(
            new TrainingExample(
                "e", pixels, "Where?", "[1, 2, 30, 40]", List.of(new int[] {1, 2, 30, 40})));
    FineTuningOptions options =
        FineTuningOptions.defaults()
            .change()
            .steps(3)
            .batch(batch)
            .flipHorizontal(false)
            .flipVertical(false)
            .build();
    Path checkpoint = Files.createTempDirectory("towers").resolve("c");
    FineTuning.of(base, options, examples).withEngine(engine).run(checkpoint, Progress.silent());
    List<History.Row> steps = History.read(checkpoint.resolve(History.FILE)).rows();
    System.out.printf(
        Locale.ROOT,
        "third step: %.2f s, loss %.6f%n",
        steps.get(2).seconds() - steps.get(1).seconds(),
        steps.get(2).loss());
    say("features anew and three steps", start);
  }

  private static void say(String what, long start) throws IOException {
    String peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(l -> l.startsWith("VmHWM"))
            .findFirst()
            .orElse("");
    long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s, process so far %.1f CPU s, %s%n",
        what,
        (System.nanoTime() - start) * 1e-9,
        cpu * 1e-3,
        peak);
  }
}
