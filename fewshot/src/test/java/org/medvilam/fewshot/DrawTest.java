package org.medvilam.fewshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.medvilam.fewshot.picture.PictureMode;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.Task;

/** What holds for every draw, by each method. */
final class DrawTest {
  private static final int TRIES = 60;

  /** A picture with the labels of its instances, several of one label or none. */
  private record Picture(String id, String group, List<String> labels) {}

  private static List<Picture> pictures(long seed) {
    Random random = new Random(seed);
    List<Picture> pictures = new ArrayList<>();
    int size = 5 + random.nextInt(60);
    for (int i = 0; i < size; i++) {
      List<String> labels = new ArrayList<>();
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        labels.add("label" + random.nextInt(4));
      }
      String group = random.nextBoolean() ? "image:" + i : "patient:" + random.nextInt(9);
      pictures.add(new Picture("p" + i, group, labels));
    }
    return pictures;
  }

  @Property(tries = TRIES, seed = "31")
  void smallerDrawsAreInGreaterOnes(@ForAll long world, @ForAll DrawMethod method) {
    Set<String> before = Set.of();
    for (int shots : List.of(1, 2, 3, 5, 10, 20)) {
      Set<String> now = new TreeSet<>();
      draw(pictures(world), method, shots).chosen().forEach(c -> now.add(c.label() + c.mediaId()));
      assertThat(now).containsAll(before);
      before = now;
    }
  }

  @Property(tries = TRIES, seed = "32")
  void everyLabelTakesAGroupOnce(@ForAll long world, @ForAll DrawMethod method) {
    Draw draw = draw(pictures(world), method, 5);
    assertThat(draw.chosen()).extracting(c -> c.label() + "|" + c.group()).doesNotHaveDuplicates();
  }

  @Property(tries = TRIES, seed = "33")
  void orderOfInputDoesNotMatter(@ForAll long world, @ForAll DrawMethod method) {
    List<Picture> pictures = pictures(world);
    Draw one = draw(pictures, method, 5);
    Collections.shuffle(pictures, new Random(world));
    Draw two = draw(pictures, method, 5);
    assertThat(two.chosen()).isEqualTo(one.chosen());
    assertThat(two.shortfalls()).isEqualTo(one.shortfalls());
  }

  @Property(tries = TRIES, seed = "34")
  void instancesNeverExceedTheShotsAndShortfallsAddUp(
      @ForAll long world, @ForAll @IntRange(min = 1, max = 12) int shots) {
    Draw draw = draw(pictures(world), DrawMethod.INSTANCES, shots);
    Map<String, Integer> sums = new HashMap<>();
    draw.chosen().forEach(c -> sums.merge(c.label(), c.instances(), Integer::sum));
    assertThat(sums.values()).allMatch(n -> n <= shots);
    draw.shortfalls()
        .forEach(s -> assertThat(sums.getOrDefault(s.label(), 0)).isEqualTo(s.available()));
  }

  @Property(tries = TRIES, seed = "35")
  void instancesEqualAWalkOverAllPictures(
      @ForAll long world, @ForAll @IntRange(min = 1, max = 12) int shots) {
    List<Picture> pictures = pictures(world);
    Draw draw = draw(pictures, DrawMethod.INSTANCES, shots);
    for (int l = 0; l < 4; l++) {
      String label = "label" + l;
      assertThat(draw.chosen().stream().filter(c -> c.label().equals(label)).map(c -> c.mediaId()))
          .containsExactlyInAnyOrderElementsOf(walkInstances(pictures, label, shots));
    }
  }

  /** The rule as {@link DrawMethod#INSTANCES} states it, over everything there is. */
  private static Set<String> walkInstances(List<Picture> pictures, String label, int shots) {
    List<Picture> walk =
        pictures.stream()
            .filter(p -> p.labels.contains(label))
            .sorted(Comparator.comparing(p -> Hashing.hex("7|busi|" + label + "|" + p.id)))
            .toList();
    Set<String> chosen = new LinkedHashSet<>();
    Set<String> groups = new HashSet<>();
    int total = 0;
    for (int quota : List.of(1, 2, 3, 5, 10, 20)) {
      for (Picture p : walk) {
        int n = (int) p.labels.stream().filter(label::equals).count();
        if (total + n <= Math.min(quota, shots) && groups.add(p.group)) {
          chosen.add(p.id);
          total += n;
        }
      }
    }
    return chosen;
  }

  @Property(tries = TRIES, seed = "36")
  void glipEqualsTheGreedyWalk(@ForAll long world, @ForAll @IntRange(min = 1, max = 12) int shots) {
    List<Picture> pictures = pictures(world);
    Set<String> taken = new TreeSet<>();
    draw(pictures, DrawMethod.GLIP, shots).chosen().forEach(c -> taken.add(c.mediaId()));
    assertThat(taken).isEqualTo(walkGlip(pictures, shots));
  }

  /** GLIP's loop: a picture is kept while a label of it has quota, and all its labels lose one. */
  private static Set<String> walkGlip(List<Picture> pictures, int shots) {
    List<Picture> walk =
        pictures.stream()
            .sorted(Comparator.comparing(p -> Hashing.hex("7|busi||" + p.id)))
            .toList();
    Map<String, Integer> quota = new HashMap<>();
    Set<String> served = new HashSet<>();
    Set<String> kept = new TreeSet<>();
    for (Picture p : walk) {
      Set<String> fresh = new TreeSet<>(p.labels);
      fresh.removeIf(label -> !served.add(label + "|" + p.group));
      if (fresh.stream().anyMatch(label -> quota.getOrDefault(label, shots) > 0)) {
        kept.add(p.id);
        fresh.forEach(label -> quota.merge(label, shots - 1, (left, x) -> left - 1));
      }
    }
    return kept;
  }

  private static Draw draw(List<Picture> pictures, DrawMethod method, int shots) {
    Draw draw = new Draw(new FewshotOptions(shots, method, false, PictureMode.NONE), 7);
    TestRuns data = new TestRuns(Path.of("unused"));
    for (Picture p : pictures) {
      data.add("busi", p.id, p.group, Split.TRAIN, p.labels);
    }
    for (InstructionRecord r : data.records()) {
      if (r.task() == Task.LOCALIZATION) {
        draw.offer(r, r.boxes().size());
      }
    }
    draw.finish();
    return draw;
  }
}
