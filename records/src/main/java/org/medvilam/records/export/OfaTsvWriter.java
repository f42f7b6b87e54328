package org.medvilam.records.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Task;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.store.Store;

/**
 * OmniFM-DR's tab-separated rows (its {@code joint_multi_instructs_dataset.py}), one per picture
 * and layout.
 *
 * <p>Its reader splits lines at tabs and knows no quotes, so a text that holds a separator cannot
 * be written. Boxes and outlines are pixels of the stored picture.
 */
final class OfaTsvWriter implements TargetWriter {
  private static final String AND = "&&";
  private static final String TAG_JOIN = ", ";

  private final int points;
  private final SplitFiles localization;
  private final SplitFiles segmentation;
  private final SplitFiles report;

  OfaTsvWriter(int points, Store output) {
    this.points = points == 0 ? InstructionOptions.PAPER_POINTS : points;
    this.localization = new SplitFiles(output, "tsv/localization-%s.tsv", "", "");
    this.segmentation = new SplitFiles(output, "tsv/segmentation-%s.tsv", "", "");
    this.report = new SplitFiles(output, "tsv/report-%s.tsv", "", "");
  }

  @Override
  public @Nullable Problem problem(
      InstructionRecord r, List<InstructionRecord> medium, String path) {
    if (breaksLines(path) || breaksLines(uniqueId(r)) || breaksLines(r.group())) {
      return new Problem(
          "id-with-separator", "expected a path and ids without tabs and line breaks");
    }
    return switch (r.task()) {
      case LOCALIZATION -> first(labelProblem(r.label(), ",", AND), Regions.boxProblem(r));
      case SEGMENTATION -> first(labelProblem(r.label(), AND), Regions.outlineProblem(r));
      case CLASSIFICATION -> first(labelProblem(r.label(), AND), pathProblem(path));
      case REPORT_GENERATION -> first(textProblem(r.answer()), pathProblem(path));
      case VQA ->
          new Problem("no-layout", "expected a task that OmniFM-DR has rows for, found vqa");
    };
  }

  private static @Nullable Problem first(@Nullable Problem one, @Nullable Problem other) {
    return one != null ? one : other;
  }

  private static @Nullable Problem labelProblem(String label, String... separators) {
    for (String separator : separators) {
      if (label.contains(separator)) {
        return new Problem(
            "label-with-separator",
            "expected a label without '%s': %s".formatted(separator, label));
      }
    }
    return breaksLines(label)
        ? new Problem("label-with-separator", "expected a label without tabs and line breaks")
        : null;
  }

  private static @Nullable Problem pathProblem(String path) {
    return path.contains(",")
        ? new Problem("path-with-separator", "expected a path without ',': " + path)
        : null;
  }

  private static @Nullable Problem textProblem(String text) {
    return text.contains(AND)
        ? new Problem("text-with-separator", "expected a report without '&&', found one with it")
        : null;
  }

  private static boolean breaksLines(String text) {
    return text.indexOf('\t') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }

  @Override
  public void write(List<InstructionRecord> records, String path) throws IOException {
    localize(of(records, Task.LOCALIZATION), path);
    segment(of(records, Task.SEGMENTATION), path);
    report(of(records, Task.CLASSIFICATION), of(records, Task.REPORT_GENERATION), path);
  }

  private static List<InstructionRecord> of(List<InstructionRecord> records, Task task) {
    return records.stream().filter(r -> r.task() == task).toList();
  }

  private void localize(List<InstructionRecord> records, String path) throws IOException {
    if (records.isEmpty()) {
      return;
    }
    Map<String, StringJoiner> byLabel = new LinkedHashMap<>();
    for (InstructionRecord r : records) {
      StringJoiner boxes = byLabel.computeIfAbsent(r.label(), k -> new StringJoiner(","));
      for (Box b : r.nativeRegions().boxes()) {
        boxes.add(Regions.pixels(b.x1())).add(Regions.pixels(b.y1()));
        boxes.add(Regions.pixels(b.x2())).add(Regions.pixels(b.y2()));
      }
    }
    InstructionRecord first = records.get(0);
    ExportFile file = localization.of(first);
    row(
        file,
        Long.toString(file.entries()),
        uniqueId(first),
        String.join(",", byLabel.keySet()),
        String.join(AND, byLabel.values().stream().map(StringJoiner::toString).toList()),
        path);
  }

