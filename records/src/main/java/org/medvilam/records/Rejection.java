package org.medvilam.records;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Something of the input that gave no record, by name.
 *
 * @param dataset the dataset's name
 * @param scope whether a whole item, one annotation or one part of an annotation is left out
 * @param source file and position, ids only
 * @param reason short stable key such as {@code empty-box}
 * @param detail what was expected and what was found
 */
public record Rejection(String dataset, Scope scope, String source, String reason, String detail) {
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
