package org.medvilam.records.geometry;

/**
 * A region given by its pixels.
 *
 * @param mask the pixels, of the size of the image
 * @param instances whether each component is a finding of its own (a semantic mask), or all of them
 *     together are one (a mask file per finding)
 */
public record MaskRegion(Mask mask, boolean instances) implements Region {}
