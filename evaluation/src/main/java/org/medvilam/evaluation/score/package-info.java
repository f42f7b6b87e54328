/**
 * The scores of localization, segmentation and classification.
 *
 * <p>Every score is a sum over records, so that a label, a dataset and a run are added up alike.
 */
package org.medvilam.evaluation.score;
