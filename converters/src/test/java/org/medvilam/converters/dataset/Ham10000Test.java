package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetContract;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

final class Ham10000Test extends DatasetContract {
  private static final Ham10000 HAM10000 = new Ham10000();
  private static final String HEADER = "lesion_id,image_id,dx,dx_type,age,sex,localization\n";
  private static final String NAME = "HAM10000_metadata";
  private static final String TABLE = NAME + ".csv";

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return HAM10000;
  }

  @Override
  protected String expectedInMessage() {
    return "HAM10000_metadata.csv";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("dataverse_files");
  }

  private static String row(int lesion, int image, String dx) {
    return "HAM_%07d,ISIC_%07d,%s,histo,80.0,male,lower extremity\n".formatted(lesion, image, dx);
  }

  private Path tree(String name, String file, String table, int... numbers) throws IOException {
    PhantomFiles files = new PhantomFiles(folder.resolve(name));
    for (int number : numbers) {
      String id = "ISIC_%07d".formatted(number);
      int part = 1 + number % 2;
      files.jpeg("HAM10000_images_part_" + part + "/" + id + ".jpg", picture(0), 0.9);
      files.png(Ham10000.MASKS + "/" + id + "_segmentation.png", picture(100));
    }
    files.text(file, table);
    return folder.resolve(name);
  }

  private static BufferedImage picture(int foreground) {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < foreground; i++) {
      image.getRaster().setSample(10 + i % 10, 10 + i / 10, 0, 255);
    }
    return image;
  }

  private static String problem(Path root) throws IOException {
    return HAM10000.check(LocalStore.of(root), Settings.standard()).problem();
  }

  @ParameterizedTest
  @CsvSource({
    NAME + ".csv, ',', ''",
    NAME + ".csv, ',', ',dataset'",
    NAME + ".tab, '\t', '\tdataset'",
    NAME + ", '\t', ''"
  })
  void ownersFormsOfTheTableAreRead(String file, String delimiter, String more) throws IOException {
    String table = HEADER + row(118, 27419, "bkl") + row(118, 25030, "bkl");
    String form =
        table
            .replace("80.0", "")
            .replace("lower extremity\n", "\"lower extremity\"\n")
            .replace(",", delimiter)
            .replace("localization\n", "localization" + more + "\r\n");
    form = more.isEmpty() ? form : form.replace("\"\n", "\"" + delimiter + "rosendahl\r\n");
    Path root = tree(file + more.hashCode(), file, form, 27419, 25030);
    assertThat(problem(root)).isNull();
    Listed listed = list(source(root));
    assertThat(listed.rejections()).isEmpty();
    assertThat(listed.items()).extracting(Item::group).containsOnly("lesion:HAM_0000118");
    Sample sample = HAM10000.convert(source(root), listed.item("ISIC_0025030")).samples().get(0);
    assertThat(sample.labels()).containsExactly(new ImageLabel("benign keratosis", "bkl"));
    assertThat(sample.findings()).extracting(f -> f.label()).containsExactly("benign keratosis");
    assertThat(sample.source()).hasToString(file + "#row 3");
    assertThat(sample.split()).isEqualTo(Split.ofGroup("ham10000", "lesion:HAM_0000118"));
    assertThat(sample.media().uri()).isEqualTo("HAM10000_images_part_1/ISIC_0025030.jpg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lesion_id;image_id;dx;dx_type;age;sex;localization\nHAM_0000118;ISIC_0027419;bkl;;;;\n",
        ",lesion_id,image_id,dx,dx_type,age,sex,localization\n0,HAM_0000118,ISIC_0027419,bkl,,,,\n",
        "lesion_id,image_id,dx,dx_type,age,sex\nHAM_0000118,ISIC_0027419,bkl,,,\n",
        HEADER + "HAM_0000118,ISIC_0027419.jpg,bkl,histo,80.0,male,scalp\n",
        HEADER + "HAM_0000118,ISIC_0027419,Benign keratosis,histo,80.0,male,scalp\n",
        HEADER + "118,ISIC_0027419,bkl,histo,80.0,male,scalp\n",
        HEADER + "<<<<<<< HEAD\n",
        HEADER,
        ""
      })
  void copiesThatOthersSavedAreRefusedInWords(String table) throws IOException {
    Path root = tree("copy" + table.hashCode(), TABLE, table, 27419);
    assertThat(problem(root))
        .contains(root.toString(), "expected", "found", "take the owners' own");
  }

  @Test
  void rowsAndPicturesWithoutEachOtherAreRejectedByName() throws IOException {
    String table =
        HEADER
            + row(1, 1, "nv")
            + row(1, 1, "nv")
            + row(2, 2, "mel")
            + row(3, 2, "mel")
            + "HAM_0000004,ISIC_0000004\n"
            + row(5, 5, "unknown")
            + row(6, 9, "df");
    Path root = tree("odd", TABLE, table, 1, 2, 4, 5, 7);
    new PhantomFiles(root).jpeg("HAM10000_images_part_1/ISIC_0000007.jpg", picture(0), 0.9);
    new PhantomFiles(root).text("HAM10000_images_part_1/notes.txt", "?");
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("ISIC_0000001");
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM HAM10000_images_part_1/notes.txt unexpected-file",
            "ITEM " + TABLE + "#row 3 duplicate-row",
            "ITEM " + TABLE + "#row 5 conflicting-rows",
            "ITEM " + TABLE + "#row 4 conflicting-rows",
            "ANNOTATION " + mask(2) + " conflicting-rows",
            "ITEM " + TABLE + "#row 6 wrong-columns",
            "ANNOTATION " + mask(4) + " wrong-columns",
            "ITEM " + TABLE + "#row 7 unknown-class",
            "ANNOTATION " + mask(5) + " unknown-class",
            "ITEM " + TABLE + "#row 8 missing-image",
            "ITEM HAM10000_images_part_1/ISIC_0000007.jpg shared-name",
            "ITEM HAM10000_images_part_2/ISIC_0000007.jpg shared-name",
            "ANNOTATION " + mask(7) + " shared-name");
  }

  private static String mask(int number) {
    return Ham10000.MASKS + "/ISIC_%07d_segmentation.png".formatted(number);
  }

  @Test
  void picturesMayLieInOneFolder() throws IOException {
    Path root = tree("one", TABLE, HEADER + row(1, 2, "nv"), 2);
    Files.move(root.resolve("HAM10000_images_part_1"), root.resolve("HAM10000_images"));
    assertThat(problem(root)).isNull();
    assertThat(list(source(root)).items()).hasSize(1);
  }

  @Test
  void missingFoldersAreNamed() throws IOException {
    Path root = tree("masks", TABLE, HEADER + row(1, 2, "nv"), 2);
    Files.move(root.resolve(Ham10000.MASKS), folder.resolve("elsewhere"));
    assertThat(problem(root)).contains("no HAM10000_segmentations_lesion_tschandl/ there");
    Files.move(root.resolve("HAM10000_images_part_1"), root.resolve("images"));
    assertThat(problem(root)).contains("no HAM10000_images_part_1/ there", "images/");
  }

  @Test
  void realFilesConvert() throws IOException {
    Path samples = Samples.of("ham10000");
    assertThat(problem(samples)).isNull();
    Listed without = list(source(samples));
    assertThat(without.items()).isEmpty();
    assertThat(without.rejections())
        .hasSize(1999 + 4)
        .allMatch(r -> r.reason().equals("missing-image") || r.reason().equals("missing-row"));
    Path root = copy(samples, folder.resolve("real"));
    String rows = row(9999998, 24311, "nv") + row(9999999, 27001, "nv");
    Files.writeString(root.resolve(TABLE), Files.readString(root.resolve(TABLE)) + rows);
    Listed listed = list(source(root));
    assertThat(listed.items()).hasSize(2);
    Instructor instructor = new Instructor(InstructionOptions.standard(), "ham10000/1");
    for (Item item : listed.items()) {
      Sample sample = HAM10000.convert(source(root), item).samples().get(0);
      assertThat(sample.media().width()).isEqualTo(600);
      assertThat(sample.media().height()).isEqualTo(450);
      BufferedImage mask =
          ImageIO.read(root.resolve(sample.findings().get(0).source().file()).toFile());
      assertThat(instructor.instruct(sample).records())
          .filteredOn(r -> r.task() == Task.LOCALIZATION)
          .singleElement()
          .satisfies(
              r -> assertThat(r.nativeRegions().boxes()).containsExactly(MaskBounds.of(mask)));
    }
  }
}
