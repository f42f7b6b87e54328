package org.medvilam.pipelines.stores;

import java.util.List;
import org.medvilam.records.store.Store;
import org.medvilam.transforms.store.BeamStore;
import org.medvilam.transforms.store.StoreFlags;

/** A server of remote storage on loopback, with one bucket or its like. */
interface StorageServer extends AutoCloseable {
  /** Returns the URI of the bucket, without a slash at its end. */
  String root();

  /** Returns the flags with which Beam finds the server. */
  List<String> flags();

  /** Returns a tree below the bucket. */
  default Store store(String folder) {
    BeamStore store = BeamStore.of(root() + "/" + folder, StoreFlags.complete(flags()));
    store.register();
    return store;
  }

  @Override
  void close();
}
