package org.medvilam.fewshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.SortedMap;

/**
 * The content of {@code fewshot.json}.
 *
 * @param seed seed of the draw
 * @param shots images asked for per label or dataset
 * @param per {@code label} or {@code dataset}
 * @param inputs fingerprint of each dataset's run
 * @param chosen chosen images in the order of dataset, label and hash
 * @param shortfalls labels with fewer images than asked for
 * @param exclusions training records whose group is held out, with the reason
 * @param unproven checks that could not be made, and why
 * @param notes what else a reader must know, such as where the test part comes from
 * @param records number of records by split
 */
public record FewshotReport(
    long seed,
    int shots,
    String per,
    SortedMap<String, String> inputs,
    List<Chosen> chosen,
    List<Shortfall> shortfalls,
    List<Exclusion> exclusions,
    List<String> unproven,
    List<String> notes,
    SortedMap<String, Long> records) {
  /** Copies the lists. */
  public FewshotReport {
    chosen = List.copyOf(chosen);
    shortfalls = List.copyOf(shortfalls);
    exclusions = List.copyOf(exclusions);
    unproven = List.copyOf(unproven);
    notes = List.copyOf(notes);
  }

  /**
   * A chosen image.
   *
   * @param dataset its dataset
   * @param label the label it was chosen for, empty when drawn per dataset
   * @param mediaId its id
   * @param group its group
   * @param sha256 hash that ordered it
   */
  public record Chosen(
      String dataset,
      String label,
      @JsonProperty("media_id") String mediaId,
      String group,
      String sha256) {}

  /**
   * A label with too few images.
   *
   * @param dataset its dataset
   * @param label the label
   * @param available images of different groups that there were
   * @param asked images asked for
   */
  public record Shortfall(String dataset, String label, int available, int asked) {
    @Override
    public String toString() {
      return "%s/%s: %d of %d available".formatted(dataset, label, available, asked);
    }
  }

  /**
   * A training record left out.
   *
   * @param record its id
   * @param group its group
   * @param reason which held-out part it would leak into
   */
  public record Exclusion(String record, String group, String reason) {}
}
