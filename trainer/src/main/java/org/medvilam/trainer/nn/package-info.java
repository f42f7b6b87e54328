/**
 * The network: a vision transformer, a projection and a language decoder on ND4J arrays, each layer
 * with its own forward and hand-derived backward pass. Everything works in the data type of the
 * parameters: single precision in use, double precision in the gradient tests.
 */
package org.medvilam.trainer.nn;
