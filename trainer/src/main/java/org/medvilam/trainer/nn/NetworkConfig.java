package org.medvilam.trainer.nn;

/**
 * The shape of a whole network.
 *
 * @param vision the vision transformer
 * @param decoder the language decoder
 */
public record NetworkConfig(VisionConfig vision, DecoderConfig decoder) {}
