package org.medvilam.evaluation.check;

import java.util.function.Function;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/**
 * Where the files of a run's media are.
 *
 * @param run the run, which holds what the toolkit derived
 * @param roots the tree of each dataset, by name
 */
record RunMedia(RunFolder run, Function<String, Store> roots) {
  Store store(String dataset, boolean derived) {
    return derived ? run.store() : roots.apply(dataset);
  }
}
