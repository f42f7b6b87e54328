package org.medvilam.evaluation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medvilam.evaluation.score.Evaluation;

/**
 * The report on one run, or on several runs over the same records.
 *
 * <pre>{@code
 * EvaluationReport.of("Twenty shots of BUSI", List.of(zeroShot, fineTuned))
 *     .withSummary(Map.of("base model", "tiny-1"))
 *     .withNotice("The pictures are drawn; the scores mean nothing clinically.")
 *     .withLoss(losses)
 *     .withPictures(24, record -> Optional.of(png(record)))
 *     .write(Path.of("out/evaluation"));
 * }</pre>
 */
public final class EvaluationReport {
  /** Scores as JSON. */
  public static final String METRICS = "metrics.json";

  /** Scores as Markdown tables. */
  public static final String TABLE = "table.md";

  /** Everything on one page that needs no network. */
  public static final String PAGE = "report.html";

  /** Pictures shown unless said otherwise. */
  public static final int DEFAULT_PICTURES = 24;

  private final String title;
  private final List<Evaluation> runs;
  private final Map<String, String> summary;
  private final String notice;
  private final double[] loss;
  private final int pictures;
  private final PictureSource source;
  private final List<Evaluation> repeats;

  private EvaluationReport(
      String title,
      List<Evaluation> runs,
      Map<String, String> summary,
      String notice,
      double[] loss,
      int pictures,
      PictureSource source,
      List<Evaluation> repeats) {
    this.title = title;
    this.runs = runs;
    this.summary = summary;
    this.notice = notice;
    this.loss = loss;
    this.pictures = pictures;
    this.source = source;
    this.repeats = repeats;
  }

  /**
   * Returns a report with a picture grid of {@link #DEFAULT_PICTURES} frames without pictures.
   *
   * @param title what was evaluated, in a few words
   * @param runs evaluations with different names over the same records, in the order to show
   */
  public static EvaluationReport of(String title, List<Evaluation> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("expected at least one run, found none");
    }
    List<String> ids = ids(runs.get(0));
    for (Evaluation run : runs) {
      if (!ids(run).equals(ids)) {
        throw new IllegalArgumentException(
            "expected runs over the same records, found others in: " + run.name());
      }
    }
    if (runs.stream().map(Evaluation::name).distinct().count() < runs.size()) {
      throw new IllegalArgumentException("expected runs with different names, found one twice");
    }
    return new EvaluationReport(
        title,
        List.copyOf(runs),
        Map.of(),
        "",
        new double[0],
        DEFAULT_PICTURES,
        record -> Optional.empty(),
        List.of());
  }

  /** Returns the report with facts about the model and data, shown in the map's order. */
  public EvaluationReport withSummary(Map<String, String> facts) {
    Map<String, String> copy = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    return new EvaluationReport(title, runs, copy, notice, loss, pictures, source, repeats);
  }

  /** Returns the report with a banner that no reader can miss; empty for none, the default. */
  public EvaluationReport withNotice(String text) {
    return new EvaluationReport(title, runs, summary, text, loss, pictures, source, repeats);
  }

  /**
   * Returns the report with a curve of training loss; without values, the default, there is none.
   *
   * @param values loss of each step; values that are no numbers are left out and counted
   */
  public EvaluationReport withLoss(double[] values) {
    return new EvaluationReport(
        title, runs, summary, notice, values.clone(), pictures, source, repeats);
  }

  /**
   * Returns the report with pictures.
   *
   * @param count how many records to show, the first by SHA-256 of their ids; 0 for no grid
   * @param pictureSource gives the pictures; a record without one is shown as an empty frame
   */
  public EvaluationReport withPictures(int count, PictureSource pictureSource) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be non-negative, but was: " + count);
    }
    return new EvaluationReport(title, runs, summary, notice, loss, count, pictureSource, repeats);
  }

  /**
   * Returns the report with the mean and deviation of runs that differ by chance alone, as by their
   * seeds. They themselves stand in the summaries, the first of them among the pictures.
   *
   * @param names names of the runs, at least two
   */
  public EvaluationReport withRepeats(List<String> names) {
    List<Evaluation> found = runs.stream().filter(run -> names.contains(run.name())).toList();
    if (names.size() < 2 || found.size() != names.size()) {
      throw new IllegalArgumentException("expected two or more of the runs, found: " + names);
    }
    return new EvaluationReport(title, runs, summary, notice, loss, pictures, source, found);
  }

  /**
   * Writes the three files into a directory, replacing them where they exist.
   *
   * @param directory is created where it does not exist
   */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<ScoreTable> tables = ScoreTable.all(runs, repeats);
    Files.writeString(
        directory.resolve(METRICS), MetricsJson.render(title, notice, summary, runs, repeats));
    Files.writeString(directory.resolve(TABLE), MarkdownTable.render(title, notice, tables, runs));
    List<Evaluation> others = repeats.isEmpty() ? repeats : repeats.subList(1, repeats.size());
    List<Evaluation> drawn = runs.stream().filter(run -> !others.contains(run)).toList();
    PictureGrid grid = PictureGrid.of(drawn, pictures, source);
    ReportPage page =
        ReportPage.of(
            title, notice, summary, tables, runs, drawn, repeats, LossCurve.of(loss), grid);
    Files.writeString(directory.resolve(PAGE), page.render());
  }

  private static List<String> ids(Evaluation run) {
    return run.records().stream().map(scored -> scored.record().id()).toList();
  }
}
