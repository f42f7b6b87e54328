/**
 * The geometry of findings: outlines, boxes, masks and their intersection over union.
 *
 * <p>Native coordinates live in the pixel-edge frame: pixel (i, j) covers [i, i+1) x [j, j+1), x to
 * the right, y down, origin in the top-left corner. Grid coordinates are integers 0..1000.
 */
package org.medvilam.records.geometry;
