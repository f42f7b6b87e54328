package org.medvilam.evaluation.preview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.medvilam.records.Hashing;

/** Keeps the first of many by the SHA-256 of their ids, which no order of the input changes. */
final class HashSample<T> {
  private final int size;
  private final PriorityQueue<Drawn<T>> kept =
      new PriorityQueue<>(Comparator.<Drawn<T>, String>comparing(Drawn::hash).reversed());
  private long total;

  private record Drawn<T>(String hash, T value) {}

  HashSample(int size) {
    this.size = size;
  }

  void add(String id, T value) {
    total++;
    kept.add(new Drawn<>(Hashing.hex(id), value));
    if (kept.size() > size) {
      kept.remove();
    }
  }

  /** Returns of how many the sample was drawn. */
  long total() {
    return total;
  }

  /** Returns the sample in the order of the hash. */
  List<T> drawn() {
    List<Drawn<T>> all = new ArrayList<>(kept);
    all.sort(Comparator.comparing(Drawn::hash));
    return all.stream().map(Drawn::value).toList();
  }
}
