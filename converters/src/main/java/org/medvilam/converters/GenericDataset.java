package org.medvilam.converters;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.store.Store;

/** A dataset known by the form of its label files, whoever made it: a team's own pictures. */
public interface GenericDataset extends Dataset {
  /**
   * Tells whether a file is a label file of this form, at a glance: by its name, its first bytes,
   * or the fields and elements it begins with.
   *
   * @return the evidence in words, or null; a file that breaks off after the evidence is claimed,
   *     and its listing says where it breaks
   */
  @Nullable String claim(Store root, String path) throws IOException;

  /**
   * Tells whether what is claimed can be nothing else.
   *
   * @param files every file of the tree
   */
  default boolean isUnmistakable(List<String> files) {
    return true;
  }
}
