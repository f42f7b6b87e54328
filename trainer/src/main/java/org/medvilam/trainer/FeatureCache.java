package org.medvilam.trainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.ExampleOrder.Drawn;
import org.medvilam.trainer.nn.Inference;
import org.medvilam.trainer.nn.VisionConfig;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The frozen encoder's features: read from a store where it has them, else computed once for each
 * picture and view, and kept in memory as long as there is room.
 */
final class FeatureCache {
  /** The part of the heap that features may take; those used longest ago go first. */
  private static final int HEAP_SHARE = 4;

  private final VisionConfig shape;
  private final Inference inference;
  private final @Nullable FeatureStore stored;
  private final Map<Key, float[]> features;

  /**
   * Makes an empty cache.
   *
   * @param inference computes what the store has not
   */
  FeatureCache(VisionConfig shape, Inference inference, @Nullable FeatureStore stored) {
    this.shape = shape;
    this.inference = inference;
    this.stored = stored;
    long bytes = (long) Float.BYTES * shape.patches() * shape.width();
    features = new Recent((int) Math.max(1, Runtime.getRuntime().maxMemory() / HEAP_SHARE / bytes));
  }

  /** Returns the features of pictures as they are seen, [pictures * patches, width]. */
  INDArray batch(List<Drawn> examples) {
    long rows = (long) examples.size() * shape.patches();
    float[] all = new float[Math.toIntExact(rows * shape.width())];
    for (int i = 0; i < examples.size(); i++) {
      float[] one = of(examples.get(i).example().pixels(), examples.get(i).view());
      System.arraycopy(one, 0, all, i * one.length, one.length);
    }
    return Nd4j.create(all, new long[] {rows, shape.width()}, 'c');
  }

  private float[] of(float[] pixels, View view) {
    Key key = new Key(pixels, view);
    float[] known = features.get(key);
    if (known == null) {
      float[] seen = view.pixels(pixels, shape.imageSize());
      known = stored == null ? null : stored.find(seen);
      known = known == null ? inference.encode(seen) : known;
      features.put(key, known);
    }
    return known;
  }

  /** A picture in a view; pictures are told apart by their array, which examples share. */
  private static final class Key {
    private final float[] pixels;
    private final View view;

    Key(float[] pixels, View view) {
      this.pixels = pixels;
      this.view = view;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.pixels == pixels && key.view.equals(view);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(pixels) + view.hashCode();
    }
  }

  /** A map that forgets what was used longest ago. */
  private static final class Recent extends LinkedHashMap<Key, float[]> {
    private static final long serialVersionUID = 1L;
    private final int most;

    Recent(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, float[]> eldest) {
      return size() > most;
    }
  }
}
