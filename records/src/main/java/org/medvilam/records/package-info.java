/**
 * The domain of the toolkit: samples with their findings, and the instruction records made of them.
 *
 * <p>Nothing here knows an engine: no Beam, no DL4J, no image codec.
 */
package org.medvilam.records;
