package org.medvilam.trainer.nn;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.medvilam.trainer.checkpoint.Safetensors;
import org.medvilam.trainer.checkpoint.SafetensorsWriter;
import org.medvilam.trainer.checkpoint.StoredType;
import org.medvilam.trainer.onnx.OnnxStep;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times one step of each engine, and one answer of the layers, beside PyTorch: the same weights and
 * batch, one thread, each in processes of its own, by turns.
 *
 * <p>Arguments: {@code tiny|wide DIRECTORY ROUNDS PYTHON_SCRIPT}. Needs OMP_NUM_THREADS=1. The
 * environment's TORCH_BLAS is a BLAS for PyTorch, where that of the system is the slow reference:
 * ND4J's own OpenBLAS serves.
 */
final class StepBenchmark {
  private static final List<String> ENGINES = List.of("torch", "nd4j", "onnx");
  private static final int WRITTEN = 20;

  /** The shapes of a network and of its batch. */
  private record Size(int batch, int text, int answerStart, NetworkConfig network) {
    static Size of(String name) {
      return name.equals("tiny")
          ? new Size(16, 24, 12, 8, new DecoderConfig(2092, 128, 4, 4, 2, 512, true, 1e4, 1e-5))
          : new Size(4, 20, 10, 16, new DecoderConfig(2092, 512, 8, 8, 4, 1408, true, 1e4, 1e-5));
    }

    Size(int batch, int text, int answerStart, int patchesOfASide, DecoderConfig decoder) {
      this(batch, text, answerStart, new NetworkConfig(vision(patchesOfASide, decoder), decoder));
    }

    private static VisionConfig vision(int patchesOfASide, DecoderConfig decoder) {
      int side = 8 * patchesOfASide;
      int width = decoder.width();
      return new VisionConfig(side, 8, 1, width, 1, 4, 8, false, true, Activation.GELU, 1e-5);
    }

    DecoderConfig decoder() {
      return network.decoder();
    }

    VisionConfig vision() {
      return network.vision();
    }

    int times() {
      return decoder().width() < 512 ? 20 : 8;
    }
  }

  private StepBenchmark() {}

  public static void main(String[] args) throws Exception {
    Size size = Size.of(args[0]);
    Path folder = Path.of(args[1]);
    if (args.length == 3 && ENGINES.contains(args[2])) {
      System.out.println(measure(size, folder, args[2]));
      return;
    }
    Files.createDirectories(folder);
    write(size, folder);
    Map<String, List<String[]>> found = new LinkedHashMap<>();
    for (int round = 0; round < Integer.parseInt(args[2]); round++) {
      for (String engine : ENGINES) {
        String line = run(command(args, engine, size.times()));
        System.out.printf("%-6s %s%n", engine, line);
        found.computeIfAbsent(engine, e -> new ArrayList<>()).add(line.split(" "));
      }
    }
    System.out.println(
        "engine  step ms  CPU ms  of PyTorch  answer ms  CPU ms  of PyTorch  peak MB");
    for (String engine : ENGINES) {
      System.out.printf(
          Locale.ROOT,
          "%-6s %8.1f %7.1f %11.2f %10.1f %7.1f %11.2f %8.0f%n",
          engine,
          median(found, engine, 0),
          median(found, engine, 1),
          median(found, engine, 1) / median(found, "torch", 1),
          median(found, engine, 2),
          median(found, engine, 3),
          median(found, engine, 3) / median(found, "torch", 3),
          median(found, engine, 4));
    }
  }

  private static double median(Map<String, List<String[]>> found, String engine, int column) {
    double[] values =
        found.get(engine).stream()
            .mapToDouble(l -> Double.parseDouble(l[column]))
            .sorted()
            .toArray();
    return values[values.length / 2];
  }

  private static List<String> command(String[] args, String engine, int times) {
    if (engine.equals("torch")) {
      String count = Integer.toString(times);
      return List.of("/usr/bin/python3", args[3], args[1], count, count);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=8g");
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(StepBenchmark.class.getName(), args[0], args[1], engine));
    return command;
  }

