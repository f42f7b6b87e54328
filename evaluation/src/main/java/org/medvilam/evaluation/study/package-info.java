/**
 * The clinical evaluation: blinded pages for raters, and the statistics of what they answered.
 *
 * <p>Every order and every side is drawn by hash; the key that undoes the blinding is a file of its
 * own.
 */
package org.medvilam.evaluation.study;
