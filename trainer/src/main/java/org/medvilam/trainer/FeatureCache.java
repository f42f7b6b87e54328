package org.medvilam.trainer;

import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The frozen encoder's features, computed once for each picture and flip and kept in memory. */
final class FeatureCache {
  private final Network network;
  private final int size;
  private final IdentityHashMap<float[], Map<Flip, float[]>> features = new IdentityHashMap<>();

  FeatureCache(Network network) {
    this.network = network;
    this.size = network.config().vision().imageSize();
  }

  /** Returns the features of pictures under flips, [pictures * patches, width]. */
  INDArray batch(List<TrainingExample> examples, List<Flip> flips) {
    float[][] rows = new float[examples.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = of(examples.get(i).pixels(), flips.get(i));
    }
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
    }
    long patches = (long) rows.length * network.config().vision().patches();
    return Nd4j.create(all, new long[] {patches, network.config().vision().width()}, 'c');
  }

  private float[] of(float[] pixels, Flip flip) {
    return features
        .computeIfAbsent(pixels, p -> new EnumMap<>(Flip.class))
        .computeIfAbsent(flip, f -> encode(f.pixels(pixels, size)));
  }

  private float[] encode(float[] pixels) {
    return Scratch.run(
        "features",
        () -> network.encode(new float[][] {pixels}).output().dup('c').data().asFloat());
  }
}
