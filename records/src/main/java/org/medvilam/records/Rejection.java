package org.medvilam.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something of the input that gave no record, by name.
 *
 * @param dataset the dataset's name
 * @param scope whether a whole item, one annotation or one part of an annotation is left out
 * @param source file and position, ids only
 * @param reason short stable key such as {@code empty-box}
 * @param detail what was expected and what was found
 * @param media id of the medium that it would speak of, or null where none is known
 */
public record Rejection(
    String dataset,
    Scope scope,
    String source,
    String reason,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String media) {
  /** Rejects something of which no medium is known, or not yet. */
  public Rejection(String dataset, Scope scope, String source, String reason, String detail) {
    this(dataset, scope, source, reason, detail, null);
  }

  /** Returns the same rejection, of something that would speak of a medium. */
  public Rejection ofMedia(String id) {
    return new Rejection(dataset, scope, source, reason, detail, id);
  }

  /** How much is left out. */
  public enum Scope {
    /** A whole item. */
    @JsonProperty("item")
    ITEM,
    /** One annotation; the item's others are kept. */
    @JsonProperty("annotation")
    ANNOTATION,
    /** One part of an annotation, such as one outline of several; the annotation is kept. */
    @JsonProperty("part")
    PART
  }
}
