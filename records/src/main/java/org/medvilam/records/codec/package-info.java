/**
 * Records on disk: their file forms, the directory of a run, and its manifest.
 *
 * <p>A run is finished when its {@code _SUCCESS} file is there; it is written last.
 */
package org.medvilam.records.codec;
