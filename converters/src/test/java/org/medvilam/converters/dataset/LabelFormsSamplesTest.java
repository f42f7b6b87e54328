package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.FormDetection;
import org.medvilam.converters.GenericDataset;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.records.Rejection;
import org.medvilam.records.store.LocalStore;

/** Converts real label files of several tools, where the machine has them. */
final class LabelFormsSamplesTest {
  private static final Settings STANDARD = Settings.standard();
  private static final Settings LABELS_ONLY = STANDARD.withLabelsOnly();

  @TempDir Path scratch;

  /** Returns how the entries of a tree end: converted, or by reason. */
  private String convert(GenericDataset dataset, Path root, Settings settings) throws IOException {
    LocalStore store = LocalStore.of(root);
    assertThat(dataset.check(store, settings).problem()).isNull();
    assertThat(FormDetection.of(store, settings).candidates())
        .extracting(c -> c.dataset().info().name())
        .contains(dataset.info().name());
    DatasetSource source = Listed.source(store, settings, scratch);
    Map<String, Integer> counts = new TreeMap<>();
    Listed listed = Listed.of(dataset, source);
    listed.rejections().forEach(r -> counts.merge(r.reason(), 1, Integer::sum));
    for (Item item : listed.items()) {
      counts.merge("IMAGES", 1, Integer::sum);
      try {
        Conversion conversion = dataset.convert(source, item);
        int findings = conversion.samples().get(0).findings().size();
        long rejected =
            conversion.rejections().stream()
                .filter(r -> r.scope() == Rejection.Scope.ANNOTATION)
                .count();
        assertThat(findings + rejected + conversion.negatives()).isEqualTo(item.annotations());
        counts.merge("FINDINGS", findings, Integer::sum);
        conversion.rejections().forEach(r -> counts.merge(r.reason(), 1, Integer::sum));
      } catch (ItemException e) {
        counts.merge(e.reason(), 1, Integer::sum);
      }
    }
    return counts.toString();
  }

  private static Path datumaro(String tree) {
    return Samples.of("generic/datumaro").resolve(tree);
  }

  @Test
  void vocFiles() throws IOException {
    assertThat(convert(new Voc(), Samples.of("generic/icevision/samples/voc"), STANDARD))
        .isEqualTo("{FINDINGS=2, IMAGES=2, missing-file=1}");
    assertThat(convert(new Voc(), datumaro("voc_dataset/voc_dataset1"), STANDARD))
        .isEqualTo("{FINDINGS=2, IMAGES=1, missing-labels=2, object-part=1}");
    assertThat(convert(new Voc(), datumaro("kaggle_dataset/relaxed_voc2"), STANDARD))
        .isEqualTo("{FINDINGS=2, IMAGES=1, missing-labels=1}");
    assertThat(convert(new Voc(), datumaro("roboflow_dataset/voc"), STANDARD))
        .isEqualTo("{FINDINGS=1, IMAGES=3, zero-based-box=3}");
    Settings zero = new Settings(true, "lesion", null, true);
    assertThat(convert(new Voc(), Samples.of("fracatlas/Annotations/PASCAL VOC"), zero))
        .isEqualTo("{FINDINGS=180, IMAGES=190}");
  }

  @Test
  void yoloFiles() throws IOException {
    assertThat(convert(new Yolo(), datumaro("yolo_dataset/strict"), STANDARD))
        .isEqualTo("{FINDINGS=2, IMAGES=1}");
    assertThat(convert(new Yolo(), datumaro("yolo_dataset/labels"), STANDARD))
        .isEqualTo("{FINDINGS=4, IMAGES=2}");
    assertThat(convert(new Yolo(), datumaro("roboflow_dataset/yolo"), STANDARD))
        .isEqualTo("{FINDINGS=4, IMAGES=3}");
  }

  @Test
  void cvatFiles() throws IOException {
    Path trees = datumaro("cvat_dataset");
    assertThat(convert(new Cvat(), trees.resolve("for_images/export_task"), STANDARD))
        .isEqualTo("{FINDINGS=1, IMAGES=2, missing-label=2, unsupported-shape=1}");
    assertThat(convert(new Cvat(), trees.resolve("for_images/export_project"), STANDARD))
        .isEqualTo("{FINDINGS=6, IMAGES=6, unsupported-shape=6}");
    assertThat(convert(new Cvat(), trees.resolve("for_video"), STANDARD))
        .isEqualTo("{FINDINGS=1, IMAGES=2, unsupported-shape=2}");
  }

  @Test
  void labelStudioFiles() throws IOException {
    Path exports = Samples.of("generic/labelstudio");
    assertThat(convert(new LabelStudio(), exports.resolve("test_export_coco"), LABELS_ONLY))
        .isEqualTo("{FINDINGS=2, IMAGES=1, unsupported-shape=2}");
    assertThat(convert(new LabelStudio(), exports.resolve("test_export_yolo"), LABELS_ONLY))
        .isEqualTo(
            "{FINDINGS=4, IMAGES=7, rotated-box=25, several-annotations=1, unsupported-shape=8}");
  }

  @Test
  void viaFiles() throws IOException {
    assertThat(convert(new Via(), Samples.of("generic/via"), STANDARD))
        .isEqualTo("{IMAGES=331, missing-file=331}");
    assertThat(convert(new Via(), Samples.of("generic/icevision/samples/via"), STANDARD))
        .isEqualTo("{FINDINGS=5, IMAGES=2, missing-file=1}");
  }
}
