package org.medvilam.records.export;

import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where, when and by whom records are published; Croissant requires all three, and only who
 * publishes knows them.
 *
 * @param url page of the published records, or null
 * @param creators who made them; none where not stated
 * @param date day of publication, {@code YYYY-MM-DD}, or null
 */
public record Publication(@Nullable String url, List<String> creators, @Nullable String date) {
  /** Copies the list and checks the forms. */
  public Publication {
    creators = List.copyOf(creators);
    if (url != null && !isPage(url)) {
      throw new IllegalArgumentException("expected the URL of a page, but was: " + url);
    }
    if (date != null) {
      try {
        LocalDate.parse(date);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("expected a date YYYY-MM-DD, but was: " + date, e);
      }
    }
  }

  private static boolean isPage(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns the required properties of Croissant that are not stated. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (url == null) {
      missing.add("url");
    }
    if (creators.isEmpty()) {
      missing.add("creator");
    }
    if (date == null) {
      missing.add("datePublished");
    }
    return missing;
  }
}
