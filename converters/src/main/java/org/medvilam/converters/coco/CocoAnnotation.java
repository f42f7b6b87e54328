package org.medvilam.converters.coco;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code annotations}.
 *
 * @param position {@code annotation <id>}, for messages and records
 * @param categoryId id of its category, or null where it names none
 * @param category name of its category as the owners write it, or null where no category has the id
 * @param crowd whether it marks a group of things, {@code iscrowd}
 * @param bbox {@code bbox} as it stands
 * @param segmentation {@code segmentation} as it stands
 */
public record CocoAnnotation(
    String position,
    @Nullable String categoryId,
    @Nullable String category,
    boolean crowd,
    @Nullable JsonNode bbox,
    @Nullable JsonNode segmentation) {

  /** Returns the same annotation under the name of its category. */
  CocoAnnotation named(@Nullable String name) {
    return new CocoAnnotation(position, categoryId, name, crowd, bbox, segmentation);
  }
}
