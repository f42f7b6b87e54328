/**
 * The network on ONNX Runtime: graphs written by the project itself from a network's shape, on the
 * very tensors that the network holds. They are the step of fine-tuning with its hand-derived
 * backward pass, the vision transformer, and the decoder as it answers.
 */
package org.medvilam.trainer.onnx;
