package org.medvilam.converters.item;

/**
 * Why something of the input cannot be used.
 *
 * @param reason short stable key such as {@code missing-file}
 * @param detail what was expected and what was found
 */
public record Problem(String reason, String detail) {}
