package org.medvilam.trainer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.nn.Inference;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.Patches;
import org.medvilam.trainer.nn.TokenChoice;
import org.medvilam.trainer.nn.VisionConfig;

/** Features and answers as graphs on ONNX Runtime, each loaded when it is first needed. */
public final class OnnxInference implements Inference {
  private static final float[] NO_PICTURE = {};

  private final NetworkConfig config;
  private final boolean small;
  private final Loaded vision;
  private final Loaded decoder;

  /** Prepares the use of a network in single precision. */
  public OnnxInference(Network network) {
    config = network.config();
    small = Session.isSmall(network);
    vision = new Loaded(network, VisionGraph::of);
    decoder = new Loaded(network, AnswerGraph::of);
  }

  @Override
  public float[] encode(float[]... pictures) {
    VisionConfig shape = config.vision();
    float[] values = Patches.of(shape, pictures);
    try (OnnxTensor patches =
            Session.floats(values, values.length / shape.patchValues(), shape.patchValues());
        OrtSession.Result result = vision.session().run(Map.of("patches", patches))) {
      return Session.values(result, "features");
    }
  }

  @Override
  public int[] generate(
      float[] features, int[] instruction, int end, int limit, TokenChoice choice) {
    int length = features.length / config.vision().width() + instruction.length + limit;
    int[] answer = new int[limit];
    try (Reading reading = new Reading(decoder.session(), config, length)) {
      float[] scores = reading.read(features, instruction);
      for (int n = 0; n < limit; n++) {
        answer[n] = choice.next(scores);
        if (answer[n] == end) {
          return Arrays.copyOf(answer, n);
        }
        scores = n + 1 < limit ? reading.read(NO_PICTURE, answer[n]) : scores;
      }
      return answer;
    }
  }

  /** It is where a graph runs on a core, not on a device, and the network is small. */
  @Override
  public boolean isParallel() {
    return small && !OnnxRuntime.hasCuda();
  }

  @Override
  public void close() {
    vision.close();
    decoder.close();
  }

  /** A session that is made when it is first asked for. */
  private static final class Loaded {
    private final Network network;
    private final Function<Network, Graph> graph;
    private @Nullable Session session;

    Loaded(Network network, Function<Network, Graph> graph) {
      this.network = network;
      this.graph = graph;
    }

    synchronized Session session() {
      if (session == null) {
        session = new Session(graph.apply(network));
      }
      return session;
    }

    synchronized void close() {
      if (session != null) {
        session.close();
        session = null;
      }
    }
  }
}
