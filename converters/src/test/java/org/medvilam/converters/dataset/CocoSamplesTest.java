package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.RunLength;
import org.medvilam.records.instruction.Fate;
import org.medvilam.records.instruction.Instructed;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

/** Converts real COCO files of several tools, where the machine has them. */
final class CocoSamplesTest {
  private static final Coco COCO = new Coco();

  @TempDir Path scratch;

  /** Converts a tree; every annotation of its files ends in a record or a named rejection. */
  private Map<String, Integer> convert(Path root, boolean labelsOnly, String annotations)
      throws IOException {
    Settings settings = new Settings(labelsOnly, "lesion", annotations);
    assertThat(COCO.check(LocalStore.of(root), settings)).isEqualTo(LayoutCheck.rootAt(""));
    DatasetSource source = Listed.source(LocalStore.of(root), settings, scratch);
    Instructor instructor = new Instructor(InstructionOptions.standard(), "coco/1");
    Listed listed = Listed.of(COCO, source);
    Map<String, Integer> counts = new TreeMap<>();
    listed.rejections().forEach(r -> counts.merge(r.reason(), 1, Integer::sum));
    for (Item item : listed.items()) {
      Conversion conversion = COCO.convert(source, item);
      Sample sample = conversion.samples().get(0);
      Instructed instructed = instructor.instruct(sample);
      List<Rejection> rejections =
          Stream.concat(conversion.rejections().stream(), instructed.rejections().stream())
              .filter(r -> r.scope() == Rejection.Scope.ANNOTATION)
              .toList();
      assertThat(instructed.count(Fate.End.CONVERTED) + rejections.size())
          .isEqualTo(item.annotations());
      rejections.forEach(r -> counts.merge(r.reason(), 1, Integer::sum));
      counts.merge("images", 1, Integer::sum);
      counts.merge("annotations", item.annotations(), Integer::sum);
      counts.merge("converted", instructed.count(Fate.End.CONVERTED), Integer::sum);
    }
    return counts;
  }

  @Test
  void datumaroTreesConvertWithTheirPictures() throws IOException {
    Path trees = Samples.of("generic/datumaro").resolve("coco_dataset");
    for (String tree : List.of("coco", "coco_instances", "coco_roboflow", "mmdet_coco")) {
      assertThat(convert(trees.resolve(tree), false, null))
          .as(tree)
          .isEqualTo(Map.of("images", 2, "annotations", 3, "converted", 2, "crowd", 1));
    }
    Path beside = Samples.of("generic/datumaro").resolve("kaggle_dataset/relaxed_coco");
    assertThat(convert(beside, true, null))
        .isEqualTo(Map.of("images", 2, "annotations", 2, "converted", 2));
  }

  @Test
  void sahiFilesConvertWithoutPictures() throws IOException {
    Path root = Samples.of("generic/sahi");
    assertThat(convert(root, true, null))
        .isEqualTo(Map.of("images", 6, "annotations", 44, "converted", 44));
    assertThat(convert(root, true, "terrain_all_coco.json"))
        .isEqualTo(Map.of("images", 3, "annotations", 22, "converted", 22));
  }

  @Test
  void icevisionFilesConvertWithoutPictures() throws IOException {
    Path root = Samples.of("generic/icevision").resolve("samples");
    assertThat(convert(root, true, "annotations.json"))
        .isEqualTo(Map.of("images", 6, "annotations", 36, "converted", 35, "crowd", 1));
    assertThat(convert(root, true, "keypoints_annotations.json"))
        .containsEntry("images", 2)
        .containsEntry("annotations", 10);
  }

  @Test
  void compressedRunLengthsGiveTheMasksOfTheReferenceCode() throws IOException {
    Path root = Samples.of("generic/coco_rle");
    JsonNode results =
        RecordJson.mapper()
            .readTree(
                Files.readAllBytes(root.resolve("instances_val2014_fakesegm100_results.json")));
    List<String> lines = Files.readAllLines(root.resolve("expected_from_maskApi.csv"));
    assertThat(lines).hasSize(results.size() + 1).hasSizeGreaterThan(200);
    for (int i = 0; i < results.size(); i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      String text = results.get(i).get("segmentation").get("counts").asText();
      int height = Integer.parseInt(cells[2]);
      int width = Integer.parseInt(cells[3]);
      long[] counts = RunLength.cocoCounts(text);
      Mask mask = RunLength.fromCocoString(text, width, height);
      assertThat(mask.area()).as("line %d", i).isEqualTo(Long.parseLong(cells[4]));
      assertThat(counts).hasSize(Integer.parseInt(cells[9]));
      assertThat(RunLength.toCocoString(counts)).isEqualTo(text);
      assertThat(bounds(mask))
          .isEqualTo("%s,%s,%s,%s".formatted(cells[5], cells[6], cells[7], cells[8]));
    }
  }

  private static String bounds(Mask mask) {
    int x1 = mask.width();
    int y1 = mask.height();
    int x2 = 0;
    int y2 = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y)) {
          x1 = Math.min(x1, x);
          y1 = Math.min(y1, y);
          x2 = Math.max(x2, x + 1);
          y2 = Math.max(y2, y + 1);
        }
      }
    }
    return "%d,%d,%d,%d".formatted(x1, y1, x2 - x1, y2 - y1);
  }
}
