/**
 * The contract of a dataset, and the catalogue of those that the toolkit knows.
 *
 * <p>A dataset lists its items and turns each into samples; it knows no engine and keeps no state.
 */
package org.medvilam.converters;
