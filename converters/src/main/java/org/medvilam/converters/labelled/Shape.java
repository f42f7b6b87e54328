package org.medvilam.converters.labelled;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.Problem;
import org.medvilam.records.codec.RecordJson;

/**
 * One labelled thing of a picture, as its label file states it.
 *
 * @param position where in the label file it stands, for messages and records
 * @param label the owners' name of it, or null where they give none
 * @param type its kind in the words of the format, e.g. {@code polygon}
 * @param value its numbers as the file has them
 * @param problem why it has no region, where its listing knows, or null
 */
public record Shape(
    String position,
    @Nullable String label,
    String type,
    JsonNode value,
    @Nullable Problem problem) {
  /** Returns a shape of any numbers that Jackson writes. */
  public static Shape of(String position, @Nullable String label, String type, Object value) {
    return new Shape(position, label, type, RecordJson.mapper().valueToTree(value), null);
  }

  /** Returns a shape that has no region. */
  public static Shape broken(String position, @Nullable String label, Problem problem) {
    return new Shape(position, label, "", NullNode.getInstance(), problem);
  }
}
