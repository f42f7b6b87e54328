package org.medvilam.evaluation.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.report.PictureSource;
import org.medvilam.records.InstructionRecord;

/**
 * What is shown, under which codes and on which sides.
 *
 * @param key the key
 * @param records the records that are shown, by id
 * @param answers answers by system and record id
 * @param salt what codes and draws start from
 */
record StudyDraw(
    StudyKey key,
    Map<String, InstructionRecord> records,
    SortedMap<String, SortedMap<String, String>> answers,
    StudySalt salt) {

  static StudyDraw of(
      Collection<InstructionRecord> candidates,
      Map<String, List<Prediction>> systems,
      StudyOptions options,
      PictureSource pictures)
      throws IOException {
    if (options.design().compares() && systems.size() < 2) {
      throw new StudyException(
          "expected at least 2 systems to compare, found %s; give more, or ask for the design independent"
              .formatted(systems.keySet()));
    }
    SortedMap<String, SortedMap<String, String>> answers = answers(candidates, systems);
    ShownRecords shown = ShownRecords.of(candidates, answers, options, pictures);
    StudySalt salt = StudySalt.of(answers, options.seed());
    return new StudyDraw(
        key(shown, answers.keySet(), options, salt), shown.chosen(), answers, salt);
  }

  private static StudyKey key(
      ShownRecords shown, Set<String> systems, StudyOptions options, StudySalt salt) {
    List<String> names = List.copyOf(systems);
    List<String> raters =
        IntStream.rangeClosed(1, options.raters()).mapToObj(i -> "R" + i).toList();
    List<StudyKey.Comparison> comparisons = new ArrayList<>();
    List<StudyKey.Answer> rated = new ArrayList<>();
    for (String id : shown.chosen().keySet()) {
      if (options.design().compares()) {
        comparisons.addAll(pairs(id, names, raters, salt));
      }
      if (options.design().rates()) {
        names.forEach(n -> rated.add(new StudyKey.Answer(salt.code("r-", id, n), id, n)));
      }
    }
    return new StudyKey(
        salt.code("s-", options.toString(), String.join("|", shown.chosen().keySet())),
        options.seed(),
        options.design(),
        options.ties(),
        names,
        raters,
        comparisons,
        rated,
        shown.leftOut());
  }

  private static List<StudyKey.Comparison> pairs(
      String id, List<String> systems, List<String> raters, StudySalt salt) {
    List<StudyKey.Comparison> pairs = new ArrayList<>();
    for (int i = 0; i < systems.size(); i++) {
      for (int j = i + 1; j < systems.size(); j++) {
        String first = systems.get(i);
        String second = systems.get(j);
        String code = salt.code("c-", id, first, second);
        Map<String, String> left = new LinkedHashMap<>();
        raters.forEach(r -> left.put(r, salt.swaps(r, code) ? second : first));
        pairs.add(new StudyKey.Comparison(code, id, first, second, left));
      }
    }
    return pairs;
  }

  private static SortedMap<String, SortedMap<String, String>> answers(
      Collection<InstructionRecord> records, Map<String, List<Prediction>> systems) {
    Set<String> known =
        records.stream().map(InstructionRecord::id).collect(Collectors.toUnmodifiableSet());
    SortedMap<String, SortedMap<String, String>> answers = new TreeMap<>();
    systems.forEach((name, given) -> answers.put(name, answers(name, given, known)));
    return answers;
  }

  private static SortedMap<String, String> answers(
      String system, List<Prediction> predictions, Set<String> known) {
    SortedMap<String, String> answers = new TreeMap<>();
    for (Prediction p : predictions) {
      if (!known.contains(p.recordId())) {
        throw new StudyException(
            "%s: expected answers to the %d records of this part of the run, found one to %s"
                .formatted(system, known.size(), p.recordId()));
      }
      if (answers.put(p.recordId(), p.answer()) != null) {
        throw new StudyException(
            "%s: expected one answer per record, found a second one to %s"
                .formatted(system, p.recordId()));
      }
    }
    return answers;
  }
}
