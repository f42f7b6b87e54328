package org.medvilam.converters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.records.store.LocalStore;

final class FormDetectionTest {
  @TempDir Path folder;

  private FormDetection detect() throws IOException {
    return FormDetection.of(LocalStore.of(folder), Settings.standard());
  }

  private void draw(String name) throws IOException {
    Catalogue.find(name).orElseThrow().draw(new PhantomRequest(folder, 6, 1));
  }

  private static Stream<String> names() {
    return Catalogue.all().stream().map(d -> d.info().name());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPhantomIsOfItsDatasetAlone(String name) throws IOException {
    draw(name);
    FormDetection found = detect();
    assertThat(found.clear()).get().extracting(d -> d.info().name()).isEqualTo(name);
    assertThat(found.candidates().get(0).confidence())
        .isEqualTo(
            name.equals("masks") ? FormDetection.Confidence.MEDIUM : FormDetection.Confidence.HIGH);
    assertThat(found.candidates().stream().skip(1))
        .allMatch(c -> c.confidence() != FormDetection.Confidence.HIGH);
  }

  @Test
  void aReleaseIsLikelierThanTheFormsOfItsFiles() throws IOException {
    draw("tbx11k");
    assertThat(detect().candidates())
        .extracting(c -> c.dataset().info().name())
        .containsExactly("tbx11k", "coco", "voc");
    assertThat(detect().candidates().get(0).evidence())
        .startsWith("the tree of TBX11K")
        .contains("annotations/json/");
  }

  @Test
  void twoReleasesAreNotClear() throws IOException {
    draw("busi");
    draw("ham10000");
    assertThat(detect().candidates())
        .extracting(c -> c.dataset().info().name())
        .containsExactly("busi", "ham10000");
    assertThat(detect().clear()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coco",
        "cvat",
        "kaggle-rle",
        "label-studio",
        "labelme",
        "masks",
        "via",
        "voc",
        "yolo"
      })
  void everyPhantomIsOfItsFormAlone(String name) throws IOException {
    draw(name);
    assertThat(detect().candidates())
        .extracting(c -> c.dataset().info().name())
        .containsExactly(name);
  }

  @Test
  void twoFormsOfOneConfidenceAreNotClear() throws IOException {
    draw("voc");
    draw("labelme");
    assertThat(detect().candidates()).hasSize(2);
    assertThat(detect().clear()).isEmpty();
  }

  @Test
  void theLikelierFormIsClear() throws IOException {
    draw("masks");
    draw("coco");
    assertThat(detect().candidates())
        .extracting(FormDetection.Candidate::confidence)
        .containsExactly(FormDetection.Confidence.HIGH, FormDetection.Confidence.MEDIUM);
    assertThat(detect().clear()).get().extracting(d -> d.info().name()).isEqualTo("coco");
  }

  @Test
  void aFormThatLacksSomethingIsNeverClear() throws IOException {
    new PhantomFiles(folder).text("a.txt", "0 .5 .5 .1 .1\n");
    assertThat(detect().candidates().get(0))
        .satisfies(c -> assertThat(c.confidence()).isEqualTo(FormDetection.Confidence.LOW))
        .satisfies(c -> assertThat(c.evidence()).contains("1 file: a.txt", "names of the classes"));
    assertThat(detect().clear()).isEmpty();
  }

  @Test
  void otherFilesAreOfNoForm() throws IOException {
    PhantomFiles files = new PhantomFiles(folder);
    files.text("a.json", "{\"people\": [1]}");
    files.text("b.xml", "<svg><annotation/></svg>");
    files.text("c.csv", "name,age\n");
    files.text("d.txt", "notes");
    files.text("e.json", "[{\"annotations\"");
    assertThat(detect().candidates()).isEmpty();
  }
}
