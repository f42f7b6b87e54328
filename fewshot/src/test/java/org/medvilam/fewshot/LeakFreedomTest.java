package org.medvilam.fewshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import org.jspecify.annotations.Nullable;
import org.medvilam.fewshot.picture.PictureCopies;
import org.medvilam.records.Hashing;
import org.medvilam.records.Media;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;

/**
 * Random small worlds of datasets, pools, groups, splits and copied pictures: what is left out is
 * what has something in common with a held-out record, nothing less and nothing more.
 */
final class LeakFreedomTest {
  private static final int TRIES = 25;
  private static final List<DrawMethod> METHODS = List.of(DrawMethod.values());
  private static final List<Split> SPLITS = List.of(Split.values());
  private static final List<String> DATASETS =
      List.of("busi", "ham10000", "isic18", "sun", "sun-seg", "tbx11k");

  private Path folder;

  /** A picture of a world: copies of one scene are the same picture. */
  private record Picture(
      String dataset, String id, String group, @Nullable Split split, int scene) {
    /** What it shares with others: all that may link two pictures. */
    Set<String> ties() {
      Set<String> ties = new TreeSet<>();
      ties.add("group " + dataset + " " + group);
      ties.add("scene " + scene);
      if (dataset.equals("ham10000") || dataset.equals("isic18")) {
        ties.add("isic " + id);
      }
      if (dataset.startsWith("sun")) {
        ties.add("case " + group.replaceAll(".*case(\\d+).*", "$1"));
      }
      return ties;
    }
  }

  @AfterProperty
  void clean() throws IOException {
    LocalStore.of(folder).delete("");
  }

  @Property(tries = TRIES, seed = "41")
  void nothingInCommonWithAnythingHeldOut(@ForAll long seed) throws IOException {
    folder = Files.createTempDirectory("leaks-");
    Random random = new Random(seed);
    TestRuns data = new TestRuns(folder);
    List<Picture> world = world(random, data);
    FewshotOptions options =
        FewshotOptions.standard()
            .withShots(1 + random.nextInt(30))
            .withMethod(METHODS.get(random.nextInt(METHODS.size())));
    LocalStore out = LocalStore.of(folder.resolve("out"));
    data.fewshot(data.write(), options).write(out, random.nextInt(5));

    Set<String> expected = linked(world);
    Set<String> chosen = new HashSet<>();
    RunFolder.open(out).forEach(Split.TRAIN, r -> chosen.add(r.dataset() + "/" + r.media().id()));
    assertThat(chosen).noneMatch(expected::contains);
    assertThat(excluded(out)).isEqualTo(expected);
    otherwiseTheSame(data, options, out, random);
    LocalStore.of(folder).delete("");
  }

  /** Shards, format and the order of runs do not show. */
  private void otherwiseTheSame(
      TestRuns data, FewshotOptions options, LocalStore out, Random random) throws IOException {
    LocalStore again = LocalStore.of(folder.resolve("again"));
    RecordFormat format = random.nextInt(5) == 0 ? RecordFormat.PARQUET : RecordFormat.JSONL;
    List<RunFolder> runs = new ArrayList<>(data.write(1 + random.nextInt(4), format));
    Collections.shuffle(runs, random);
    long seed = RecordJson.mapper().readTree(out.readAll(Fewshot.REPORT)).path("seed").asLong();
    data.fewshot(runs, options).write(again, seed);
    assertThat(files(again)).isEqualTo(files(out));
  }

  private static Map<String, String> files(LocalStore out) throws IOException {
    Map<String, String> files = new TreeMap<>();
    List<String> paths = new ArrayList<>(List.of(Fewshot.REPORT, Fewshot.PAGE, RunFolder.MANIFEST));
    RunFolder.open(out).manifest().files().forEach(f -> paths.add(f.path()));
    for (String path : paths) {
      files.put(path, new String(out.readAll(path), StandardCharsets.UTF_8));
    }
    return files;
  }

  private static Set<String> excluded(LocalStore out) throws IOException {
    Set<String> excluded = new TreeSet<>();
    JsonNode report = RecordJson.mapper().readTree(out.readAll(Fewshot.REPORT));
    for (JsonNode e : report.path("exclusions")) {
      excluded.add(e.path("record").asText().replaceAll("/localization/.*", ""));
    }
    return excluded;
  }

