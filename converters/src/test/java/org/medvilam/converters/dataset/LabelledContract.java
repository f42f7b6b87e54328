package org.medvilam.converters.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetContract;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Rejection;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.store.LocalStore;

/** What the tests of label forms share, beyond what holds for every dataset. */
abstract class LabelledContract extends DatasetContract {
  static final BufferedImage PICTURE = new BufferedImage(40, 20, BufferedImage.TYPE_BYTE_GRAY);

  @TempDir Path folder;
  PhantomFiles files;

  @BeforeEach
  void start() {
    files = new PhantomFiles(folder.resolve("set"));
  }

  /** Returns the source of what the test wrote. */
  final DatasetSource source(Settings settings) {
    return Listed.source(LocalStore.of(folder.resolve("set")), settings, folder.resolve("scratch"));
  }

  final Listed listed() throws IOException {
    return list(source(Settings.standard()));
  }

  /** Converts a picture of what the test wrote. */
  final Conversion convert(String picture) throws IOException {
    return dataset().convert(source(Settings.standard()), listed().item(picture));
  }

  /** Returns the problem that the listing found with a picture. */
  final String problem(String picture) throws IOException {
    return listed().item(picture).payload().at("/problem/reason").asText();
  }

  /** Returns the first difference from the layout, or null. */
  final String layout() throws IOException {
    return dataset().check(LocalStore.of(folder.resolve("set")), Settings.standard()).problem();
  }

  static List<String> reasons(Conversion conversion) {
    return conversion.rejections().stream().map(Rejection::reason).toList();
  }

  static List<Region> regions(Conversion conversion) {
    return conversion.samples().get(0).findings().stream()
        .flatMap(f -> f.regions().stream())
        .toList();
  }

  static List<String> labels(Conversion conversion) {
    return conversion.samples().get(0).labels().stream().map(ImageLabel::label).toList();
  }

  /** Returns the foreground pixels of a mask, {@code x,y} row by row. */
  static String pixels(Region region) {
    Mask mask = ((MaskRegion) region).mask();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < mask.width() * mask.height(); i++) {
      if (mask.get(i % mask.width(), i / mask.width())) {
        text.append(i % mask.width()).append(',').append(i / mask.width()).append(' ');
      }
    }
    return text.toString().strip();
  }
}
