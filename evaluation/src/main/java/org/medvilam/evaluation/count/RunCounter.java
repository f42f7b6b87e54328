package org.medvilam.evaluation.count;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.medvilam.evaluation.check.KeySort;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridPoint;

/** Adds records up; areas are counted in ten thousandths of the picture. */
final class RunCounter implements Closeable {
  private static final JsonMapper JSON = RecordJson.mapper();
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int PERCENT = 100;

  private final KeySort groups;
  private final KeySort media;
  private final Map<String, Map<String, Long>> tables = new LinkedHashMap<>();
  private final Map<Task, Distribution> words = new EnumMap<>(Task.class);
  private final Distribution boxAreas = new Distribution("area per box", "% of picture", PERCENT);
  private final Distribution outlineAreas =
      new Distribution("area per outline", "% of picture", PERCENT);
  private long records;

  RunCounter(KeySort.Scratch scratch) throws IOException {
    groups = scratch.create();
    media = scratch.create();
  }

  /** Adds a record and returns how many there are. */
  long add(InstructionRecord r) throws IOException {
    String split = Split.fileKey(r.split());
    String task = r.task().key();
    count("records by dataset", r.dataset());
    count("records by split", split);
    count("records by task", task);
    count("records by modality", r.modality());
    count("records by label", r.label());
    count("records by split and task", split + ", " + task);
    count("records by split and label", split + ", " + r.label());
    words
        .computeIfAbsent(
            r.task(), t -> new Distribution("words per answer, " + t.key(), "words", 1))
        .add((int) BLANKS.splitAsStream(r.answer().strip()).filter(w -> !w.isEmpty()).count());
    r.boxes().forEach(b -> boxAreas.add(area(b)));
    r.polygons().forEach(p -> outlineAreas.add(area(p)));
    groups.add(JSON.writeValueAsString(new String[] {r.dataset(), r.group()}));
    Media m = r.media();
    Item item =
        new Item(
            r.dataset(),
            m.id(),
            split,
            m.width(),
            m.height(),
            m.depth(),
            r.boxes().size() + r.boxes3d().size(),
            r.polygons().size());
    media.add(JSON.writeValueAsString(item.fields()));
    return ++records;
  }

  private static int area(GridBox b) {
    return tenThousandths(b.toBox().area());
  }

  private static int area(List<GridPoint> points) {
    return tenThousandths(Math.abs(Grid.toPixels(points, Grid.MAX, Grid.MAX).signedArea()));
  }

  private static int tenThousandths(double area) {
    return (int) Math.round(PERCENT * PERCENT * area / ((double) Grid.MAX * Grid.MAX));
  }

  private void count(String table, String key) {
    tables.computeIfAbsent(table, t -> new TreeMap<>()).merge(key, 1L, Long::sum);
  }

  /** What a record says of its medium. */
  private record Item(
      String dataset,
      String id,
      String split,
      Integer width,
      Integer height,
      Integer depth,
      int boxes,
      int outlines) {
    Object[] fields() {
      return new Object[] {dataset, id, split, width, height, depth, boxes, outlines};
    }
  }

  RunStats finish() throws IOException {
    Distribution perGroup = new Distribution("records per group", "records", 1);
    long groupCount = groups(perGroup);
    Sizes sizes = new Sizes();
    long mediaCount = media(sizes);
    List<Distribution> all = new ArrayList<>(sizes.all());
    all.add(boxAreas);
    all.add(outlineAreas);
    all.add(perGroup);
    all.addAll(words.values());
    return new RunStats(
        records,
        mediaCount,
        groupCount,
        tables.entrySet().stream().map(e -> CountTable.of(e.getKey(), e.getValue())).toList(),
        all.stream().filter(d -> !d.isEmpty()).map(Distribution::spread).toList());
  }

  private long groups(Distribution perGroup) throws IOException {
    long n = 0;
    try (BufferedReader in = groups.sorted()) {
      String last = null;
      int inGroup = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.equals(last)) {
          n++;
          if (last != null) {
            perGroup.add(inGroup);
          }
          inGroup = 0;
          String group = JSON.readValue(line, String[].class)[1];
          count("groups by kind", group.substring(0, Math.max(0, group.indexOf(':'))));
        }
        inGroup++;
        last = line;
      }
      if (last != null) {
        perGroup.add(inGroup);
      }
    }
    return n;
  }

  /** Sizes and regions of pictures. */
  private static final class Sizes {
    private final Distribution width = new Distribution("width per picture", "pixels", 1);
    private final Distribution height = new Distribution("height per picture", "pixels", 1);
    private final Distribution depth = new Distribution("depth per volume", "slices", 1);
    private final Distribution boxes = new Distribution("boxes per picture", "boxes", 1);
    private final Distribution outlines = new Distribution("outlines per picture", "outlines", 1);

    Collection<Distribution> all() {
      return Stream.of(width, height, depth, boxes, outlines).toList();
    }

    void add(Object[] item, int boxCount, int outlineCount) {
      add(width, item[3]);
      add(height, item[4]);
      add(depth, item[5]);
      boxes.add(boxCount);
      outlines.add(outlineCount);
    }

    private static void add(Distribution to, Object size) {
      if (size instanceof Integer n) {
        to.add(n);
      }
    }
  }

  private long media(Sizes sizes) throws IOException {
    long n = 0;
    try (BufferedReader in = media.sorted()) {
      Object[] last = null;
      int boxes = 0;
      int outlines = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Object[] item = JSON.readValue(line, Object[].class);
        boolean same = last != null && last[0].equals(item[0]) && last[1].equals(item[1]);
        if (!same) {
          if (last != null) {
            sizes.add(last, boxes, outlines);
          }
          n++;
          count("pictures by split", (String) item[2]);
          boxes = 0;
          outlines = 0;
        }
        boxes += (Integer) item[6];
        outlines += (Integer) item[7];
        last = item;
      }
      if (last != null) {
        sizes.add(last, boxes, outlines);
      }
    }
    return n;
  }

  @Override
  public void close() throws IOException {
    try (groups) {
      media.close();
    }
  }
}
