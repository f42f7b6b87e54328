package org.medvilam.records.store;

/**
 * A child of a folder.
 *
 * @param name last name of its path
 * @param folder whether it is a folder
 * @param bytes size of a file, 0 for a folder
 */
public record StoreEntry(String name, boolean folder, long bytes) {}
