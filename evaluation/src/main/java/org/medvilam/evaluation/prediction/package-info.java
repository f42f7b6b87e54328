/**
 * What a system answered: its file, and the coordinate spaces it may be written in.
 *
 * <p>Everything is converted to the toolkit's 0..1000 frame here and nowhere else.
 */
package org.medvilam.evaluation.prediction;
