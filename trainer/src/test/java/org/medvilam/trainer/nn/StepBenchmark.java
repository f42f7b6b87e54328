package org.medvilam.trainer.nn;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
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
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.medvilam.trainer.checkpoint.Safetensors;
import org.medvilam.trainer.checkpoint.SafetensorsWriter;
import org.medvilam.trainer.checkpoint.StoredType;
import org.medvilam.trainer.onnx.OnnxInference;
import org.medvilam.trainer.onnx.OnnxStep;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times one step of fine-tuning, one answer of twenty tokens and one picture's features of each
 * engine beside PyTorch: the same weights and inputs, each in a process of its own, by turns.
 *
 * <p>Arguments: {@code tiny|wide DIRECTORY ROUNDS PYTHON_SCRIPT}. Needs OMP_NUM_THREADS=1 and, to
 * compare on one core, to be held to it ({@code taskset -c 0}). The environment's TORCH_BLAS is a
 * BLAS for PyTorch, where that of the system is the slow reference: ND4J's own OpenBLAS serves.
 */
final class StepBenchmark {
  private static final List<String> ENGINES = List.of("torch", "nd4j", "onnx");
  private static final List<String> TASKS = List.of("step", "answer", "features");
  private static final int WRITTEN = 20;

  /** CPU nanoseconds until the compiler has seen the task, and of one measurement. */
  private static final long WARM_UP = 3_000_000_000L;

  private static final long SAMPLE = 400_000_000L;
  private static final int SAMPLES = 7;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** The shapes of a network and of its batch. */
  private record Size(int batch, int text, int answerStart, NetworkConfig network) {
    static Size of(String name) {
      return name.equals("tiny")
          ? new Size(16, 24, 12, 8, 4, new DecoderConfig(2092, 128, 4, 4, 2, 512, true, 1e4, 1e-5))
          : new Size(
              4, 20, 10, 16, 8, new DecoderConfig(2092, 512, 8, 8, 4, 1408, true, 1e4, 1e-5));
    }

    Size(int batch, int text, int start, int patchesOfASide, int layers, DecoderConfig decoder) {
      this(batch, text, start, new NetworkConfig(vision(patchesOfASide, layers, decoder), decoder));
    }

    private static VisionConfig vision(int patchesOfASide, int layers, DecoderConfig decoder) {
      int side = 8 * patchesOfASide;
      int width = decoder.width();
      return new VisionConfig(
          side,
          8,
          1,
          width,
          layers,
          decoder.heads(),
          4 * width,
          false,
          true,
          Activation.QUICK_GELU,
          1e-5);
    }

    DecoderConfig decoder() {
      return network.decoder();
    }

    VisionConfig vision() {
      return network.vision();
    }
  }

  private StepBenchmark() {}

  public static void main(String[] args) throws Exception {
    Size size = Size.of(args[0]);
    Path folder = Path.of(args[1]);
    if (args.length == 4 && ENGINES.contains(args[2])) {
      System.out.println(measure(size, folder, args[2], args[3]));
      return;
    }
    Files.createDirectories(folder);
    write(size, folder);
    Map<String, List<String[]>> found = new LinkedHashMap<>();
    for (int round = 0; round < Integer.parseInt(args[2]); round++) {
      for (String task : TASKS) {
        for (String engine : ENGINES) {
          String line = run(command(args, engine, task));
          System.out.printf("%-8s %-6s %s%n", task, engine, line);
          String key = task + " " + engine;
          found.computeIfAbsent(key, e -> new ArrayList<>()).add(line.split(" "));
        }
      }
    }
    System.out.println("task     engine  wall ms  CPU ms  of PyTorch  peak MB  result");
    for (String task : TASKS) {
      for (String engine : ENGINES) {
        List<String[]> lines = found.get(task + " " + engine);
        System.out.printf(
            Locale.ROOT,
            "%-8s %-6s %8.1f %7.1f %11.2f %8.0f  %.5f%n",
            task,
            engine,
            median(lines, 0),
            median(lines, 1),
            median(lines, 1) / median(found.get(task + " torch"), 1),
            median(lines, 2),
            median(lines, 3));
      }
    }
  }

