package org.medvilam.trainer.nn;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The keys and values of the positions already read, one entry for each decoder block. */
final class KeyValueCache {
  private final List<Entry> entries = new ArrayList<>();

  KeyValueCache(int blocks) {
    for (int i = 0; i < blocks; i++) {
      entries.add(new Entry());
    }
  }

  Entry entry(int block) {
    return entries.get(block);
  }

  /** The keys and values of one block, [heads, positions, head width] each. */
  static final class Entry {
    private INDArray keys;
    private INDArray values;

    /** Appends new positions to those held. */
    void append(INDArray newKeys, INDArray newValues) {
      keys = keys == null ? newKeys : Nd4j.concat(1, keys, newKeys);
      values = values == null ? newValues : Nd4j.concat(1, values, newValues);
    }

    INDArray keys() {
      return keys;
    }

    INDArray values() {
      return values;
    }
  }
}
