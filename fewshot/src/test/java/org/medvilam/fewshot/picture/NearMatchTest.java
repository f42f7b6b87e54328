package org.medvilam.fewshot.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.phantom.PhantomRequest;

/** Copies of drawn pictures are found, and different ones are told apart. */
final class NearMatchTest {
  private static final int PICTURES = 8;

  /** What leaves too little of drawn noise, which is finer than that of real pictures. */
  private static final Set<String> TOO_SMALL =
      Set.of("JPEG 10", "quarter, JPEG 75", "half", "half, JPEG 75");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"busi", "coco", "deeplesion", "masks", "tbx11k"})
  void copiesAreFoundAndDifferentPicturesAreNot(String dataset) throws IOException {
    Catalogue.find(dataset).orElseThrow().draw(new PhantomRequest(folder, PICTURES, 3));
    boolean ct = dataset.equals("deeplesion");
    PictureRates rates = new PictureRates(ct ? List.of(32593.0, 33043.0) : null);
    rates.add(folder);
    for (Map.Entry<String, PictureRates.Pairs> copy : rates.copies().entrySet()) {
      if (!TOO_SMALL.contains(copy.getKey())) {
        assertThat(copy.getValue().matches())
            .as(copy.getKey())
            .isEqualTo(copy.getValue().all())
            .isGreaterThanOrEqualTo(PICTURES);
      }
    }
    assertThat(rates.strangers().matches()).isZero();
  }
}
