package org.medvilam.evaluation.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.medvilam.evaluation.score.CompatScore;
import org.medvilam.evaluation.score.Evaluation;

/** The score tables as Markdown. */
final class MarkdownTable {
  private MarkdownTable() {}

  static String render(
      String title, String notice, List<ScoreTable> tables, List<Evaluation> runs) {
    StringBuilder text = new StringBuilder("# ").append(cell(title)).append('\n');
    if (!notice.isEmpty()) {
      text.append("\n> ").append(cell(notice)).append('\n');
    }
    for (ScoreTable table : tables) {
      text.append("\n## ").append(table.heading()).append("\n\n");
      append(text, table, runs.size() > 1);
    }
    if (!runs.get(0).compat().isEmpty()) {
      text.append("\n## Acc@0.5 by other papers' rules, single-box records only\n\n");
      appendCompat(text, runs);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, ScoreTable table, boolean several) {
    List<String> header = new ArrayList<>(List.of("Dataset / label"));
    if (several) {
      header.add("Run");
    }
    header.add("n");
    if (table.hasAccuracy()) {
      header.addAll(List.of(table.accuracyName() + " (%)", "95 % CI"));
    }
    if (table.hasIou()) {
      header.add("mIoU");
    }
    header.addAll(List.of("Unparsable", "Missing"));
    if (table.hasExtra()) {
      header.add("Extra");
    }
    head(text, header, several ? 2 : 1);
    for (ScoreTable.Line line : table.lines()) {
      for (ScoreTable.Cells cells : line.runs()) {
        row(text, row(table, line, cells, several));
      }
    }
  }

  private static List<String> row(
      ScoreTable table, ScoreTable.Line line, ScoreTable.Cells cells, boolean several) {
    boolean label = line.kind() == ScoreTable.Kind.LABEL;
    List<String> row = new ArrayList<>();
    row.add(label ? "– " + cell(line.name()) : "**" + cell(line.name()) + "**");
    if (several) {
      row.add(cell(cells.run()));
    }
    row.add(cells.n());
    if (table.hasAccuracy()) {
      row.addAll(List.of(cells.accuracy(), cells.interval()));
    }
    if (table.hasIou()) {
      row.add(cells.iou());
    }
    row.addAll(List.of(cells.unparsable(), cells.missing()));
    if (table.hasExtra()) {
      row.add(cells.extra());
    }
    return row;
  }

  private static void appendCompat(StringBuilder text, List<Evaluation> runs) {
    head(text, List.of("Rule", "Run", "n", "Acc@0.5 (%)"), 2);
    for (int r = 0; r < runs.get(0).compat().size(); r++) {
      for (Evaluation run : runs) {
        CompatScore s = run.compat().get(r);
        row(
            text,
            List.of(
                s.rule().key() + " (" + s.rule().rule() + ")",
                cell(run.name()),
                Format.count(s.records()),
                Format.percent(s.accuracy())));
      }
    }
  }

  private static void head(StringBuilder text, List<String> names, int left) {
    row(text, names);
    List<String> rule = new ArrayList<>(Collections.nCopies(left, "---"));
    rule.addAll(Collections.nCopies(names.size() - left, "---:"));
    row(text, rule);
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String cell(String text) {
    return text.replaceAll("\\s+", " ")
        .strip()
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("*", "\\*")
        .replace("<", "&lt;");
  }
}
