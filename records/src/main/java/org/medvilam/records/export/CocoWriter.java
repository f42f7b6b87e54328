package org.medvilam.records.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.store.Store;

/**
 * Writes a COCO label file per split.
 *
 * <p>Ids count from 1 in each file: categories in the order of their labels, pictures and
 * annotations in the order of the run, which is that of a hash, so that a run has the same ids
 * every time. A box is {@code [x, y, width, height]}, 0-based and continuous; an outline has all
 * its vertices in pixels.
 *
 * <p>COCO has nothing to say of a picture as a whole. A classification is kept where the file says
 * it all the same: its labels are those of the picture's regions, or there is nothing to find and
 * no region. Otherwise it is left out, since a picture without annotations would claim that it
 * shows nothing.
 */
final class CocoWriter implements TargetWriter {
  private final int points;
  private final Store output;
  private final Map<String, DatasetFacts> facts;
  private final List<String> datasets;
  private final SortedMap<String, Integer> categories = new TreeMap<>();
  private final SortedMap<String, Parts> parts = new TreeMap<>();

  /** The two lists of a split on their way. */
  private record Parts(ExportFile images, ExportFile annotations) {}

  private record Image(
      long id,
      @JsonProperty("file_name") String fileName,
      int width,
      int height,
      int license,
      String dataset) {}

  private record Annotation(
      long id,
      @JsonProperty("image_id") long imageId,
      @JsonProperty("category_id") int categoryId,
      int iscrowd,
      double area,
      List<Double> bbox,
      List<double[]> segmentation) {}

  private record Category(int id, String name, String supercategory) {}

  private record License(
      int id, String name, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url) {}

  private record Info(String description, String contributor) {}

  CocoWriter(int points, SortedSet<String> labels, Map<String, DatasetFacts> facts, Store output) {
    this.points = points;
    this.output = output;
    this.facts = facts;
    this.datasets = List.copyOf(new TreeSet<>(facts.keySet()));
    for (String label : labels) {
      categories.put(label, categories.size() + 1);
    }
  }

  @Override
  public @Nullable Problem problem(
      InstructionRecord r, List<InstructionRecord> medium, String path) {
    return switch (r.task()) {
      case LOCALIZATION -> Regions.boxProblem(r);
      case SEGMENTATION -> Regions.outlineProblem(r);
      case CLASSIFICATION -> classProblem(r, medium);
      default ->
          new Problem("no-form-for-text", "expected regions or labels, found " + r.task().key());
    };
  }

  private static @Nullable Problem classProblem(
      InstructionRecord r, List<InstructionRecord> medium) {
    SortedSet<String> located = new TreeSet<>();
    for (InstructionRecord other : medium) {
      boolean boxes = other.task() == Task.LOCALIZATION && Regions.boxProblem(other) == null;
      boolean rings = other.task() == Task.SEGMENTATION && Regions.outlineProblem(other) == null;
      if (boxes || rings) {
        located.add(other.label());
      }
    }
    boolean nothing = located.isEmpty() && r.label().equals(ImageLabel.NO_FINDING);
    return nothing || names(r.label()).equals(names(String.join(", ", located)))
        ? null
        : new Problem(
            "no-region",
            "expected regions of '%s' and of nothing else, found those of %s"
                .formatted(r.label(), located));
  }

  private static SortedSet<String> names(String joined) {
    return new TreeSet<>(Arrays.asList(joined.split(", ", -1)));
  }

  @Override
  public void write(List<InstructionRecord> records, String path) throws IOException {
    InstructionRecord first = records.get(0);
    Parts to = partsOf(Split.fileKey(first.split()));
    long image = to.images.entries() + 1;
    to.images.element(
        new Image(
            image,
            path,
            first.media().width(),
            first.media().height(),
            datasets.indexOf(first.dataset()) + 1,
            first.dataset()));
    annotate(to.annotations, image, records);
  }