  /**
   * Returns the training pictures that hang together with a held-out one: through ties of any
   * record, but by the scene only a training picture with a held-out one, as others are not
   * compared.
   */
  private static Set<String> linked(List<Picture> world) {
    List<Picture> heldOut = world.stream().filter(p -> isHeldOut(p)).toList();
    Set<String> reached = new HashSet<>();
    heldOut.forEach(p -> reached.addAll(p.ties()));
    Set<String> scenes = new HashSet<>(reached);
    scenes.removeIf(tie -> !tie.startsWith("scene"));
    boolean more = true;
    while (more) {
      more = false;
      for (Picture p : world) {
        Set<String> ties = p.ties();
        boolean looked = part(p) != null;
        ties.removeIf(tie -> tie.startsWith("scene") && !(looked && scenes.contains(tie)));
        if (ties.stream().anyMatch(reached::contains) && !reached.containsAll(ties)) {
          reached.addAll(ties);
          more = true;
        }
      }
    }
    Set<String> linked = new TreeSet<>();
    for (Picture p : world) {
      boolean train = part(p) == Split.TRAIN;
      if (train && p.ties().stream().anyMatch(reached::contains)) {
        linked.add(p.dataset + "/" + p.id);
      }
    }
    return linked;
  }

  private static boolean isHeldOut(Picture p) {
    return part(p) == Split.TEST || part(p) == Split.VALIDATION;
  }

  private static @Nullable Split part(Picture p) {
    boolean carved =
        p.dataset.equals("tbx11k")
            && p.split != Split.TEST
            && Hashing.fraction("carve|tbx11k|" + p.group) < 0.2;
    return carved ? Split.TEST : p.split;
  }

  private List<Picture> world(Random random, TestRuns data) throws IOException {
    List<Picture> world = new ArrayList<>();
    int size = 4 + random.nextInt(24);
    int scenes = 0;
    for (int i = 0; i < size; i++) {
      String dataset = DATASETS.get(random.nextInt(DATASETS.size()));
      boolean archive = dataset.equals("ham10000") || dataset.equals("isic18");
      String id = archive ? "ISIC_%07d".formatted(random.nextInt(12)) : "p" + i;
      String group =
          dataset.startsWith("sun")
              ? "video:case" + random.nextInt(6)
              : random.nextInt(3) == 0 ? "patient:" + random.nextInt(4) : "image:" + id;
      if (world.stream().anyMatch(p -> p.dataset.equals(dataset) && p.id.equals(id))) {
        continue;
      }
      int scene = scenes > 0 && random.nextInt(4) == 0 ? random.nextInt(scenes) : scenes++;
      Split split = random.nextInt(5) < 3 ? Split.TRAIN : SPLITS.get(random.nextInt(SPLITS.size()));
      Picture p = new Picture(dataset, id, group, random.nextInt(12) == 0 ? null : split, scene);
      world.add(p);
      BufferedImage image = scene(scene);
      data.picture(dataset, id + ".png", encoded(image, random.nextInt(5)));
      Media media = Media.image(id, id + ".png", image.getWidth(), image.getHeight());
      data.add(dataset, media, p.group, p.split, List.of("lesion" + random.nextInt(2)));
    }
    return world;
  }

  /** A scene as one of several files; the name of a file says nothing of its format. */
  private static byte[] encoded(BufferedImage image, int how) throws IOException {
    return switch (how) {
      case 0 -> PictureCopies.otherPng(image);
      case 1 -> PictureCopies.jpeg(image, 80);
      case 2 -> PictureCopies.png(PictureCopies.scaled(image, 0.5));
      default -> PictureCopies.png(image);
    };
  }

  /** Draws a scene: large blobs, so that small copies keep them. */
  private static BufferedImage scene(int number) {
    Random random = new Random(1000 + number);
    BufferedImage image = new BufferedImage(96, 80, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    for (int i = 0; i < 12; i++) {
      int grey = 20 + random.nextInt(230);
      g.setColor(new Color(grey, grey, grey));
      int size = 16 + random.nextInt(40);
      g.fillOval(random.nextInt(96) - 12, random.nextInt(80) - 12, size, size);
    }
    g.dispose();
    return image;
  }
}
