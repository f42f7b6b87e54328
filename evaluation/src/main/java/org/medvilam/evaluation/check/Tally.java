package org.medvilam.evaluation.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was looked at and found by each check, and keeps the first few. */
final class Tally {
  private final CheckOptions options;
  private final Map<Check, Long> examined = new EnumMap<>(Check.class);
  private final Map<Check, Long> found = new EnumMap<>(Check.class);
  private final Map<Check, List<CheckResult.Example>> examples = new EnumMap<>(Check.class);

  Tally(CheckOptions options) {
    this.options = options;
  }

  boolean skips(Check check) {
    return options.skipped().contains(check);
  }

  /** Counts something that was looked at. */
  void examined(Check check) {
    examined.merge(check, 1L, Long::sum);
  }

  /** Counts a finding. */
  void found(Check check, String where, String what) {
    found.merge(check, 1L, Long::sum);
    List<CheckResult.Example> named = examples.computeIfAbsent(check, c -> new ArrayList<>());
    if (named.size() < options.examples()) {
      named.add(new CheckResult.Example(where, what));
    }
  }

  List<CheckResult> results() {
    List<CheckResult> results = new ArrayList<>();
    for (Check check : Check.values()) {
      results.add(
          skips(check)
              ? CheckResult.skipped(check)
              : CheckResult.of(
                  check,
                  examined.getOrDefault(check, 0L),
                  found.getOrDefault(check, 0L),
                  examples.getOrDefault(check, List.of())));
    }
    return results;
  }
}
