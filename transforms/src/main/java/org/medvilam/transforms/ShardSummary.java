package org.medvilam.transforms;

import java.io.Serializable;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;

/**
 * What became of a shard.
 *
 * @param spec the shard
 * @param file its file of records
 * @param counts what went in and came out
 */
public record ShardSummary(ShardSpec spec, Manifest.FileEntry file, Counts counts)
    implements Serializable {}
