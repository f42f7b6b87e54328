/**
 * Trees of files in {@code gs://}, {@code s3://} and {@code hdfs://}, through Beam's filesystems.
 *
 * <p>Bytes go through {@link org.apache.beam.sdk.io.FileSystems}, so retries, encryption and
 * credentials are Beam's. Folders do not: its {@code match} knows none, and has to hold all that it
 * finds, so each kind of storage lists with its own client.
 */
package org.medvilam.transforms.store;
