package org.medvilam.fewshot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.medvilam.fewshot.picture.Fingerprints;
import org.medvilam.fewshot.picture.HashKey;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.MediaType;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RunFolder;

/**
 * What must be known of all records before one may be chosen: two passes over the runs.
 *
 * <p>What is gathered of a record are keys of a few bytes, and what is done with them does not
 * depend on their order.
 */
final class LeakScan implements Closeable {
  /** What stands for the part of records without a split. */
  static final String NO_PART = "none";

  private final OverlapRegister register;
  private final FewshotOptions options;
  private final HeldOutGroups groups;
  private final PictureComparison pictures;
  private final SortedMap<String, MessageDigest> digests = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, LeakReport.Part>> parts = new TreeMap<>();
  private final Set<String> still = new HashSet<>();
  private final Map<HashKey, Integer> instances = new HashMap<>();

  private LeakScan(
      OverlapRegister register,
      FewshotOptions options,
      @Nullable Fingerprints prints,
      LongConsumer progress)
      throws IOException {
    this.register = register;
    this.options = options;
    this.groups = new HeldOutGroups(register);
    this.pictures = new PictureComparison(prints, progress);
  }

  /**
   * Scans runs.
   *
   * @param runs the runs, in an order that does not depend on the input
   * @param register the overlap register
   * @param options what is to be drawn
   * @param prints where fingerprints of pictures come from, or null to compare none
   * @param progress takes the number of pictures looked at so far
   */
  static LeakScan of(
      List<RunFolder> runs,
      OverlapRegister register,
      FewshotOptions options,
      @Nullable Fingerprints prints,
      LongConsumer progress)
      throws IOException {
    LeakScan scan = new LeakScan(register, options, prints, progress);
    try {
      for (RunFolder run : runs) {
        run.forEach(null, scan::gather);
      }
      scan.pictures.finish();
      if (prints != null) {
        for (RunFolder run : runs) {
          run.forEach(null, scan::compare);
        }
        scan.pictures.finish();
        scan.groups.connect();
      }
      return scan;
    } catch (IOException | RuntimeException e) {
      scan.close();
      throw e;
    }
  }

  private void gather(InstructionRecord r) throws IOException {
    Split part = HeldOutGroups.part(r);
    boolean first = groups.add(r, part);
    boolean asksWhere = r.task() == Task.LOCALIZATION;
    parts
        .computeIfAbsent(r.dataset(), d -> new TreeMap<>())
        .merge(
            part == null ? NO_PART : part.key(),
            new LeakReport.Part(1, 1, asksWhere ? 1 : 0),
            (before, one) -> before.plus(first, asksWhere));
    digest(r);
    if (part == Split.TEST || part == Split.VALIDATION) {
      pictures.heldOut(r);
    } else if (part == Split.TRAIN && asksWhere) {
      if (r.media().type() == MediaType.IMAGE) {
        still.add(labelKey(r));
      }
      if (options.method() == DrawMethod.INSTANCES) {
        int regions = Math.max(1, r.boxes().size() + r.boxes3d().size());
        instances.merge(instanceKey(r), regions, Integer::sum);
      }
    }
  }

  private void digest(InstructionRecord r) {
    String text =
        String.join(
            "\n", r.id(), Split.fileKey(r.split()), r.group(), r.media().uri(), r.answer(), "");
    digests
        .computeIfAbsent(r.dataset(), d -> Hashing.sha256())
        .update(text.getBytes(StandardCharsets.UTF_8));
  }

  private void compare(InstructionRecord r) throws IOException {
    if (isCandidate(r) && !groups.isHeldOut(r)) {
      pictures.candidate(r, groups::link);
    }
  }

  /**
   * Tells whether a record could be trained on if nothing leaks: it asks where something is, in the
   * train part, in a still picture; or in something else where its label has no still picture.
   */
  boolean isCandidate(InstructionRecord r) {
    return r.task() == Task.LOCALIZATION
        && HeldOutGroups.part(r) == Split.TRAIN
        && (r.media().type() == MediaType.IMAGE || !still.contains(labelKey(r)));
  }

  private String labelKey(InstructionRecord r) {
    return r.dataset() + "/" + (options.perDataset() ? "" : r.label());
  }

  /** Returns why a record must not be trained on. */
  Optional<Conflict> conflict(InstructionRecord r) {
    return groups.conflict(r, pictures.match(r).orElse(null));
  }

  /** Returns the instances of a candidate's label in its picture, where they count. */
  int instances(InstructionRecord r) {
    return instances.getOrDefault(instanceKey(r), 0);
  }

  private static HashKey instanceKey(InstructionRecord r) {
    return HashKey.of(r.dataset() + "|" + r.media().id() + "|" + r.label());
  }

  /**
   * Returns what was found; only once.
   *
   * @param excluded number of records left out, by the kind of their reason
   * @param where where a dataset's pictures were looked for
   */
  LeakReport report(SortedMap<String, Long> excluded, Map<String, String> where) {
    SortedMap<String, String> inputs = new TreeMap<>();
    digests.forEach((d, digest) -> inputs.put(d, HexFormat.of().formatHex(digest.digest())));
    LeakChecks checks = new LeakChecks(register, inputs.keySet());
    return new LeakReport(
        inputs,
        parts,
        options.comparison(),
        pictures.counts(),
        excluded,
        checks.unproven(options.pictures(), pictures.counts(), groups.withoutKey(), where),
        checks.notes(parts));
  }

  @Override
  public void close() throws IOException {
    pictures.close();
  }
}
