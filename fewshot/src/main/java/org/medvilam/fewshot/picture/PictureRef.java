package org.medvilam.fewshot.picture;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.medvilam.records.Media;
import org.medvilam.records.store.Store;

/**
 * A medium of a run.
 *
 * @param dataset its dataset
 * @param part what part of the dataset it is in, e.g. {@code test}
 * @param media the medium
 */
public record PictureRef(String dataset, String part, Media media) {
  /** Returns dataset and id, e.g. {@code busi/malignant (136)}. */
  @JsonIgnore
  public String name() {
    return dataset + "/" + media.id();
  }

  /** Returns dataset and part, e.g. {@code busi test}. */
  @JsonIgnore
  public String where() {
    return dataset + " " + part;
  }

  /** Where the files of media are. */
  public interface Stores {
    /** Returns the tree that a medium's {@code uri} is relative to. */
    Store of(PictureRef picture);
  }
}
