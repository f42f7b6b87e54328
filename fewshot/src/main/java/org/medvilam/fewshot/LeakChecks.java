package org.medvilam.fewshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.DatasetInfo;

/** What cannot be proven of a subset, and what a reader must know. */
final class LeakChecks {
  private final OverlapRegister register;
  private final Set<String> datasets;

  LeakChecks(OverlapRegister register, Set<String> datasets) {
    this.register = register;
    this.datasets = datasets;
  }

  /** Returns the checks that could not be made, and why. */
  List<String> unproven() {
    List<String> unproven = new ArrayList<>();
    for (OverlapRegister.Pool pool : register.pools()) {
      List<String> members = pool.members().stream().filter(datasets::contains).toList();
      if (members.size() > 1 && !pool.joinsByGroup()) {
        unproven.add(
            "%s share pictures (%s) under other names; pictures were not compared"
                .formatted(String.join(" and ", members), pool.name()));
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

  /** Returns where each test part comes from. */
  List<String> notes() {
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
    return notes;
  }

  private List<DatasetInfo> infos() {
    List<DatasetInfo> infos = new ArrayList<>();
    datasets.forEach(d -> Catalogue.find(d).ifPresent(found -> infos.add(found.info())));
    return infos;
  }
}
