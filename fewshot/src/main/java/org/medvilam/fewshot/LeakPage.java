package org.medvilam.fewshot;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.medvilam.fewshot.picture.NearMatch;
import org.medvilam.fewshot.picture.PictureRef;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/**
 * Writes {@code leaks.html}: what a reviewer wants to know of leaks, on one page without network.
 */
final class LeakPage {
  private final OverlapRegister register;
  private final PairPictures pictures;
  private final ExclusionLog excluded;

  /** A part of a dataset, of which there are as many as {@code rows}. */
  private record PartRow(
      String dataset,
      boolean first,
      int rows,
      String part,
      String groups,
      String records,
      String localization,
      String use) {}

  /** A draw. */
  private record DrawRow(String seed, String images, String train, String test) {}

  /** A pool of the register that members of the subset are in. */
  private record PoolRow(
      String name, String key, List<MemberRow> members, String evidence, String source) {}

  /** A member of a pool. */
  private record MemberRow(String dataset, String join, boolean here, boolean confirmed) {}

  /** What became of a dataset's pictures. */
  private record PictureRow(
      String dataset, String compared, String blank, String bytesOnly, String unread) {}

  /** A kind of reason, with examples. */
  private record ReasonRow(String summary, String count, List<ExampleRow> examples) {}

  /** A record left out. */
  private record ExampleRow(
      String record, String group, String reason, String training, String heldOut) {}

  /** Everything the template names; the template escapes what it inserts. */
  private record Page(
      String title,
      String shots,
      String method,
      List<DrawRow> draws,
      List<PartRow> parts,
      List<PoolRow> pools,
      String comparison,
      boolean perceptual,
      int maxBits,
      double maxError,
      boolean compared,
      List<PictureRow> pictures,
      String excluded,
      List<ReasonRow> reasons,
      List<String> unproven,
      List<String> notes,
      List<String> shortfalls,
      List<FewshotReport.Chosen> chosen,
      String style) {}

  LeakPage(OverlapRegister register, PictureRef.Stores stores, ExclusionLog excluded) {
    this.register = register;
    this.pictures = new PairPictures(stores);
    this.excluded = excluded;
  }

  /** Writes the page of one draw, or of several from the same runs. */
  void write(Store output, List<FewshotReport> reports) throws IOException {
    String html =
        Mustache.compiler()
            .nullValue("")
            .compile(resource("leaks.mustache"))
            .execute(page(reports));
    String temporary = Fewshot.PAGE + RunFolder.TEMPORARY;
    try (OutputStream out = output.write(temporary)) {
      out.write(html.getBytes(StandardCharsets.UTF_8));
    }
    output.move(temporary, Fewshot.PAGE);
  }

  private Page page(List<FewshotReport> reports) throws IOException {
    FewshotReport any = reports.get(0);
    LeakReport leaks = any.leaks();
    Set<String> datasets = leaks.inputs().keySet();
    return new Page(
        String.join(", ", datasets),
        shots(any),
        any.method(),
        reports.stream().map(LeakPage::draw).toList(),
        parts(leaks),
        register.pools().stream()
            .filter(p -> !p.among(datasets).isEmpty())
            .map(p -> pool(p, datasets))
            .toList(),
        leaks.comparison(),
        leaks.comparison().equals("perceptual"),
        NearMatch.MAX_BITS,
        NearMatch.MAX_ERROR,
        !leaks.comparison().equals("none"),
        pictures(leaks),
        count(leaks.excludedRecords()),
        reasons(),
        leaks.unproven(),
        leaks.notes(),
        shortfalls(reports),
        reports.size() == 1 ? any.chosen() : List.of(),
        resource("leaks.css"));
  }

  private static String shots(FewshotReport report) {
    String what = report.method().equals("instances") ? "instances" : "pictures";
    String least = report.method().equals("glip") ? "at least " : "";
    return "%s%s %s of each %s".formatted(least, count(report.shots()), what, report.per());
  }

  private static DrawRow draw(FewshotReport report) {
    return new DrawRow(
        Long.toString(report.seed()),
        count(report.images()),
        count(report.records().getOrDefault("train", 0L)),
        count(report.records().getOrDefault("test", 0L)));
  }

  private static List<PartRow> parts(LeakReport leaks) {
    List<PartRow> rows = new ArrayList<>();
    leaks
        .parts()
        .forEach(
            (dataset, byPart) -> {
              boolean first = true;
              for (String part : List.of("train", "validation", "test", LeakScan.NO_PART)) {
                if (byPart.containsKey(part)) {
                  LeakReport.Part n = byPart.get(part);
                  rows.add(
                      new PartRow(
                          dataset,
                          first,
                          byPart.size(),
                          part,
                          count(n.groups()),
                          count(n.records()),
                          count(n.localization()),
                          use(part)));
                  first = false;
                }
              }
            });
    return rows;
  }

  private static String use(String part) {
    return switch (part) {
      case "train" -> "shots are drawn from it";
      case "validation" -> "held out, not written";
      case "test" -> "held out, localization written";
      default -> "not used";
    };
  }

  private static PoolRow pool(OverlapPool pool, Set<String> datasets) {
    List<MemberRow> members =
        pool.members().stream()
            .map(
                m ->
                    new MemberRow(
                        m.dataset(),
                        m.join().words(),
                        datasets.contains(m.dataset()),
                        Boolean.TRUE.equals(m.confirmed())))
            .toList();
    return new PoolRow(pool.name(), pool.key(), members, pool.evidence(), pool.source());
  }

  private static List<PictureRow> pictures(LeakReport leaks) {
    return leaks.pictures().entrySet().stream()
        .map(
            e ->
                new PictureRow(
                    e.getKey(),
                    count(e.getValue().compared),
                    count(e.getValue().blank),
                    count(e.getValue().bytesOnly),
                    count(e.getValue().unread())))
        .toList();
  }

  private List<ReasonRow> reasons() throws IOException {
    List<ReasonRow> rows = new ArrayList<>();
    for (String summary : excluded.counts().keySet()) {
      List<ExampleRow> examples = new ArrayList<>();
      for (ExclusionLog.Example e : excluded.examples(summary)) {
        examples.add(
            new ExampleRow(
                e.instruction().id(),
                e.instruction().group(),
                e.conflict().reason(),
                pictures.training(e),
                pictures.heldOut(e)));
      }
      rows.add(new ReasonRow(summary, count(excluded.counts().get(summary)), examples));
    }
    return rows;
  }

  private static List<String> shortfalls(List<FewshotReport> reports) {
    List<String> lines = new ArrayList<>();
    for (FewshotReport report : reports) {
      String seed = reports.size() == 1 ? "" : "seed " + report.seed() + ", ";
      report.shortfalls().forEach(s -> lines.add(seed + s));
    }
    return lines;
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = LeakPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("expected the resource " + name + " in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
