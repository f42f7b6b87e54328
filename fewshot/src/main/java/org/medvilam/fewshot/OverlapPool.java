package org.medvilam.fewshot;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;

/**
 * Datasets that share pictures.
 *
 * @param name name of the pool
 * @param key what the members' names lead to, in words
 * @param members the datasets, also those that the catalogue does not have yet
 * @param join how members join that do not say it themselves
 * @param pattern their regular expression, or null
 * @param evidence what was read
 * @param source where it was read
 * @param confirmed whether it was read, not remembered
 */
record OverlapPool(
    String name,
    String key,
    List<Member> members,
    Join join,
    @Nullable String pattern,
    String evidence,
    String source,
    boolean confirmed) {

  /** How the records of a member find those of another. */
  enum Join {
    /** By the group. */
    @JsonProperty("group")
    GROUP("group"),
    /** By the last name of the picture's path, or the picture's id. */
    @JsonProperty("file-name")
    FILE_NAME("file name"),
    /** By the picture alone: names were changed. */
    @JsonProperty("picture")
    PICTURE("picture");

    private final String words;

    Join(String words) {
      this.words = words;
    }

    /** Returns how in words. */
    String words() {
      return words;
    }
  }

  /**
   * A dataset of a pool.
   *
   * @param dataset its name in the catalogue
   * @param join how it joins
   * @param pattern regular expression whose first group, found in the group or file name, is the
   *     key; null where the whole name is
   * @param confirmed whether its membership was read, not remembered
   */
  record Member(
      String dataset, @Nullable Join join, @Nullable Pattern pattern, @Nullable Boolean confirmed) {

    /** Takes a member as it is written. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    Member {}

    /** Reads a member that is like its pool. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Member like(String dataset) {
      return new Member(dataset, null, null, null);
    }

    /** Returns the key of a record of this dataset, or empty where its names do not lead to one. */
    Optional<String> key(InstructionRecord r) {
      if (join == Join.GROUP) {
        return find(r.group());
      }
      String uri = r.media().uri();
      return find(uri.substring(uri.lastIndexOf('/') + 1)).or(() -> find(r.media().id()));
    }

    private Optional<String> find(String name) {
      if (pattern == null) {
        return Optional.of(name);
      }
      Matcher matcher = pattern.matcher(name);
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
  }

  /** Gives members what they did not say themselves. */
  OverlapPool {
    Join common = join;
    Pattern each = pattern == null ? null : Pattern.compile(pattern);
    boolean read = confirmed;
    members =
        members.stream()
            .map(
                m ->
                    new Member(
                        m.dataset,
                        m.join == null ? common : m.join,
                        m.pattern == null && (m.join == null || m.join == common)
                            ? each
                            : m.pattern,
                        m.confirmed == null ? read : m.confirmed && read))
            .toList();
  }

  /** Returns a dataset's membership. */
  Optional<Member> member(String dataset) {
    return members.stream().filter(m -> m.dataset.equals(dataset)).findFirst();
  }

  /** Returns the members among some datasets. */
  List<Member> among(Collection<String> datasets) {
    return members.stream().filter(m -> datasets.contains(m.dataset)).toList();
  }
}
