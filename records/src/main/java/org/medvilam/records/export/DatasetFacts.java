package org.medvilam.records.export;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said of a dataset whose records are exported.
 *
 * @param name the dataset's name
 * @param title the owners' title
 * @param citation who to cite
 * @param licence the owners' terms, in a few words
 * @param modality e.g. {@code ultrasound}
 * @param group the unit that is never split, e.g. {@code patient}
 * @param splits whose splits are followed, in words
 */
public record DatasetFacts(
    String name,
    String title,
    String citation,
    String licence,
    String modality,
    String group,
    String splits) {
  private static final Pattern CREATIVE_COMMONS =
      Pattern.compile("CC (BY(?:-NC)?(?:-ND|-SA)?) (\\d\\.\\d)");
  private static final String ZERO = "CC0 1.0";

  /** Returns what can be said of a dataset that no catalogue knows. */
  public static DatasetFacts unknown(String name) {
    String unknown = "not known to the catalogue";
    return new DatasetFacts(name, name, unknown, unknown, unknown, unknown, unknown);
  }

  /**
   * Returns the licence's id, e.g. {@code cc-by-4.0}, where it is Creative Commons' and no more.
   */
  Optional<String> licenceId() {
    if (licence.equals(ZERO)) {
      return Optional.of("cc0-1.0");
    }
    Matcher m = CREATIVE_COMMONS.matcher(licence);
    return m.matches()
        ? Optional.of("cc-" + m.group(1).toLowerCase(Locale.ROOT) + "-" + m.group(2))
        : Optional.empty();
  }

  /** Returns the licence's page, where it is Creative Commons' and no more. */
  Optional<String> licenceUrl() {
    String base = "https://creativecommons.org/";
    if (licence.equals(ZERO)) {
      return Optional.of(base + "publicdomain/zero/1.0/");
    }
    Matcher m = CREATIVE_COMMONS.matcher(licence);
    return m.matches()
        ? Optional.of(
            "%slicenses/%s/%s/".formatted(base, m.group(1).toLowerCase(Locale.ROOT), m.group(2)))
        : Optional.empty();
  }
}