  private void annotate(ExportFile annotations, long image, List<InstructionRecord> records)
      throws IOException {
    SortedMap<String, List<Box>> boxes = new TreeMap<>();
    SortedMap<String, List<Ring>> outlines = new TreeMap<>();
    for (InstructionRecord r : records) {
      if (r.task() != Task.CLASSIFICATION) {
        add(boxes, r.label(), r.nativeRegions().boxes());
        add(outlines, r.label(), r.nativeRegions().polygons());
      }
    }
    for (String label : boxes.keySet()) {
      int category = categories.get(label);
      for (CocoRegion region : CocoRegion.of(boxes.get(label), outlines.get(label))) {
        long id = annotations.entries() + 1;
        List<double[]> segmentation = segmentation(region);
        annotations.element(
            new Annotation(id, image, category, 0, region.area(), region.bbox(), segmentation));
      }
    }
  }

  private static <T> void add(SortedMap<String, List<T>> to, String label, List<T> regions) {
    to.computeIfAbsent(label, k -> new ArrayList<>()).addAll(regions);
  }

  private List<double[]> segmentation(CocoRegion region) {
    return region.outlines().stream()
        .map(r -> (points == 0 ? r : r.sample(points)).flat())
        .toList();
  }

  private Parts partsOf(String split) throws IOException {
    Parts to = parts.get(split);
    if (to == null) {
      to =
          new Parts(
              new ExportFile(output, part(split, "images")),
              new ExportFile(output, part(split, "annotations")));
      parts.put(split, to);
    }
    return to;
  }

  private static String part(String split, String list) {
    return "annotations/instances_" + split + "." + list + RunFolder.TEMPORARY;
  }

  @Override
  public List<Manifest.FileEntry> finish() throws IOException {
    List<Manifest.FileEntry> entries = new ArrayList<>();
    for (Map.Entry<String, Parts> split : parts.entrySet()) {
      entries.add(join(split.getKey(), split.getValue()));
    }
    return entries;
  }

  private Manifest.FileEntry join(String split, Parts from) throws IOException {
    ExportFile file = new ExportFile(output, "annotations/instances_" + split + ".json");
    file.text("{\"info\":" + json(info()) + ",\n\"licenses\":" + json(licenses()));
    file.text(",\n\"categories\":" + json(categories()) + ",\n\"images\":[\n");
    long images = append(from.images, part(split, "images"), file);
    file.text("\n],\n\"annotations\":[\n");
    append(from.annotations, part(split, "annotations"), file);
    file.text("\n]}\n");
    return file.finish(images);
  }

  private long append(ExportFile part, String path, ExportFile to) throws IOException {
    long entries = part.finish().records();
    try (InputStream in = output.read(path)) {
      in.transferTo(to.stream());
    }
    output.delete(path);
    return entries;
  }

  private static String json(Object value) throws IOException {
    return RecordJson.mapper().writeValueAsString(value);
  }

  private Info info() {
    return new Info(join(DatasetFacts::title), join(DatasetFacts::citation));
  }

  private String join(Function<DatasetFacts, String> fact) {
    return String.join("; ", datasets.stream().map(d -> fact.apply(facts.get(d))).toList());
  }

  private List<License> licenses() {
    List<License> licenses = new ArrayList<>();
    for (String dataset : datasets) {
      DatasetFacts of = facts.get(dataset);
      licenses.add(new License(licenses.size() + 1, of.licence(), of.licenceUrl().orElse(null)));
    }
    return licenses;
  }

  private List<Category> categories() {
    return categories.entrySet().stream()
        .map(c -> new Category(c.getValue(), c.getKey(), "finding"))
        .toList();
  }

  @Override
  public String card() {
    return """
        Files: `annotations/instances_SPLIT.json`. Ids count from 1 in each file: categories by
        label, pictures and annotations in the order of the run. `file_name` is the picture's path.

        Coordinates: pixels of the stored picture, 0-based, edges included; `bbox` is
        `[x, y, width, height]`. Outlines have %s. Which outline belongs to which box is not part of
        a record: each goes with the box of its label that covers most of it. Holes are filled and
        `iscrowd` is 0.

        Read it back with `medvilam convert --dataset coco`.
        """
        .formatted(points == 0 ? "all their vertices" : points + " points at equal arc lengths");
  }
}
