package org.medvilam.evaluation.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
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
import org.medvilam.records.Hashing;
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
    String salt) {
  private static final int CODE_LENGTH = 12;

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
    List<StudyKey.LeftOut> leftOut = new ArrayList<>();
    Map<String, InstructionRecord> chosen = choose(candidates, answers, options, pictures, leftOut);
    String salt = salt(answers, options.seed());
    List<String> raters =
        IntStream.rangeClosed(1, options.raters()).mapToObj(i -> "R" + i).toList();
    List<StudyKey.Comparison> comparisons = new ArrayList<>();
    List<StudyKey.Answer> rated = new ArrayList<>();
    List<String> names = List.copyOf(answers.keySet());
    for (String id : chosen.keySet()) {
      if (options.design().compares()) {
        compare(id, names, raters, salt, comparisons);
      }
      if (options.design().rates()) {
        names.forEach(n -> rated.add(new StudyKey.Answer(code("r-", salt, id, n), id, n)));
      }
    }
    String study = code("s-", salt, String.join("|", chosen.keySet()), options.toString());
    StudyKey key =
        new StudyKey(
            study,
            options.seed(),
            options.design(),
            options.ties(),
            names,
            raters,
            comparisons,
            rated,
            leftOut);
    return new StudyDraw(key, chosen, answers, salt);
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

  private static Map<String, InstructionRecord> choose(
      Collection<InstructionRecord> candidates,
      Map<String, SortedMap<String, String>> answers,
      StudyOptions options,
      PictureSource pictures,
      List<StudyKey.LeftOut> leftOut)
      throws IOException {
    Map<String, InstructionRecord> chosen = new LinkedHashMap<>();
    List<InstructionRecord> walk =
        candidates.stream()
            .filter(r -> options.task() == null || r.task() == options.task())
            .sorted(Comparator.comparing(r -> Hashing.hex(options.seed() + "|" + r.id())))
            .toList();
    for (InstructionRecord record : walk) {
      if (chosen.size() == options.items()) {
        break;
      }
      List<String> without =
          answers.keySet().stream().filter(n -> !answers.get(n).containsKey(record.id())).toList();
      if (!without.isEmpty()) {
        leftOut.add(new StudyKey.LeftOut(record.id(), "no-answer", without));
      } else if (pictures.png(record).isEmpty()) {
        leftOut.add(new StudyKey.LeftOut(record.id(), "no-picture", List.of()));
      } else {
        chosen.put(record.id(), record);
      }
    }
    if (chosen.isEmpty()) {
      throw new StudyException(
          "expected records with a picture and an answer of every system, found none among %d"
              .formatted(walk.size()));
    }
    return chosen;
  }

  private static void compare(
      String id,
      List<String> systems,
      List<String> raters,
      String salt,
      List<StudyKey.Comparison> comparisons) {
    for (int i = 0; i < systems.size(); i++) {
      for (int j = i + 1; j < systems.size(); j++) {
        String first = systems.get(i);
        String second = systems.get(j);
        String code = code("c-", salt, id, first + "|" + second);
        Map<String, String> left = new LinkedHashMap<>();
        for (String rater : raters) {
          boolean swapped = Hashing.index(String.join("|", salt, "side", rater, code), 2) == 1;
          left.put(rater, swapped ? second : first);
        }
        comparisons.add(new StudyKey.Comparison(code, id, first, second, left));
      }
    }
  }

  private static String code(String prefix, String salt, String id, String what) {
    return prefix + Hashing.hex(String.join("|", salt, prefix, id, what)).substring(0, CODE_LENGTH);
  }

  private static String salt(Map<String, SortedMap<String, String>> answers, long seed) {
    MessageDigest digest = Hashing.sha256();
    answers.forEach(
        (name, own) -> {
          update(digest, name);
          own.forEach(
              (id, answer) -> {
                update(digest, id);
                update(digest, answer);
              });
        });
    return Hashing.hex(seed + "|" + HexFormat.of().formatHex(digest.digest()));
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