  private void segment(List<InstructionRecord> records, String path) throws IOException {
    if (records.isEmpty()) {
      return;
    }
    List<String> labels = new ArrayList<>();
    List<String> outlines = new ArrayList<>();
    for (InstructionRecord r : records) {
      for (Ring ring : r.nativeRegions().polygons()) {
        labels.add(r.label());
        outlines.add(outline(ring.sample(points)));
      }
    }
    InstructionRecord first = records.get(0);
    row(
        segmentation.of(first),
        uniqueId(first),
        String.join(AND, labels),
        String.join(AND, outlines),
        path,
        group(first, "patient"),
        group(first, "study"));
  }

  private static String outline(Ring ring) {
    StringJoiner text = new StringJoiner(",");
    for (int i = 0; i < ring.size(); i++) {
      text.add(Regions.pixels(ring.x(i))).add(Regions.pixels(ring.y(i)));
    }
    return text.toString();
  }

  private void report(List<InstructionRecord> classes, List<InstructionRecord> reports, String path)
      throws IOException {
    List<String> tags = new ArrayList<>();
    classes.forEach(r -> tags.addAll(List.of(r.label().split(TAG_JOIN, -1))));
    String joined = String.join(AND, tags);
    for (InstructionRecord r : reports) {
      report(r, r.answer().replaceAll("\\s+", " ").strip(), joined, path);
    }
    if (reports.isEmpty() && !classes.isEmpty()) {
      report(classes.get(0), joined, joined, path);
    }
  }

  private void report(InstructionRecord r, String caption, String tags, String path)
      throws IOException {
    ExportFile file = report.of(r);
    String number = Long.toString(file.entries());
    String subject = group(r, "patient");
    row(file, number, number, caption, tags, path, subject, group(r, "study"), "0");
  }

  /** Returns the name of a record's group where it is of a kind, otherwise nothing. */
  private static String group(InstructionRecord r, String kind) {
    String prefix = kind + ":";
    return r.group().startsWith(prefix) ? r.group().substring(prefix.length()) : "";
  }

  private static String uniqueId(InstructionRecord r) {
    return r.dataset() + "/" + r.media().id();
  }

  private static void row(ExportFile file, String... columns) throws IOException {
    file.line(String.join("\t", columns));
  }

  @Override
  public List<Manifest.FileEntry> finish() throws IOException {
    List<Manifest.FileEntry> entries = new ArrayList<>(localization.finish());
    entries.addAll(segmentation.finish());
    entries.addAll(report.finish());
    return entries;
  }

  @Override
  public String card() {
    return """
        Files: tab-separated, no header, no quotes, a row per picture.

        | file | columns | `--selected-cols` |
        |---|---|---|
        | `tsv/localization-SPLIT.tsv` | number, id, labels joined by `,`, boxes `x0,y0,x1,y1[,x0,...]` of each label joined by `&&`, path | `1,3,2,0,4` |
        | `tsv/segmentation-SPLIT.tsv` | id, labels joined by `&&`, outlines `x,y,x,y,...` joined by `&&`, path, subject, study | `0,3,1,2` |
        | `tsv/report-SPLIT.tsv` | number, number, report (or labels joined by `&&`), labels joined by `&&`, path, subject, study, flag 0 | `0,4,2,3,5,6` |

        An id is `dataset/media id`. A label of several outlines stands once for each. Subject and
        study are those of the record's group, empty where it is of another kind. White space in
        reports is one blank each.

        Coordinates: pixels of the stored picture, edges included, at most two decimals, rounded
        half up. Outlines have %s points at equal arc lengths. The joint dataset of OmniFM-DR reads
        pixels; its separate segmentation task multiplies by 0.512 and so expects 0..1000: scale by
        1000 / width and 1000 / height for that one. Its joint dataset adds ` lung` to the label of
        a row that has a single one.

        A label, path or report that holds a separator of its column is left out, by name.
        """
        .formatted(points);
  }
}
