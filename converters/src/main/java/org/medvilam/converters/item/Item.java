package org.medvilam.converters.item;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordJson;

/**
 * An independent unit of work: an image with its rows or masks, a volume, a video.
 *
 * @param mediaId the owner's id of the medium, unique in the dataset
 * @param split the official split, the hashed one, or null
 * @param group leakage unit with its kind
 * @param annotations number of annotations it holds: each ends in a record or a rejection
 * @param source where its labels stand
 * @param payload what the dataset needs to convert it
 */
public record Item(
    String mediaId,
    @Nullable Split split,
    String group,
    int annotations,
    Source source,
    JsonNode payload) {

  /** Returns an item whose payload is any value that Jackson writes. */
  public static Item of(
      String mediaId,
      @Nullable Split split,
      String group,
      int annotations,
      Source source,
      Object payload) {
    JsonNode tree = RecordJson.mapper().valueToTree(payload);
    return new Item(mediaId, split, group, annotations, source, tree);
  }

  /** Returns the payload as the type it was written from. */
  public <T> T payload(Class<T> type) {
    try {
      return RecordJson.mapper().treeToValue(payload, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("item " + mediaId + " holds no " + type.getSimpleName(), e);
    }
  }
}
