package org.medvilam.transforms;

import java.io.Serializable;
import java.util.List;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;

/**
 * What became of a shard.
 *
 * @param spec the shard
 * @param files its file of records, the index of it where the format has one and, where pictures
 *     were drawn, the list of them
 * @param counts what went in and came out
 */
public record ShardSummary(ShardSpec spec, List<Manifest.FileEntry> files, Counts counts)
    implements Serializable {
  /** Copies the list. */
  public ShardSummary {
    files = List.copyOf(files);
  }
}
