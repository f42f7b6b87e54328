package org.medvilam.fewshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.fewshot.picture.PictureMode;
import org.medvilam.records.Split;

/** What cannot be proven of a subset, and what a reader must know. */
final class LeakChecks {
  private final OverlapRegister register;
  private final Set<String> datasets;

  LeakChecks(OverlapRegister register, Set<String> datasets) {
    this.register = register;
    this.datasets = datasets;
  }

  /**
   * Returns the checks that could not be made, and why.
   *
   * @param mode how pictures were compared
   * @param pictures what became of them, by dataset
   * @param withoutKey records whose names lead to no key of their pool, by pool and dataset
   * @param where where a dataset's pictures were looked for
   */
  List<String> unproven(
      PictureMode mode,
      Map<String, PictureCounts> pictures,
      SortedMap<String, Long> withoutKey,
      Map<String, String> where) {
    List<String> unproven = new ArrayList<>();
    if (mode == PictureMode.NONE) {
      unproven.add(
          "pictures were not compared (--pictures none): copies under another name or group are not seen, within a dataset or between two");
    } else if (mode == PictureMode.EXACT) {
      unproven.add(
          "pictures were compared by bytes and samples only (--pictures exact): copies that were re-encoded or resized are not seen");
    }
    for (OverlapPool pool : register.pools()) {
      addPool(unproven, pool, mode, pictures);
    }
    withoutKey.forEach(
        (key, n) -> {
          String[] names = key.split("\n", 2);
          unproven.add(
              String.format(
                  Locale.ROOT,
                  "%s: the names of %,d records lead to no key of the pool %s, so they were not joined with its other members by name",
                  names[1],
                  n,
                  names[0]));
        });
    pictures.forEach((dataset, c) -> addPictures(unproven, dataset, c, where.get(dataset)));
    for (String dataset : datasets) {
      if (Catalogue.find(dataset).isEmpty()) {
        unproven.add(
            "%s is not in the catalogue: what its groups are, and whose splits it has, is not known"
                .formatted(dataset));
      }
    }
    for (DatasetInfo info : infos()) {
      if (info.group().startsWith("image")) {
        unproven.add(
            "%s names no patient: pictures of one patient may stand on both sides"
                .formatted(info.name()));
      }
    }
    return unproven;
  }

  /** Names members that only pictures can join, where not all pictures were compared by eye. */
  private void addPool(
      List<String> unproven,
      OverlapPool pool,
      PictureMode mode,
      Map<String, PictureCounts> pictures) {
    List<OverlapPool.Member> members = pool.among(datasets);
    boolean byPicture = members.stream().anyMatch(m -> m.join() == OverlapPool.Join.PICTURE);
    if (members.size() < 2 || !byPicture) {
      return;
    }
    List<String> names = members.stream().map(OverlapPool.Member::dataset).toList();
    boolean all =
        mode == PictureMode.PERCEPTUAL
            && names.stream().allMatch(n -> pictures.containsKey(n) && pictures.get(n).isWhole());
    if (!all) {
      unproven.add(
          "%s share pictures (%s) under other names, and not all of their pictures were compared by eye"
              .formatted(String.join(" and ", names), pool.name()));
    }
  }

  private static void addPictures(
      List<String> unproven, String dataset, PictureCounts c, String where) {
    if (c.unread() > 0) {
      List<String> reasons = new ArrayList<>();
      c.problems.forEach((r, n) -> reasons.add(String.format(Locale.ROOT, "%s %,d", r, n)));
      unproven.add(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d pictures could not be compared (%s), such as %s under %s; if they lie elsewhere, say --root %s=DIR",
              dataset,
              c.unread(),
              c.all(),
              String.join(", ", reasons),
              c.example(),
              where,
              dataset));
    }
    if (c.blank > 0) {
      unproven.add(
          String.format(
              Locale.ROOT,
              "%s: %,d pictures are blank; they were compared by bytes and samples only",
              dataset,
              c.blank));
    }
    if (c.bytesOnly > 0) {
      unproven.add(
          String.format(
              Locale.ROOT,
              "%s: %,d volumes, videos or sounds were compared by the bytes of their files only",
              dataset,
              c.bytesOnly));
    }
  }

  /** Returns where each test part comes from, and what else there is to know. */
  List<String> notes(SortedMap<String, SortedMap<String, LeakReport.Part>> parts) {
    List<String> notes = new ArrayList<>();
    for (DatasetInfo info : infos()) {
      if (info.heldOut() == DatasetInfo.HeldOut.CARVED) {
        notes.add(
            "%s: the owners withhold the test labels; a fifth of the groups of train and validation, by hash, is the test part"
                .formatted(info.name()));
      } else if (info.heldOut() == DatasetInfo.HeldOut.VALIDATION) {
        notes.add(
            "%s: the validation part is the test part, with the owners' own where it is there; splits: %s"
                .formatted(info.name(), info.splits()));
      } else {
        notes.add("%s: splits: %s".formatted(info.name(), info.splits()));
      }
    }
    parts.forEach((dataset, byPart) -> addParts(notes, dataset, byPart));
    for (OverlapPool pool : register.pools()) {
      addElsewhere(notes, pool);
    }
    return notes;
  }

  private static void addParts(
      List<String> notes, String dataset, SortedMap<String, LeakReport.Part> byPart) {
    for (Split needed : List.of(Split.TRAIN, Split.TEST)) {
      LeakReport.Part part = byPart.get(needed.key());
      if (part == null || part.localization() == 0) {
        notes.add("%s: no localization record is in its %s part".formatted(dataset, needed.key()));
      }
    }
    LeakReport.Part none = byPart.get(LeakScan.NO_PART);
    if (none != null) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %,d records without a split take no part",
              dataset,
              none.records()));
    }
  }

  /** Names the datasets outside the subset that share pictures with one in it. */
  private void addElsewhere(List<String> notes, OverlapPool pool) {
    List<String> here = pool.among(datasets).stream().map(OverlapPool.Member::dataset).toList();
    List<String> others =
        pool.members().stream()
            .filter(m -> !datasets.contains(m.dataset()))
            .map(m -> m.dataset() + (Boolean.TRUE.equals(m.confirmed()) ? "" : " (unconfirmed)"))
            .toList();
    if (!here.isEmpty() && !others.isEmpty()) {
      notes.add(
          "%s: pictures are shared with %s (pool %s), not part of this subset: a base trained on those may have seen test pictures"
              .formatted(String.join(" and ", here), String.join(", ", others), pool.name()));
    }
  }

  private List<DatasetInfo> infos() {
    List<DatasetInfo> infos = new ArrayList<>();
    datasets.forEach(d -> Catalogue.find(d).ifPresent(found -> infos.add(found.info())));
    return infos;
  }
}
