package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Rejection;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.store.LocalStore;

/** ISINet's masks of instrument types: layouts, encodings and the two numberings. */
final class Endovis18TypesTest {
  private static final Endovis18 ENDOVIS = new Endovis18();
  private static final String THROUGH =
      table(
          "Bipolar Forceps",
          "Prograsp Forceps",
          "Large Needle Driver",
          "Monopolar Curved Scissors",
          "Ultrasound Probe",
          "Suction Instrument",
          "Clip Applier",
          "Stapler",
          "kidney-parenchyma");
  private static final String AS_IN_2017 =
      table(
          "bipolar-forceps",
          "prograsp-forceps",
          "large-needle-driver",
          "vessel-sealer",
          "grasping-retractor",
          "monopolar-curved-scissors",
          "ultrasound-probe",
          "suction-instrument",
          "clip-applier",
          "stapler");

  @TempDir Path folder;

  private static String table(String... names) {
    StringBuilder json = new StringBuilder("[{\"name\": \"background\", \"classid\": 0}");
    for (int i = 0; i < names.length; i++) {
      json.append(", {\"name\": \"%s\", \"classid\": %d}".formatted(names[i], i + 1));
    }
    return json.append("]").toString();
  }

  private static BufferedImage picture(int type, int value) {
    BufferedImage image = new BufferedImage(24, 20, type);
    for (int i = 0; i < 25; i++) {
      for (int b = 0; b < image.getRaster().getNumBands(); b++) {
        image.getRaster().setSample(3 + i % 5, 4 + i / 5, b, value);
      }
    }
    return image;
  }

  /** Writes a frame of sequence 1 with a mask of each class number. */
  private Path tree(String name, int... numbers) throws IOException {
    PhantomFiles files = new PhantomFiles(folder.resolve(name));
    files.png("seq_1/left_frames/frame000.png", picture(BufferedImage.TYPE_3BYTE_BGR, 99));
    files.png("seq_1/labels/frame000.png", picture(BufferedImage.TYPE_4BYTE_ABGR, 0));
    for (int number : numbers) {
      files.png(
          "seq_1/instrument_labels_2017/frame000_class%d_inst0.png".formatted(number),
          picture(BufferedImage.TYPE_BYTE_GRAY, 1));
    }
    return folder.resolve(name);
  }

  private static String problem(Path root, String table) throws IOException {
    Settings settings = new Settings(false, "lesion", table);
    return ENDOVIS.check(LocalStore.of(root), settings).problem();
  }

  private DatasetSource source(Path root, String table) {
    Settings settings = new Settings(false, "lesion", table);
    return Listed.source(LocalStore.of(root), settings, folder.resolve("scratch"));
  }

  private List<String> labels(Path root, String table) throws IOException {
    assertThat(problem(root, table)).isNull();
    DatasetSource source = source(root, table);
    Item item = Listed.of(ENDOVIS, source).item("seq_1/frame000");
    return ENDOVIS.convert(source, item).samples().get(0).labels().stream()
        .map(ImageLabel::label)
        .toList();
  }

  @Test
  void numbersOfOneNumberingAloneTellIt() throws IOException {
    assertThat(labels(tree("through", 1, 4, 7), null))
        .containsExactly("bipolar forceps", "clip applier", "monopolar curved scissors");
    assertThat(labels(tree("as in 2017", 1, 6, 9), null))
        .containsExactly("bipolar forceps", "clip applier", "monopolar curved scissors");
  }

  @Test
  void numbersOfBothNumberingsTellNothing() throws IOException {
    Path root = tree("both", 1, 2, 3, 6);
    assertThat(problem(root, null))
        .contains("[1, 2, 3, 6]", "both numberings", "--annotations", "final_labels_2017.json");
    new PhantomFiles(root).text("tables/mine.json", AS_IN_2017);
    assertThat(labels(root, "tables/mine.json")).contains("monopolar curved scissors");
    assertThat(problem(root, "tables/none.json")).contains("tables/none.json", "found none");
    assertThat(problem(root, "../elsewhere/mine.json")).contains("found none");
  }

  @Test
  void numbersOfNeitherNumberingAreAProblem() throws IOException {
    assertThat(problem(tree("neither", 4, 9), null)).contains("[4, 9]", "neither");
    assertThat(problem(tree("organ", 1, 12), null)).contains("[1, 12]", "neither");
  }

  @Test
  void classTableOfTheTreeTellsIt() throws IOException {
    Path root = tree("table", 1, 2, 3, 6);
    new PhantomFiles(root).text("final_labels_2017.json", AS_IN_2017);
    assertThat(labels(root, null)).contains("monopolar curved scissors");
    new PhantomFiles(root).text("final_labels.json", THROUGH);
    assertThat(problem(root, null)).contains("more than one class table");
    assertThat(labels(root, "final_labels.json")).contains("suction instrument");
  }

  @Test
  void classTableForATreeWithoutTypesIsAProblem() throws IOException {
    Path root = tree("untyped");
    new PhantomFiles(root).text("final_labels.json", THROUGH);
    assertThat(problem(root, null)).isNull();
    assertThat(problem(root, "final_labels.json")).contains("Leave --annotations out");
  }

  @Test
  void classTableThatLacksANumberIsNotTaken() throws IOException {
    Path root = tree("lacks", 1, 6, 9);
    new PhantomFiles(root).text("final_labels.json", THROUGH);
    assertThat(problem(root, null)).contains("no class table there", "final_labels.json");
    new PhantomFiles(root).text("final_labels_2017.json", AS_IN_2017);
    assertThat(labels(root, null)).contains("clip applier");
  }

