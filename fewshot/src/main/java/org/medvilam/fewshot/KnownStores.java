package org.medvilam.fewshot;

import java.io.Serializable;
import java.util.SortedMap;
import org.medvilam.fewshot.picture.PictureRef;
import org.medvilam.records.store.Store;

/**
 * Where the pictures of datasets are.
 *
 * @param roots the trees of the datasets as their owners distribute them
 * @param runs the trees of their runs, which hold the pictures that the toolkit derived
 */
record KnownStores(SortedMap<String, Store> roots, SortedMap<String, Store> runs)
    implements PictureRef.Stores, Serializable {
  @Override
  public Store of(PictureRef picture) {
    SortedMap<String, Store> trees = Boolean.TRUE.equals(picture.media().derived()) ? runs : roots;
    Store tree = trees.get(picture.dataset());
    if (tree == null) {
      throw new IllegalStateException("no tree of " + picture.dataset() + " among " + trees);
    }
    return tree;
  }
}
