package org.medvilam.evaluation.check;

import java.util.List;
import java.util.stream.Collectors;
import org.medvilam.evaluation.report.Format;

/**
 * What is wrong with a run.
 *
 * @param records how many records were read
 * @param passed whether no check failed; warnings do not count
 * @param checks every check in a fixed order
 */
public record CheckReport(long records, boolean passed, List<CheckResult> checks) {
  /** Copies the list. */
  public CheckReport {
    checks = List.copyOf(checks);
  }

  static CheckReport of(long records, List<CheckResult> checks) {
    boolean passed = checks.stream().noneMatch(c -> c.status() == CheckResult.Status.FAIL);
    return new CheckReport(records, passed, checks);
  }

  /** Returns the report for a terminal: a line for each check, its examples below. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (CheckResult c : checks) {
      text.append(
          "%-7s  %-25s  %10s of %10s %-8s  %s%n"
              .formatted(
                  c.status().word(),
                  c.check().key(),
                  Format.count(c.found()),
                  Format.count(c.examined()),
                  c.unit(),
                  c.looksFor()));
      for (CheckResult.Example e : c.examples()) {
        text.append("           %s: %s%n".formatted(e.where(), e.what()));
      }
      if (c.found() > c.examples().size()) {
        text.append(
            "           and %s more%n".formatted(Format.count(c.found() - c.examples().size())));
      }
    }
    return text.append(summary()).toString();
  }

  private String summary() {
    String failed = names(CheckResult.Status.FAIL);
    String warned = names(CheckResult.Status.WARN);
    return "%s records: %s%s%n"
        .formatted(
            Format.count(records),
            passed ? "passed" : "failed " + failed,
            warned.isEmpty() ? "" : "; look at " + warned);
  }

  private String names(CheckResult.Status status) {
    return checks.stream()
        .filter(c -> c.status() == status)
        .map(c -> c.check().key())
        .collect(Collectors.joining(", "));
  }
}
