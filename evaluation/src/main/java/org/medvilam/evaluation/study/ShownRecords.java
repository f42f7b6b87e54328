package org.medvilam.evaluation.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.medvilam.evaluation.report.PictureSource;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;

/**
 * The records of a study, the first by hash that have a picture and an answer of every system.
 *
 * @param chosen records by id, in the order of the hash
 * @param leftOut records before the last of them that could not be shown
 */
record ShownRecords(Map<String, InstructionRecord> chosen, List<StudyKey.LeftOut> leftOut) {

  static ShownRecords of(
      Collection<InstructionRecord> candidates,
      SortedMap<String, SortedMap<String, String>> answers,
      StudyOptions options,
      PictureSource pictures)
      throws IOException {
    List<InstructionRecord> walk =
        candidates.stream()
            .filter(r -> options.task() == null || r.task() == options.task())
            .sorted(Comparator.comparing(r -> Hashing.hex(options.seed() + "|" + r.id())))
            .toList();
    Map<String, InstructionRecord> chosen = new LinkedHashMap<>();
    List<StudyKey.LeftOut> leftOut = new ArrayList<>();
    for (InstructionRecord record : walk) {
      if (chosen.size() == options.items()) {
        break;
      }
      String id = record.id();
      List<String> without =
          answers.keySet().stream().filter(n -> !answers.get(n).containsKey(id)).toList();
      if (!without.isEmpty()) {
        leftOut.add(new StudyKey.LeftOut(id, "no-answer", without));
      } else if (pictures.png(record).isEmpty()) {
        leftOut.add(new StudyKey.LeftOut(id, "no-picture", List.of()));
      } else {
        chosen.put(id, record);
      }
    }
    if (chosen.isEmpty()) {
      throw new StudyException(
          "expected records with a picture and an answer of every system, found none among %d"
              .formatted(walk.size()));
    }
    return new ShownRecords(chosen, leftOut);
  }
}
