package org.medvilam.evaluation.score;

import org.jspecify.annotations.Nullable;

/**
 * A line of a score table.
 *
 * @param dataset the dataset
 * @param label the label, or null for the whole dataset
 * @param score the score of its records
 */
public record ScoreRow(String dataset, @Nullable String label, Score score) {}
