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
  private final NetworkConfig config;
  private final Loaded vision;
  private final Loaded picture;
  private final Loaded text;

  /** Prepares the use of a network in single precision. */
  public OnnxInference(Network network) {
    config = network.config();
    vision = new Loaded(network, VisionGraph::of);
    picture = new Loaded(network, AnswerGraph::picture);
    text = new Loaded(network, AnswerGraph::text);
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
    int patches = config.vision().patches();
    int length = patches + instruction.length + limit;
    int[] answer = new int[limit];
    try (Reading reading =
        new Reading(
            config.decoder(), picture.session(), text.session(), features, patches, length)) {
      int[] rows = instruction;
      for (int n = 0; n < limit; n++) {
        int token = choice.next(reading.read(rows));
        if (token == end) {
          return Arrays.copyOf(answer, n);
        }
        answer[n] = token;
        rows = new int[] {token};
      }
      return answer;
    }
  }

  @Override
  public void close() {
    vision.close();
    picture.close();
    text.close();
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
