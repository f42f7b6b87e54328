package org.medvilam.fewshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.codec.ToolVersion;
import org.medvilam.records.store.Store;

/**
 * Draws a few-shot subset from finished runs.
 *
 * <p>Candidates are {@code localization} records of the train part whose group is in no test or
 * validation part of any of the runs. The test part keeps all its localization records. Runs are
 * read three times front to back: held-out groups, selection, writing; memory holds groups, not
 * records.
 */
public final class Fewshot {
  /** The report's name in the output. */
  public static final String REPORT = "fewshot.json";

  private final List<RunFolder> runs;
  private final FewshotOptions options;
  private final OverlapRegister register = OverlapRegister.standard();
  private final List<FewshotReport.Exclusion> exclusions = new ArrayList<>();

  /**
   * Prepares a draw.
   *
   * @param runs finished runs, each of one dataset, no dataset twice
   * @param options what to draw
   */
  public Fewshot(List<RunFolder> runs, FewshotOptions options) {
    TreeMap<String, RunFolder> byDataset = new TreeMap<>();
    for (RunFolder run : runs) {
      for (String dataset : run.manifest().roots().keySet()) {
        if (byDataset.put(dataset, run) != null) {
          throw new IllegalArgumentException(
              "expected one run per dataset, found two of " + dataset);
        }
      }
    }
    this.runs = byDataset.values().stream().distinct().toList();
    this.options = options;
  }

  /** Writes the subset into an empty tree and returns its report. */
  public FewshotReport write(Store output) throws IOException {
    HeldOutGroups heldOut = new HeldOutGroups(register);
    for (RunFolder run : runs) {
      heldOut.add(run);
    }
    SortedMap<String, ShotSelection> selections = select(heldOut);
    Set<String> chosen = new HashSet<>();
    selections.values().forEach(s -> s.chosen().forEach(shot -> chosen.add(key(shot))));
    SubsetWriter writer = new SubsetWriter(output);
    Map<Split, Long> written = writer.write(runs, r -> partOf(r, chosen, heldOut));
    FewshotReport report = report(selections, written);
    RunFolder.writeJson(output, REPORT, report);
    RunFolder.finish(output, manifest(writer));
    return report;
  }

  private SortedMap<String, ShotSelection> select(HeldOutGroups heldOut) throws IOException {
    SortedMap<String, ShotSelection> selections = new TreeMap<>();
    for (RunFolder run : runs) {
      run.forEach(
          null,
          r -> {
            if (r.task() != Task.LOCALIZATION || HeldOutGroups.part(r) != Split.TRAIN) {
              return;
            }
            String label = options.perDataset() ? "" : r.label();
            ShotSelection selection =
                selections.computeIfAbsent(
                    r.dataset() + "/" + label, k -> new ShotSelection(options.shots()));
            String conflict = heldOut.conflict(r).orElse(null);
            if (conflict == null) {
              selection.offer(shot(r, label));
            } else {
              exclusions.add(
                  new FewshotReport.Exclusion(r.id(), r.group(), "its group is in " + conflict));
            }
          });
    }
    return selections;
  }

  private ShotSelection.Shot shot(InstructionRecord r, String label) {
    String hash = ShotSelection.hash(options.seed(), r.dataset(), label, r.media().id());
    return new ShotSelection.Shot(r.dataset(), label, r.media().id(), r.group(), hash);
  }

  private static String key(ShotSelection.Shot shot) {
    return shot.dataset() + "\n" + shot.label() + "\n" + shot.mediaId();
  }

  private @Nullable Split partOf(InstructionRecord r, Set<String> chosen, HeldOutGroups heldOut) {
    if (r.task() != Task.LOCALIZATION) {
      return null;
    }
    Split part = HeldOutGroups.part(r);
    if (part == Split.TEST) {
      return Split.TEST;
    }
    String label = options.perDataset() ? "" : r.label();
    boolean shot =
        part == Split.TRAIN
            && heldOut.conflict(r).isEmpty()
            && chosen.contains(key(shot(r, label)));
    return shot ? Split.TRAIN : null;
  }

  private FewshotReport report(
      SortedMap<String, ShotSelection> selections, Map<Split, Long> written) {
    List<FewshotReport.Chosen> chosen = new ArrayList<>();
    List<FewshotReport.Shortfall> shortfalls = new ArrayList<>();
    selections.forEach(
        (name, selection) -> {
          List<ShotSelection.Shot> shots = selection.chosen();
          shots.forEach(
              s ->
                  chosen.add(
                      new FewshotReport.Chosen(
                          s.dataset(), s.label(), s.mediaId(), s.group(), s.sha256())));
          if (shots.size() < options.shots()) {
            int slash = name.indexOf('/');
            shortfalls.add(
                new FewshotReport.Shortfall(
                    name.substring(0, slash),
                    name.substring(slash + 1),
                    shots.size(),
                    options.shots()));
          }
        });
    SortedMap<String, String> inputs = new TreeMap<>();
    runs.forEach(
        run ->
            run.manifest()
                .roots()
                .keySet()
                .forEach(d -> inputs.put(d, run.manifest().inputFingerprint())));
    SortedMap<String, Long> counts = new TreeMap<>();
    written.forEach((split, n) -> counts.put(split.key(), n));
    LeakChecks checks = new LeakChecks(register, inputs.keySet());
    return new FewshotReport(
        options.seed(),
        options.shots(),
        options.perDataset() ? "dataset" : "label",
        inputs,
        chosen,
        shortfalls,
        exclusions,
        checks.unproven(),
        checks.notes(),
        counts);
  }

  private Manifest manifest(SubsetWriter writer) {
    SortedMap<String, String> arguments = new TreeMap<>();
    arguments.put("shots", Integer.toString(options.shots()));
    arguments.put("seed", Long.toString(options.seed()));
    arguments.put("per", options.perDataset() ? "dataset" : "label");
    SortedMap<String, String> roots = new TreeMap<>();
    List<String> converters = new ArrayList<>();
    StringBuilder fingerprints = new StringBuilder();
    for (RunFolder run : runs) {
      roots.putAll(run.manifest().roots());
      converters.addAll(run.manifest().converters());
      fingerprints.append(run.manifest().inputFingerprint()).append('\n');
    }
    return new Manifest(
        ToolVersion.CURRENT,
        "fewshot",
        arguments,
        converters,
        roots,
        Hashing.hex(fingerprints.toString()),
        writer.counts(),
        writer.files());
  }
}
