package org.medvilam.fewshot;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.SortedMap;

/**
 * What {@code fewshot.json} says of several seeds.
 *
 * @param seeds the draws, in the order of the command line
 * @param shots pictures or instances asked for per label or dataset
 * @param per {@code label} or {@code dataset}
 * @param method {@code label}, {@code glip} or {@code instances}
 * @param leaks what was compared, left out and not proven, the same for all
 */
record SeedsReport(
    List<Seed> seeds, int shots, String per, String method, @JsonUnwrapped LeakReport leaks) {
  /**
   * A draw.
   *
   * @param seed its seed
   * @param folder where it lies
   * @param images different images chosen
   * @param shortfalls labels with fewer images than asked for
   * @param records number of records by split
   */
  record Seed(
      long seed,
      String folder,
      long images,
      List<FewshotReport.Shortfall> shortfalls,
      SortedMap<String, Long> records) {}

  static SeedsReport of(List<FewshotReport> reports) {
    FewshotReport any = reports.get(0);
    return new SeedsReport(
        reports.stream()
            .map(r -> new Seed(r.seed(), folder(r.seed()), r.images(), r.shortfalls(), r.records()))
            .toList(),
        any.shots(),
        any.per(),
        any.method(),
        any.leaks());
  }

  /** Returns the folder of a seed's subset. */
  static String folder(long seed) {
    return "seed-" + seed;
  }
}
