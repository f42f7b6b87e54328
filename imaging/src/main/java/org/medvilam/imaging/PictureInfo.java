package org.medvilam.imaging;

/**
 * What the header of a picture declares.
 *
 * @param format lower-case format name, e.g. {@code png}
 * @param width stored columns
 * @param height stored rows
 */
public record PictureInfo(String format, int width, int height) {}
