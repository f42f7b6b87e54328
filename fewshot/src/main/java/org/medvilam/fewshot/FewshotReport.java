package org.medvilam.fewshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code fewshot.json}, but for the exclusions, which may be many and are only
 * there.
 *
 * @param seed seed of the draw
 * @param shots pictures or instances asked for per label or dataset
 * @param per {@code label} or {@code dataset}
 * @param method {@code label}, {@code glip} or {@code instances}
 * @param chosen chosen images in the order of dataset, label and hash
 * @param shortfalls labels with fewer images than asked for
 * @param records number of records by split
 * @param leaks what was compared, left out and not proven
 */
public record FewshotReport(
    long seed,
    int shots,
    String per,
    String method,
    List<Chosen> chosen,
    List<Shortfall> shortfalls,
    SortedMap<String, Long> records,
    @JsonUnwrapped LeakReport leaks) {
  /** Copies the lists. */
  public FewshotReport {
    chosen = List.copyOf(chosen);
    shortfalls = List.copyOf(shortfalls);
  }

  /**
   * A chosen image.
   *
   * @param dataset its dataset
   * @param label the label it was chosen for, empty when drawn per dataset
   * @param mediaId its id
   * @param group its group
   * @param sha256 hash that ordered it
   * @param instances instances of the label in it, where they count
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Chosen(
      String dataset,
      String label,
      @JsonProperty("media_id") String mediaId,
      String group,
      String sha256,
      @Nullable Integer instances) {}

  /**
   * A label with too few images.
   *
   * @param dataset its dataset
   * @param label the label
   * @param available images of different groups, or instances in them, that there were
   * @param asked images or instances asked for
   */
  public record Shortfall(String dataset, String label, int available, int asked) {
    @Override
    public String toString() {
      return "%s/%s: %d of %d available".formatted(dataset, label, available, asked);
    }
  }

  /** Returns the number of different images chosen. */
  public long images() {
    return chosen.stream().map(c -> c.dataset() + "\n" + c.mediaId()).distinct().count();
  }
}
