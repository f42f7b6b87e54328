/**
 * The network on ONNX Runtime: graphs written by the project itself from a network's shape, forward
 * and hand-derived backward, on the very tensors that the network holds.
 */
package org.medvilam.trainer.onnx;
