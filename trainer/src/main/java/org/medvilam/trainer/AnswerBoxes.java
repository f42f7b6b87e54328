package org.medvilam.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the boxes of an answer and compares them with the true ones. */
final class AnswerBoxes {
  private static final Pattern BOX = Pattern.compile("\\[(\\d+), (\\d+), (\\d+), (\\d+)]");
  private static final double HIT = 0.5;

  private AnswerBoxes() {}

  /** Returns the boxes of an answer that consists of boxes joined by "; ", else none. */
  static List<int[]> parse(String answer) {
    List<int[]> boxes = new ArrayList<>();
    Matcher matcher = BOX.matcher(answer);
    int at = 0;
    while (matcher.find() && answer.substring(at, matcher.start()).equals(at == 0 ? "" : "; ")) {
      int[] box = new int[4];
      for (int i = 0; i < 4; i++) {
        box[i] = Integer.parseInt(matcher.group(i + 1));
      }
      boxes.add(box);
      at = matcher.end();
    }
    return at == answer.length() ? boxes : List.of();
  }

  /** Counts the true boxes hit, each found box used once, best overlaps first. */
  static int hits(List<int[]> truth, List<int[]> found) {
    boolean[] used = new boolean[found.size()];
    int hits = 0;
    for (int[] box : truth) {
      int best = -1;
      for (int i = 0; i < used.length; i++) {
        boolean better = best < 0 || iou(box, found.get(i)) > iou(box, found.get(best));
        if (!used[i] && better) {
          best = i;
        }
      }
      if (best >= 0 && iou(box, found.get(best)) >= HIT) {
        used[best] = true;
        hits++;
      }
    }
    return hits;
  }

  static double iou(int[] a, int[] b) {
    double width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
    double height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
    double shared = Math.max(0, width) * Math.max(0, height);
    double all = area(a) + area(b) - shared;
    return all > 0 ? shared / all : 0;
  }

  private static double area(int[] box) {
    return Math.max(0, (double) box[2] - box[0]) * Math.max(0, box[3] - box[1]);
  }
}
