package org.medvilam.trainer;

import ai.onnxruntime.OrtException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.medvilam.trainer.ExampleOrder.Drawn;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.TokenBatch;

/** What the examples of a step take, to name a batch that fits where one did not. */
final class MemoryShortage {
  /**
   * The arrays that a step holds at once, in those that a block's rows have in its layers; measured
   * on the shapes of SmolLM and of the built-in base, and rounded up.
   */
  private static final int ND4J_ARRAYS = 30;

  private static final int ONNX_ARRAYS = 12;

  /** Scores, probabilities, targets and their gradients, as single or double precision. */
  private static final int SCORE_ARRAYS = 8;

  private static final String ONNX_REASON = "Failed to allocate memory";

  /** What engines say when the machine, a limit, or a device has no more memory. */
  private static final List<String> WORDS =
      List.of(
          "failed to allocate",
          "cannot allocate",
          "allocation failed",
          "bad_alloc",
          "bad allocation",
          "bfcarena",
          "out of memory",
          "out_of_memory",
          "alloc_failed");

  private final Engine engine;
  private final NetworkConfig config;
  private final FineTuningOptions options;
  private final long free;
  private final long freeHeap;

  /** Notes what is free before the first step. */
  MemoryShortage(Engine engine, Network network, FineTuningOptions options) {
    this.engine = engine;
    this.config = network.config();
    this.options = options;
    Device device = Device.of(engine);
    this.free =
        device.capability() > 0
            ? Math.max(0, device.bytes() - network.bytes())
            : FreeMemory.bytes();
    Runtime java = Runtime.getRuntime();
    this.freeHeap = java.maxMemory() - java.totalMemory() + java.freeMemory();
  }

  /** Tells whether an engine, or Java, had no memory left. */
  static boolean isShortage(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      boolean engines = e instanceof OrtException || e instanceof RuntimeException;
      if (e instanceof OutOfMemoryError || engines && WORDS.stream().anyMatch(said::contains)) {
        return true;
      }
    }
    return false;
  }

  /** Says that an update found no memory, and which batch should find it. */
  TrainingException explain(
      Throwable shortage, int step, List<Drawn> drawn, VisionLanguageModel model) {
    TokenBatch longest = longest(drawn, model);
    boolean heap = isHeap(shortage);
    long each = heap ? heapOfExample(longest) : ofExample(longest);
    long room = heap ? freeHeap : free;
    int fitting = fitting(options.examplesPerUpdate(), options.batch(), room / each);
    return new TrainingException(
        "Expected a batch of %d examples, some %s each, to fit into %s of %s, but step %d found too little (%s: %s); %s%s."
            .formatted(
                options.batch(),
                Device.size(each),
                Device.size(room),
                heap ? "Java's heap" : "free memory",
                step + 1,
                engine,
                reason(shortage),
                advice(fitting, room / each),
                more(shortage)),
        shortage);
  }

  private String advice(int fitting, long room) {
    if (fitting == 0) {
      return "free memory or take a smaller decoder";
    }
    return "--batch %d --accumulate %d %s and makes the same updates"
        .formatted(
            fitting,
            options.examplesPerUpdate() / fitting,
            room < fitting ? "takes least" : "fits");
  }

  /**
   * Returns the largest batch that makes up an update in equal passes, is smaller than the one that
   * failed, and has room; 1 where only that is smaller, and 0 where none is.
   */
  static int fitting(int update, int failed, long room) {
    int most = (int) Math.max(1, Math.min(failed - 1L, room));
    while (update % most != 0) {
      most--;
    }
    return failed == 1 ? 0 : most;
  }

  private static boolean isHeap(Throwable shortage) {
    return shortage instanceof OutOfMemoryError
        && String.valueOf(shortage.getMessage()).startsWith("Java heap");
  }

  /** Returns what an engine said, without the places in its source. */
  private static String reason(Throwable shortage) {
    String said = String.valueOf(shortage.getMessage()).lines().findFirst().orElse("");
    return said.substring(Math.max(0, said.indexOf(ONNX_REASON)));
  }

  private static String more(Throwable shortage) {
    if (isHeap(shortage)) {
      return ", or give more heap (-Xmx)";
    }
    boolean limited = String.valueOf(shortage.getMessage()).contains("physicalBytes");
    return limited ? ", or give more heap (-Xmx), whose fourfold arrays may take" : "";
  }

  private static TokenBatch longest(List<Drawn> drawn, VisionLanguageModel model) {
    return drawn.stream()
        .map(d -> Batches.of(model, List.<String[]>of(d.texts())))
        .max(Comparator.comparingInt(TokenBatch::longest))
        .orElseThrow();
  }

  /** Returns the bytes of arrays that a step takes for an example. */
  private long ofExample(TokenBatch text) {
    DecoderConfig decoder = config.decoder();
    long rows = (long) config.vision().patches() + text.longest();
    long keys = (long) decoder.keyValueHeads() * decoder.headWidth();
    long row = decoder.width() + keys + decoder.hidden() + decoder.heads() * rows;
    int arrays = engine == Engine.ONNX ? ONNX_ARRAYS : ND4J_ARRAYS;
    long scores = (long) text.targets().length * decoder.vocabulary() * SCORE_ARRAYS;
    return Float.BYTES * (rows * decoder.layers() * row * arrays + scores);
  }

  /** Returns the bytes of Java's heap that a step takes for an example. */
  private long heapOfExample(TokenBatch text) {
    long widths = 2L * config.vision().width() + 2L * config.decoder().width();
    long scores = 3L * text.targets().length * config.decoder().vocabulary();
    return Float.BYTES * (config.vision().patches() * widths + scores);
  }
}
