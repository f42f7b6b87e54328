/**
 * Proportions, agreement and paired tests of ratings.
 *
 * <p>Distributions come from Apache Commons Statistics; what is undefined is null, never a number.
 */
package org.medvilam.evaluation.statistic;
