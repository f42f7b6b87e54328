package org.medvilam.fewshot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Images in hash order whose instances add up to a number, at most one per group.
 *
 * <p>Of images with n instances only the first in hash order can be needed: at most K/n of them
 * fit, and at most K are stepped over because their group is taken. So memory is that of the shots,
 * and images may come in any order.
 */
final class InstanceSelection {
  private static final int[] STEPS = {1, 2, 3, 5};

  private final int shots;
  private final SortedMap<Integer, ShotSelection> byInstances = new TreeMap<>();

  InstanceSelection(int shots) {
    this.shots = shots;
  }

  /** Offers an image with the number of its instances. */
  void offer(ShotSelection.Shot shot) {
    int n = shot.instances();
    if (n <= shots) {
      byInstances.computeIfAbsent(n, k -> new ShotSelection(shots + shots / n)).offer(shot);
    }
  }

  /** Returns the chosen images in hash order. */
  List<ShotSelection.Shot> chosen() {
    List<ShotSelection.Shot> walk = new ArrayList<>();
    byInstances.values().forEach(s -> walk.addAll(s.chosen()));
    walk.sort(Comparator.comparing(ShotSelection.Shot::sha256));
    Set<String> groups = new HashSet<>();
    List<ShotSelection.Shot> chosen = new ArrayList<>();
    int total = 0;
    for (int quota : quotas()) {
      for (ShotSelection.Shot shot : walk) {
        if (total + shot.instances() <= quota && groups.add(shot.group())) {
          chosen.add(shot);
          total += shot.instances();
        }
      }
    }
    chosen.sort(Comparator.comparing(ShotSelection.Shot::sha256));
    return chosen;
  }

  /** Returns the draws that this one is grown from, in ascending order, itself last. */
  private List<Integer> quotas() {
    List<Integer> quotas = new ArrayList<>();
    for (int ten = 1; ten < shots; ten *= 10) {
      for (int step : STEPS) {
        if (step * ten < shots) {
          quotas.add(step * ten);
        }
      }
    }
    quotas.add(shots);
    return quotas;
  }
}
