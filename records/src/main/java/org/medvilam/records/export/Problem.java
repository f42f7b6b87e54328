package org.medvilam.records.export;

/**
 * Why a target cannot express a record.
 *
 * @param reason short stable key, e.g. {@code not-a-picture}
 * @param detail what was expected and what was found
 */
record Problem(String reason, String detail) {}
