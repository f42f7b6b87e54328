package org.medvilam.evaluation.count;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.medvilam.evaluation.report.Format;
import org.medvilam.evaluation.report.PageTemplate;

/**
 * The counts of a run on a page that needs no script and no network.
 *
 * @param title what was counted
 * @param records how many records
 * @param media how many pictures or volumes
 * @param groups how many groups
 * @param tables the count tables with their bars
 * @param plots the histograms
 * @param style the style sheet
 */
public record StatsPage(
    String title,
    String records,
    String media,
    String groups,
    List<Table> tables,
    List<Plot> plots,
    String style) {
  private static final int HEIGHT = 100;

  /** A count table. */
  record Table(String name, List<CountRow> rows) {}

  /** A histogram: bars in a frame of 100 x 100, labels below. */
  record Plot(
      Spread spread,
      String n,
      String median,
      String range,
      List<Bar> bars,
      String from,
      String to) {
    String name() {
      return spread.name();
    }

    String unit() {
      return spread.unit();
    }
  }

  /** A bar and what it says when pointed at. */
  record Bar(String x, String y, String width, String height, String title) {}

  /** Writes the page of some counts. */
  public static void write(RunStats stats, String title, Writer out) throws IOException {
    StatsPage page =
        new StatsPage(
            title,
            Format.count(stats.records()),
            Format.count(stats.media()),
            Format.count(stats.groups()),
            stats.counts().stream().map(t -> new Table(t.name(), CountRow.rows(t))).toList(),
            stats.spreads().stream().map(StatsPage::plot).toList(),
            PageTemplate.houseStyle() + PageTemplate.resource(StatsPage.class, "stats.css"));
    PageTemplate.fill(StatsPage.class, "stats.mustache", page, out);
  }

  private static Plot plot(Spread s) {
    long most = s.bins().stream().mapToLong(Spread.Bin::n).max().orElse(1);
    double width = 100.0 / s.bins().size();
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < s.bins().size(); i++) {
      Spread.Bin bin = s.bins().get(i);
      double height = HEIGHT * (double) bin.n() / most;
      bars.add(
          new Bar(
              Format.coordinate(i * width),
              Format.coordinate(HEIGHT - height),
              Format.coordinate(0.92 * width),
              Format.coordinate(height),
              "%s to below %s: %s"
                  .formatted(
                      RunStats.number(bin.from()),
                      RunStats.number(bin.to()),
                      Format.count(bin.n()))));
    }
    Spread.Bin last = s.bins().get(s.bins().size() - 1);
    return new Plot(
        s,
        Format.count(s.n()),
        RunStats.number(s.median()),
        RunStats.number(s.min()) + "–" + RunStats.number(s.max()),
        bars,
        RunStats.number(s.bins().get(0).from()),
        RunStats.number(last.to()));
  }
}
