package org.medvilam.transforms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.instruction.Fate;
import org.medvilam.records.instruction.Instructed;

/**
 * What became of the annotations of an item, each once.
 *
 * <p>In the only sample of an item every finding is an annotation of its own. In several samples,
 * such as the slices of a volume, findings of equal source and native label are the same
 * annotation, which ends as its best finding does; what the others lack counts as parts of it.
 */
final class AnnotationFates {
  private AnnotationFates() {}

  static List<Fate> of(List<Instructed> samples) {
    if (samples.size() == 1) {
      return samples.get(0).fates();
    }
    Map<Annotation, List<Fate>> seen = new LinkedHashMap<>();
    for (Instructed sample : samples) {
      for (Fate fate : sample.fates()) {
        Annotation key = new Annotation(fate.finding().source(), fate.finding().nativeLabel());
        seen.computeIfAbsent(key, k -> new ArrayList<>()).add(fate);
      }
    }
    return seen.values().stream().map(AnnotationFates::merged).toList();
  }

  private static Fate merged(List<Fate> fates) {
    Fate best = fates.stream().min(Comparator.comparing(Fate::end)).orElseThrow();
    List<Rejection> rejections = new ArrayList<>();
    for (Fate fate : fates) {
      for (Rejection r : fate.rejections()) {
        rejections.add(fate == best ? r : part(r));
      }
    }
    return new Fate(best.finding(), best.end(), rejections);
  }

  private static Rejection part(Rejection r) {
    return new Rejection(r.dataset(), Rejection.Scope.PART, r.source(), r.reason(), r.detail());
  }

  private record Annotation(Source source, String nativeLabel) {}
}