  private static double median(List<String[]> lines, int column) {
    double[] values =
        lines.stream().mapToDouble(l -> Double.parseDouble(l[column])).sorted().toArray();
    return values[values.length / 2];
  }

  private static List<String> command(String[] args, String engine, String task) {
    if (engine.equals("torch")) {
      return List.of("/usr/bin/python3", args[3], args[1], task);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=8g");
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(StepBenchmark.class.getName(), args[0], args[1], engine, task));
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
    Files.write(folder.resolve("shape.json"), new ObjectMapper().writeValueAsBytes(size.network()));
    TokenBatch texts = texts(size);
    long rows = (long) size.batch() * size.vision().patches();
    Map<String, INDArray> batch = new LinkedHashMap<>();
    batch.put(
        "features",
        random
            .tensor("features", TensorSource.Initial.TABLE, rows, size.vision().width())
            .muli(10));
    long[] shape = {size.vision().patches(), size.vision().patchValues()};
    batch.put("patches", Nd4j.create(Patches.of(size.vision(), picture(size)), shape, 'c'));
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

  private static float[] picture(Size size) {
    Random random = new Random(3);
    float[] pixels = new float[size.vision().imageSize() * size.vision().imageSize()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return pixels;
  }

  private static String measure(Size size, Path folder, String engine, String task)
      throws IOException {
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
    boolean onnx = engine.equals("onnx");
    if (task.equals("step")) {
      network.train(name -> name.startsWith(Network.PROJECTION));
      TokenBatch texts = texts(size);
      ProjectionStep.Batch batch =
          new ProjectionStep.Batch(features, null, texts, targets(size, texts));
      try (ProjectionStep step = onnx ? new OnnxStep(network) : new LayerStep(network)) {
        return timed(() -> step(network, step, batch));
      }
    }
    try (Inference inference = onnx ? new OnnxInference(network) : new LayerInference(network)) {
      float[] picture = picture(size);
      int[] patches = IntStream.range(0, size.vision().patches()).toArray();
      float[] one = features.getRows(patches).dup('c').data().asFloat();
      int[] prompt = Arrays.copyOf(texts(size).padded(0), size.text());
      return timed(
          () ->
              task.equals("features")
                  ? norm(inference.encode(picture))
                  : IntStream.of(
                          inference.generate(one, prompt, -1, WRITTEN, TokenChoice.likeliest()))
                      .sum());
    }
  }

  private static double step(Network network, ProjectionStep step, ProjectionStep.Batch batch) {
    network.clearGradients();
    Scratch.run("step", () -> step.train(batch, 1));
    INDArray gradient = network.parameters().get(Network.PROJECTION + ".weight").gradient();
    return gradient.norm2Number().doubleValue();
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  /**
   * Returns median wall and CPU milliseconds of the process, its peak, and the result. The clock of
   * a process ticks in hundredths of a second, so short tasks are timed several at once.
   */
  private static String timed(DoubleSupplier task) throws IOException {
    double result = 0;
    int warm = 0;
    long before = PROCESS.getProcessCpuTime();
    while (warm < 3 || PROCESS.getProcessCpuTime() - before < WARM_UP) {
      result = task.getAsDouble();
      warm++;
    }
    long each = (PROCESS.getProcessCpuTime() - before) / warm;
    int together = (int) Math.max(1, SAMPLE / Math.max(1, each));
    double[] wall = new double[SAMPLES];
    double[] cpu = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long start = System.nanoTime();
      long used = PROCESS.getProcessCpuTime();
      for (int n = 0; n < together; n++) {
        result = task.getAsDouble();
      }
      wall[i] = (System.nanoTime() - start) * 1e-6 / together;
      cpu[i] = (PROCESS.getProcessCpuTime() - used) * 1e-6 / together;
    }
    Arrays.sort(wall);
    Arrays.sort(cpu);
    return String.format(
        Locale.ROOT, "%.2f %.2f %d %.6f", wall[SAMPLES / 2], cpu[SAMPLES / 2], peak(), result);
  }

  /** Returns the process's peak memory in MB. */
  private static long peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(l -> l.startsWith("VmHWM"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
