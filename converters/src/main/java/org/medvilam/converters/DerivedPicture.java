package org.medvilam.converters;

/**
 * A picture that the toolkit draws itself, such as a slice of a volume or a frame of a video.
 *
 * @param path path in the output, below {@code images/}; {@code uri} of the media that speak of it
 * @param png the whole file; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // written once and forgotten; never compared
public record DerivedPicture(String path, byte[] png) {}
