package org.medvilam.fewshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.DatasetInfo.HeldOut;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RunFolder;

/** The groups that must not be trained on, over all datasets of a subset. */
final class HeldOutGroups {
  private static final double CARVED = 0.2;

  private final OverlapRegister register;
  private final Map<String, String> parts = new HashMap<>();

  HeldOutGroups(OverlapRegister register) {
    this.register = register;
  }

  /**
   * Returns the part of a few-shot subset that a record belongs to.
   *
   * <p>Where the owners withhold the test labels, a fifth of the groups of train and validation
   * become the test part, by hash of {@code carve|dataset|group}. Where the paper scores the
   * validation part, that becomes the test part.
   */
  static @Nullable Split part(InstructionRecord r) {
    HeldOut heldOut = Catalogue.find(r.dataset()).map(d -> d.info().heldOut()).orElse(HeldOut.TEST);
    if (heldOut == HeldOut.VALIDATION && r.split() == Split.VALIDATION) {
      return Split.TEST;
    }
    if (heldOut == HeldOut.CARVED && r.split() != Split.TEST) {
      double at = Hashing.fraction("carve|" + r.dataset() + "|" + r.group());
      return at < CARVED ? Split.TEST : r.split();
    }
    return r.split();
  }

  /** Adds every group of a run's test and validation parts, whatever its records ask. */
  void add(RunFolder run) throws IOException {
    run.forEach(
        null,
        r -> {
          Split part = part(r);
          if (part == Split.TEST || part == Split.VALIDATION) {
            String what = r.dataset() + " " + part.key();
            keys(r).forEach(key -> parts.merge(key, what, (a, b) -> a.compareTo(b) <= 0 ? a : b));
          }
        });
  }

  /** Returns the held-out part that a record's group is in, or linked to through a pool. */
  Optional<String> conflict(InstructionRecord r) {
    return keys(r).stream().map(parts::get).filter(p -> p != null).findFirst();
  }

  private List<String> keys(InstructionRecord r) {
    List<String> pools =
        register.of(r.dataset()).stream()
            .filter(OverlapRegister.Pool::joinsByGroup)
            .map(p -> "pool " + p.name() + "|" + r.group())
            .toList();
    List<String> keys = new ArrayList<>(pools);
    keys.add(0, r.dataset() + "|" + r.group());
    return keys;
  }
}
