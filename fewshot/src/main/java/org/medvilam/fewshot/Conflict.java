package org.medvilam.fewshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medvilam.fewshot.picture.PictureMatch;

/**
 * Why a record must not be trained on.
 *
 * @param kind what it has in common with a held-out record
 * @param where the held-out part, e.g. {@code busi test}
 * @param reason the whole reason in words
 * @param match the held-out picture that is the same, if that is the reason
 */
record Conflict(Kind kind, String where, String reason, @Nullable PictureMatch match) {
  /** What two records have in common, the most direct first. */
  enum Kind {
    /** The group. */
    @JsonProperty("group")
    GROUP("same group as in "),
    /** The key of an overlap pool. */
    @JsonProperty("pool")
    POOL("same key in an overlap pool as in "),
    /** The picture. */
    @JsonProperty("picture")
    PICTURE("same picture as in "),
    /** A chain of other records. */
    @JsonProperty("linked")
    LINKED("linked through another record to ");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  static Conflict group(String where) {
    return new Conflict(Kind.GROUP, where, "its group is in " + where, null);
  }

  static Conflict pool(OverlapPool pool, String key, String where) {
    String reason = "%s %s, pool %s, is in %s".formatted(pool.key(), key, pool.name(), where);
    return new Conflict(Kind.POOL, where, reason, null);
  }

  static Conflict picture(PictureMatch match) {
    return new Conflict(
        Kind.PICTURE, match.heldOut().where(), "its picture " + words(match), match);
  }

  static Conflict linked(String picture, PictureMatch match) {
    String reason = "its group holds %s, whose picture %s".formatted(picture, words(match));
    return new Conflict(Kind.LINKED, match.heldOut().where(), reason, match);
  }

  static Conflict linked(String where) {
    String reason = "its group is linked through other records to one in " + where;
    return new Conflict(Kind.LINKED, where, reason, null);
  }

  private static String words(PictureMatch match) {
    String words =
        "%s %s in %s"
            .formatted(match.kind().words(), match.heldOut().name(), match.heldOut().where());
    return match.kind() == PictureMatch.Kind.LOOKS
        ? String.format(
            Locale.ROOT, "%s (%d of 64 bits, error %.4f)", words, match.bits(), match.error())
        : words;
  }

  /** Returns what records of the same kind of reason are counted under. */
  String summary() {
    return kind.words + where;
  }
}