  private static String run(List<String> command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    String blas = System.getenv("TORCH_BLAS");
    if (blas != null && command.get(0).endsWith("python3")) {
      builder.environment().put("LD_PRELOAD", blas);
    }
    Process process = builder.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command.get(command.size() - 1) + " failed");
    }
    return lines.get(lines.size() - 1);
  }

  private static void write(Size size, Path folder) throws IOException {
    RandomTensors random = new RandomTensors(1, DataType.FLOAT);
    Network network = new Network(size.network(), random);
    Map<String, INDArray> weights = new LinkedHashMap<>();
    network.parameters().forEach((name, p) -> weights.put(name, p.value()));
    SafetensorsWriter.write(folder.resolve("weights.safetensors"), weights, StoredType.F32);
    Files.write(folder.resolve("shape.json"), new ObjectMapper().writeValueAsBytes(size.decoder()));
    TokenBatch texts = texts(size);
    long rows = (long) size.batch() * size.vision().patches();
    Map<String, INDArray> batch = new LinkedHashMap<>();
    batch.put(
        "features",
        random
            .tensor("features", TensorSource.Initial.TABLE, rows, size.vision().width())
            .muli(10));
    batch.put("targets", targets(size, texts));
    batch.put(
        "tokens",
        Nd4j.createFromArray(texts.padded(0))
            .castTo(DataType.FLOAT)
            .reshape(size.batch(), size.text()));
    batch.put(
        "rows",
        Nd4j.createFromArray(texts.targetRows(size.vision().patches())).castTo(DataType.FLOAT));
    SafetensorsWriter.write(folder.resolve("batch.safetensors"), batch, StoredType.F32);
  }

  private static INDArray targets(Size size, TokenBatch texts) {
    return new SoftTargets(100, 1100, 8)
        .of(texts.targets(), size.decoder().vocabulary(), DataType.FLOAT);
  }

  private static TokenBatch texts(Size size) {
    Random random = new Random(2);
    List<int[]> tokens = new ArrayList<>();
    int[] starts = new int[size.batch()];
    for (int i = 0; i < size.batch(); i++) {
      tokens.add(random.ints(size.text(), 0, size.decoder().vocabulary()).toArray());
      starts[i] = size.answerStart();
    }
    return new TokenBatch(tokens, starts);
  }

  private static String measure(Size size, Path folder, String engine) throws IOException {
    Network network;
    INDArray features;
    long rows = (long) size.batch() * size.vision().patches();
    try (Safetensors weights = Safetensors.open(folder.resolve("weights.safetensors"));
        Safetensors batch = Safetensors.open(folder.resolve("batch.safetensors"))) {
      network =
          new Network(
              size.network(),
              (name, initial, shape) -> Nd4j.create(weights.read(name, shape), shape, 'c'));
      long[] shape = {rows, size.vision().width()};
      features = Nd4j.create(batch.read("features", shape), shape, 'c');
    }
    network.train(name -> name.startsWith(Network.PROJECTION));
    TokenBatch texts = texts(size);
    ProjectionStep.Batch batch =
        new ProjectionStep.Batch(features, null, texts, targets(size, texts));
    try (ProjectionStep step =
        engine.equals("onnx") ? new OnnxStep(network) : new LayerStep(network)) {
      double[] loss = new double[1];
      int times = size.times();
      String steps =
          timed(
              times,
              () -> {
                network.clearGradients();
                loss[0] = Scratch.run("step", () -> step.train(batch, 1));
              });
      long peak = peak();
      boolean writes = engine.equals("nd4j");
      return String.format(
          Locale.ROOT,
          "%s %s %d %.6f %.6f",
          steps,
          writes ? answers(size, network, features, texts, times) : "NaN NaN",
          peak,
          loss[0],
          network
              .parameters()
              .get(Network.PROJECTION + ".weight")
              .gradient()
              .norm2Number()
              .doubleValue());
    }
  }

  private static String answers(
      Size size, Network network, INDArray features, TokenBatch texts, int times) {
    int[] prompt = Arrays.copyOf(texts.padded(0), size.text());
    int[] patches = IntStream.range(0, size.vision().patches()).toArray();
    return timed(
        times,
        () ->
            Scratch.run(
                "answer",
                () -> {
                  INDArray images = network.project(features.getRows(patches)).output();
                  return network.generate(images, prompt, -1, WRITTEN).length;
                }));
  }

  /** Returns the medians of wall and CPU milliseconds, of this thread, after warming up. */
  private static String timed(int times, Runnable task) {
    for (int i = 0; i < 5; i++) {
      task.run();
    }
    double[] wall = new double[times];
    double[] cpu = new double[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      task.run();
      wall[i] = (System.nanoTime() - start) * 1e-6;
      cpu[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used) * 1e-6;
    }
    Arrays.sort(wall);
    Arrays.sort(cpu);
    return String.format(Locale.ROOT, "%.2f %.2f", wall[times / 2], cpu[times / 2]);
  }

  /** Returns the process's peak memory in MB. */
  static long peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(l -> l.startsWith("VmHWM"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
