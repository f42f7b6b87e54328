package org.medvilam.fewshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.medvilam.records.Hashing;

/**
 * The first images in hash order, at most one per group.
 *
 * <p>Walking all candidates by ascending SHA-256 of {@code seed|dataset|label|media.id} and taking
 * one per group is the same as keeping the smallest hash of each group and the smallest of those;
 * so candidates may come in any order, and memory is that of the shots.
 */
final class ShotSelection {
  /** A chosen image; {@code instances} is 0 where they do not count. */
  record Shot(
      String dataset, String label, String mediaId, String group, String sha256, int instances) {}

  private final int shots;
  private final TreeMap<String, Shot> chosen = new TreeMap<>();
  private final Map<String, String> hashOfGroup = new HashMap<>();

  ShotSelection(int shots) {
    this.shots = shots;
  }

  /** Returns the key by which an image is ordered. */
  static String hash(long seed, String dataset, String label, String mediaId) {
    return Hashing.hex(seed + "|" + dataset + "|" + label + "|" + mediaId);
  }

  /** Offers an image. */
  void offer(Shot shot) {
    String before = hashOfGroup.get(shot.group());
    if (before != null && before.compareTo(shot.sha256()) <= 0) {
      return;
    }
    if (before != null) {
      chosen.remove(before);
    }
    chosen.put(shot.sha256(), shot);
    hashOfGroup.put(shot.group(), shot.sha256());
    if (chosen.size() > shots) {
      hashOfGroup.remove(chosen.pollLastEntry().getValue().group());
    }
  }

  /** Returns the chosen images in hash order. */
  List<Shot> chosen() {
    return List.copyOf(chosen.values());
  }
}
