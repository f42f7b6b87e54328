/**
 * Beam transforms: items to shards of records, and a finished run.
 *
 * <p>The unit of work is the shard: a contiguous range of items that one call converts, writes and
 * renames. No payload is shuffled.
 */
package org.medvilam.transforms;