  @Test
  void otherInstrumentsAreRejectedByName() throws IOException {
    Path root = tree("stapler", 2, 4, 8);
    new PhantomFiles(root).text("labels_2017.json", THROUGH);
    DatasetSource source = source(root, null);
    Item item = Listed.of(ENDOVIS, source).item("seq_1/frame000");
    assertThat(item.annotations()).isEqualTo(5);
    Conversion conversion = ENDOVIS.convert(source, item);
    assertThat(conversion.negatives()).isEqualTo(2);
    assertThat(conversion.samples().get(0).findings())
        .extracting(f -> f.label() + "/" + f.nativeLabel())
        .containsExactly(
            "prograsp forceps/Prograsp Forceps",
            "monopolar curved scissors/Monopolar Curved Scissors");
    assertThat(conversion.rejections())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.scope()).isEqualTo(Rejection.Scope.ANNOTATION);
              assertThat(r.reason()).isEqualTo("other-class");
              assertThat(r.detail()).contains("class 8 (Stapler)");
            });
  }

  @Test
  void masksAreAnythingButBlackAndOneFindingEach() throws IOException {
    Path root = tree("encodings", 4);
    String mask = "seq_1/instrument_labels_2017/frame000_class4_inst%d.png";
    PhantomFiles files = new PhantomFiles(root);
    files.png(mask.formatted(1), picture(BufferedImage.TYPE_BYTE_GRAY, 255));
    files.png(mask.formatted(2), picture(BufferedImage.TYPE_3BYTE_BGR, 7));
    DatasetSource source = source(root, null);
    Conversion conversion =
        ENDOVIS.convert(source, Listed.of(ENDOVIS, source).item("seq_1/frame000"));
    assertThat(conversion.samples().get(0).findings())
        .hasSize(3)
        .allSatisfy(
            f -> {
              MaskRegion region = (MaskRegion) f.regions().get(0);
              assertThat(region.instances()).isFalse();
              assertThat(region.mask().area()).isEqualTo(25);
            });
  }

  @Test
  void sequencesWithoutTypesAreNotMixedWithThoseThatHaveThem() throws IOException {
    Path root = tree("mixed", 4);
    PhantomFiles files = new PhantomFiles(root);
    files.png("test_data/seq_1/left_frames/frame000.png", picture(5, 9));
    files.png("test_data/seq_1/labels/frame000.png", picture(5, 0));
    files.png("seq_1/instrument_labels_2017/frame007_class4_inst0.png", picture(10, 1));
    files.text("seq_1/instrument_labels_2017/frame000.txt", "?");
    Listed listed = Listed.of(ENDOVIS, source(root, null));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("seq_1/frame000");
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM test_data/seq_1/left_frames untyped-sequence",
            "ANNOTATION seq_1/instrument_labels_2017/frame007_class4_inst0.png missing-image",
            "ITEM seq_1/instrument_labels_2017/frame000.txt unexpected-file");
  }

  @Test
  void partsOfTheOwnersScriptConvert() throws IOException {
    Path root = folder.resolve("organised");
    PhantomFiles files = new PhantomFiles(root);
    files.text("labels_2017.json", THROUGH);
    for (String frame :
        List.of("train/%s/seq1_frame000", "train/%s/seq2_frame000", "val/%s/seq_2_frame001")) {
      files.png(frame.formatted("images") + ".png", picture(5, 9));
    }
    String mask = "/binary_annotations/%s_class%d_inst0.png";
    files.png("train" + mask.formatted("seq1_frame000", 6), picture(10, 255));
    files.png("train" + mask.formatted("seq2_frame000", 1), picture(10, 255));
    DatasetSource source = source(root, null);
    assertThat(problem(root, null)).isNull();
    Listed listed = Listed.of(ENDOVIS, source);
    assertThat(listed.items())
        .extracting(i -> i.mediaId() + " " + i.group() + " " + i.split().key())
        .containsExactly("seq_1/frame000 video:seq_1 train");
    assertThat(ENDOVIS.convert(source, listed.items().get(0)).samples().get(0).labels())
        .extracting(ImageLabel::label)
        .containsExactly("suction instrument");
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM train/images/seq2_frame000.png other-part",
            "ANNOTATION train/binary_annotations/seq2_frame000_class1_inst0.png other-part",
            "ITEM val/images/seq_2_frame001.png missing-label");
  }

  @Test
  void pictureOfClassNumbersConvertsByItsTable() throws IOException {
    Path root = folder.resolve("numbers");
    PhantomFiles files = new PhantomFiles(root);
    files.png("val/images/seq2_frame000.png", picture(5, 9));
    BufferedImage numbers = picture(10, 6);
    numbers.getRaster().setSample(20, 10, 0, 9);
    files.png("val/annotations/seq2_frame000.png", numbers);
    assertThat(problem(root, null)).contains("--annotations");
    files.text("labels_2017.json", THROUGH);
    DatasetSource source = source(root, null);
    Item item = Listed.of(ENDOVIS, source).item("seq_2/frame000");
    assertThat(item.annotations()).isEqualTo(7);
    Conversion conversion = ENDOVIS.convert(source, item);
    assertThat(conversion.negatives()).isEqualTo(6);
    assertThat(conversion.samples().get(0).labels())
        .containsExactly(new ImageLabel("suction instrument", "Suction Instrument"));
    assertThat(conversion.rejections())
        .singleElement()
        .satisfies(r -> assertThat(r.detail()).contains("class 9 in 1 pixels"));
  }
}
