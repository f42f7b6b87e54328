package org.medvilam.transforms;

import java.io.Serializable;

/**
 * One unit of work.
 *
 * @param name e.g. {@code train-00000-of-00004}
 * @param items number of items in its list
 * @param sha256 checksum of its item list, salted with the job's arguments
 */
public record ShardSpec(String name, int items, String sha256) implements Serializable {}
