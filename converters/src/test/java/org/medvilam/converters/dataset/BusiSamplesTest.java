package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Sample;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

/** Converts real files of the release, where the machine has them. */
final class BusiSamplesTest {
  private static final Busi BUSI = new Busi();

  @TempDir Path scratch;
  private Path root;
  private DatasetSource source;

  @BeforeEach
  void findRoot() throws IOException {
    Path samples = Samples.of("busi");
    LayoutCheck check = BUSI.check(LocalStore.of(samples), Settings.standard());
    assertThat(check).isEqualTo(LayoutCheck.rootAt("Dataset_BUSI_with_GT"));
    root = samples.resolve(check.prefix());
    source = Listed.source(LocalStore.of(root), Settings.standard(), scratch);
  }

  private Map<String, List<InstructionRecord>> recordsByMedium() throws IOException {
    Instructor instructor = new Instructor(InstructionOptions.standard(), BUSI.info().converter());
    Map<String, List<InstructionRecord>> records = new TreeMap<>();
    Listed listed = Listed.of(BUSI, source);
    assertThat(listed.rejections()).isEmpty();
    for (Item item : listed.items()) {
      Sample sample = BUSI.convert(source, item).samples().get(0);
      records.put(item.mediaId(), instructor.instruct(sample).records());
    }
    return records;
  }

  @Test
  void countsAreThoseOfTheFiles() throws IOException {
    Map<String, List<InstructionRecord>> records = recordsByMedium();
    assertThat(records.keySet())
        .containsExactly(
            "benign (1)",
            "benign (100)",
            "benign (181)",
            "benign (195)",
            "benign (240)",
            "malignant (136)",
            "normal (1)",
            "normal (50)");
    assertThat(boxes(records.get("benign (195)"))).hasSize(3);
    assertThat(boxes(records.get("benign (100)"))).hasSize(2);
    assertThat(boxes(records.get("benign (181)"))).hasSize(2);
    assertThat(boxes(records.get("malignant (136)"))).hasSize(1);
    assertThat(outlines(records.get("benign (195)"))).isEqualTo(3);
    assertThat(outlines(records.get("benign (240)"))).isEqualTo(1);
  }

  @Test
  void normalPicturesGiveTheirClassAlone() throws IOException {
    for (String id : new String[] {"normal (1)", "normal (50)"}) {
      assertThat(recordsByMedium().get(id))
          .singleElement()
          .satisfies(
              r -> {
                assertThat(r.task()).isEqualTo(Task.CLASSIFICATION);
                assertThat(r.answer()).isEqualTo("normal");
              });
    }
  }

  @Test
  void boxesAreThePixelBoundsOfTheMasks() throws IOException {
    Map<String, List<InstructionRecord>> records = recordsByMedium();
    for (Item item : Listed.of(BUSI, source).items()) {
      if (item.mediaId().startsWith("normal")) {
        continue;
      }
      List<Box> expected = new ArrayList<>();
      for (String mask : item.payload(Busi.Files.class).masks()) {
        expected.add(bounds(ImageIO.read(root.resolve(mask).toFile())));
      }
      assertThat(boxes(records.get(item.mediaId())))
          .as(item.mediaId())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** Returns the bounds of the pixels that are white, but for lone pixels beside the lesion. */
  private static Box bounds(BufferedImage mask) {
    int x1 = mask.getWidth();
    int y1 = mask.getHeight();
    int x2 = 0;
    int y2 = 0;
    for (int y = 0; y < mask.getHeight(); y++) {
      for (int x = 0; x < mask.getWidth(); x++) {
        if (white(mask, x, y) && neighbours(mask, x, y) > 0) {
          x1 = Math.min(x1, x);
          y1 = Math.min(y1, y);
          x2 = Math.max(x2, x + 1);
          y2 = Math.max(y2, y + 1);
        }
      }
    }
    return new Box(x1, y1, x2, y2);
  }

  private static int neighbours(BufferedImage mask, int x, int y) {
    int count = 0;
    for (int k = 0; k < 9; k++) {
      count += k != 4 && white(mask, x + k % 3 - 1, y + k / 3 - 1) ? 1 : 0;
    }
    return count;
  }

  private static boolean white(BufferedImage mask, int x, int y) {
    boolean inside = x >= 0 && y >= 0 && x < mask.getWidth() && y < mask.getHeight();
    return inside && (mask.getRGB(x, y) & 0xff) > 127;
  }

  private static List<Box> boxes(List<InstructionRecord> records) {
    return records.stream()
        .filter(r -> r.task() == Task.LOCALIZATION)
        .flatMap(r -> r.nativeRegions().boxes().stream())
        .toList();
  }

  private static int outlines(List<InstructionRecord> records) {
    return records.stream().mapToInt(r -> r.polygons().size()).sum();
  }
}
