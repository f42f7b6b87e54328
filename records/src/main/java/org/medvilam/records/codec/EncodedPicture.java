package org.medvilam.records.codec;

/**
 * A picture as a file, to be stored beside the records that speak of it.
 *
 * @param extension of its form, lower case, e.g. {@code png} or {@code jpg}
 * @param data the whole file; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // written once and forgotten; never compared
public record EncodedPicture(String extension, byte[] data) {}
