package org.medvilam.evaluation.study;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.medvilam.evaluation.report.Format;
import org.medvilam.evaluation.report.PageTemplate;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;

/**
 * The report on a study.
 *
 * @param result what it found
 */
public record StudyReport(StudyResult result) {
  /** The result as JSON. */
  public static final String JSON = "study.json";

  /** The result on a page that needs no network. */
  public static final String PAGE = "study.html";

  /** A figure of the summary. */
  record Headline(String what, String value, String detail) {}

  /** What the page's template names. */
  record Page(
      String study,
      String systems,
      int records,
      int raters,
      List<String> notices,
      List<Headline> headlines,
      List<StudyTable> tables,
      String style) {}

  /** Returns the tables as text. */
  public String text() {
    return StudyTables.all(result).stream().map(StudyTable::text).collect(Collectors.joining("\n"));
  }

  /** Returns what a reader must know before believing the numbers. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>();
    if (result.ties() != result.declared()) {
      notices.add(
          "The pages declared that equal answers %s; here they %s."
              .formatted(result.declared().rule(), result.ties().rule()));
    }
    for (StudyResult.Received form : result.forms()) {
      int missing = form.missing().size();
      if (missing > 0 && form.answered() > 0) {
        notices.add(
            "%s left %d of %d items without an answer: %s."
                .formatted(form.rater(), missing, form.items(), names(form.missing())));
      } else if (missing > 0) {
        notices.add("%s answered none of %d items.".formatted(form.rater(), form.items()));
      }
    }
    return notices;
  }

  /** Writes the two files into a directory, replacing them where they exist. */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    RunFolder.writeJson(LocalStore.of(directory), JSON, result);
    Page page =
        new Page(
            result.study(),
            String.join(", ", result.systems()),
            result.records(),
            (int) result.forms().stream().filter(f -> f.answered() > 0).count(),
            notices(),
            headlines(),
            StudyTables.all(result),
            PageTemplate.houseStyle() + PageTemplate.resource(StudyReport.class, "study.css"));
    try (Writer out = Files.newBufferedWriter(directory.resolve(PAGE), StandardCharsets.UTF_8)) {
      PageTemplate.fill(StudyReport.class, "study.mustache", page, out);
    }
  }

  private List<Headline> headlines() {
    List<Headline> headlines = new ArrayList<>();
    for (Preference p : result.preferences()) {
      Double share = p.preferred().proportion();
      if (p.over().equals(Preference.RECORDS) && share != null) {
        headlines.add(
            new Headline(
                p.first() + " better than " + p.second(),
                Format.percent(share),
                "95 %% CI %s, p %s, n\u00a0=\u00a0%d"
                    .formatted(
                        Format.percent(p.preferred().wilson95()),
                        StudyTables.p(p.p()),
                        p.preferred().trials())));
      }
    }
    for (SystemRating r : result.ratings()) {
      Double share = r.acceptable().records().proportion();
      if (share != null) {
        headlines.add(
            new Headline(
                r.system() + ", acceptable",
                Format.percent(share),
                "95 %% CI %s, n\u00a0=\u00a0%d"
                    .formatted(
                        Format.percent(r.acceptable().records().wilson95()),
                        r.acceptable().records().trials())));
      }
    }
    return headlines;
  }

  private static String names(List<String> codes) {
    int shown = 20;
    String names = codes.stream().limit(shown).collect(Collectors.joining(", "));
    return codes.size() > shown
        ? names + " and %d more, all in %s".formatted(codes.size() - shown, JSON)
        : names;
  }
}
