package org.medvilam.evaluation.score;

import java.util.List;

/**
 * The plain mean over labels, each label of each dataset counting once whatever its size.
 *
 * @param labels number of labels
 * @param accuracy mean of their accuracies
 * @param meanIou mean of their mean overlaps
 */
public record LabelMean(int labels, double accuracy, double meanIou) {
  static LabelMean of(List<Score> scores) {
    int n = scores.size();
    return new LabelMean(
        n,
        scores.stream().mapToDouble(Score::accuracy).sum() / n,
        scores.stream().mapToDouble(Score::meanIou).sum() / n);
  }
}
