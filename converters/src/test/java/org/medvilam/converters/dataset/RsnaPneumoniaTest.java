package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetContract;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.phantom.PhantomDicom;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.imaging.Pictures;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

final class RsnaPneumoniaTest extends DatasetContract {
  private static final RsnaPneumonia RSNA = new RsnaPneumonia();
  private static final String A = id('a');
  private static final String B = id('b');
  private static final String C = id('c');
  private static final String NOT_NORMAL = "No Lung Opacity / Not Normal";

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return RSNA;
  }

  @Override
  protected String expectedInMessage() {
    return "stage_2_train_labels.csv";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("rsna-pneumonia-detection-challenge");
  }

  /** The size stands in the picture alone. */
  @Override
  protected Optional<String> otherSizeReason() {
    return Optional.empty();
  }

  private static String id(char digit) {
    return "00000000-0000-0000-0000-00000000000" + digit;
  }

  private Path tree(String name, String labels, String classes, String... pictures)
      throws IOException {
    Path root = folder.resolve(name);
    PhantomFiles files = new PhantomFiles(root);
    files.text(RsnaPneumonia.LABELS, "patientId,x,y,width,height,Target\n" + labels);
    files.text(RsnaPneumonia.CLASSES, "patientId,class\n" + classes);
    Files.createDirectories(root.resolve(RsnaPneumonia.IMAGES));
    for (String id : pictures) {
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
      files.bytes(RsnaPneumonia.image(id), PhantomDicom.jpeg(id, image, 0.9));
    }
    return root;
  }

  private static List<String> reasons(List<Rejection> rejections) {
    return rejections.stream().map(r -> r.scope() + " " + r.source() + " " + r.reason()).toList();
  }

  private static String problem(Path root) throws IOException {
    return RSNA.check(LocalStore.of(root), Settings.standard()).problem();
  }

  @Test
  void boxesAreNotMultipliedByTheSecondTable() throws IOException {
    String labels = A + ",1.0,2.0,10.0,20.0,1\n" + B + ",,,,,0\n" + A + ",15,5,25,25,1\r\n";
    String opacity = A + ",Lung Opacity\n";
    Path root = tree("two", labels, opacity + B + "," + NOT_NORMAL + "\n" + opacity, A, B);
    assertThat(problem(root)).isNull();
    DatasetSource source = source(root);
    Listed listed = list(source);
    assertThat(listed.rejections()).isEmpty();
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly(A, B);
    Item item = listed.item(A);
    assertThat(item.annotations()).isEqualTo(2);
    assertThat(item.split()).isEqualTo(Split.ofGroup("rsna-pneumonia", "image:" + A));
    Sample sample = RSNA.convert(source, item).samples().get(0);
    assertThat(sample.labels()).containsExactly(new ImageLabel("pneumonia", "Lung Opacity"));
    assertThat(sample.findings())
        .extracting(f -> f.regions().get(0))
        .containsExactly(new Box(1, 2, 11, 22), new Box(15, 5, 40, 30));
    assertThat(sample.findings().get(1).source()).hasToString(RsnaPneumonia.LABELS + "#row 4");
    Conversion without = RSNA.convert(source, listed.item(B));
    assertThat(without.negatives()).isEqualTo(1);
    assertThat(without.samples().get(0).labels())
        .containsExactly(new ImageLabel("sick but not pneumonia", NOT_NORMAL));
  }

  @Test
  void sizeIsThatOfTheDicomHeader() throws IOException {
    Path root = tree("size", A + ",,,,,0\n", A + ",Normal\n");
    byte[] file = PhantomDicom.grey(A, 3, 2, 12, new int[] {0, 1, 2, 3, 4, 4095});
    new PhantomFiles(root).bytes(RsnaPneumonia.image(A), file);
    Sample sample = RSNA.convert(source(root), list(source(root)).item(A)).samples().get(0);
    assertThat(sample.media().width()).isEqualTo(3);
    assertThat(sample.media().height()).isEqualTo(2);
    assertThat(Pictures.grey(file, "p").values()).startsWith(0).endsWith(1);
  }

  /** A patient's name in the header of a picture stays there. */
  @Test
  void textOfTheHeaderStaysThere() throws IOException {
    Path root = tree("name", A + ",1,2,10,20,1\n", A + ",Lung Opacity\n", A);
    Path picture = root.resolve(RsnaPneumonia.image(A));
    byte[] file = Files.readAllBytes(picture);
    byte[] named = named(file, "Secret^Name ");
    assertThat(Pictures.probe(named, "p")).isEqualTo(Pictures.probe(file, "p"));
    Files.write(picture, named);
    Item item = list(source(root)).item(A);
    Conversion conversion = RSNA.convert(source(root), item);
    Instructor instructor = new Instructor(InstructionOptions.standard(), "rsna-pneumonia/1");
    List<InstructionRecord> records = instructor.instruct(conversion.samples().get(0)).records();
    assertThat(records).isNotEmpty();
    assertThat(item + records.toString()).contains(A).doesNotContain("Secret");
    Files.write(picture, Arrays.copyOf(named, named.length / 2));
    ItemException e =
        catchThrowableOfType(ItemException.class, () -> RSNA.convert(source(root), item));
    assertThat(e.reason()).isEqualTo("truncated-picture");
    assertThat(e.toString()).contains(A).doesNotContain("Secret");
  }

  /** Returns a file whose empty (0010,0010) Patient's Name has a value. */
  private static byte[] named(byte[] file, String name) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    String tag = "\u0010\0\u0010\0PN";
    int at = text.indexOf(tag + "\0\0");
    assertThat(at).isPositive();
    String value = tag + (char) name.length() + "\0" + name;
    return (text.substring(0, at) + value + text.substring(at + tag.length() + 2))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2,10,20,2   | Lung Opacity | bad-number",
        "1,2,x,20,1    | Lung Opacity | bad-number",
        "1,2,NaN,20,1  | Lung Opacity | bad-number",
        ",,,,1         | Lung Opacity | conflicting-cells",
        "1,2,,20,1     | Lung Opacity | bad-number",
        "1,2,10,20,0   | Normal       | conflicting-cells",
        "1,2,10,20     | Lung Opacity | wrong-columns",
        "1,2,10,20,1   | Normal       | conflicting-rows",
        ",,,,0         | Lung Opacity | conflicting-rows",
        "1,2,10,20,1   | Opacity      | unknown-class"
      })
  void rowsThatCannotBeUsedRejectTheirPicture(String cells, String nativeClass, String reason)
      throws IOException {
    String name = "bad" + (cells + nativeClass).hashCode();
    Path root = tree(name, A + "," + cells + "\n", A + "," + nativeClass + "\n", A);
    Listed listed = list(source(root));
    assertThat(listed.items()).isEmpty();
    assertThat(reasons(listed.rejections()))
        .containsExactly(
            "ITEM " + RsnaPneumonia.LABELS + "#row 2 " + reason,
            "ANNOTATION " + RsnaPneumonia.LABELS + "#row 2 " + reason);
  }

  @Test
  void rowsBesideAUsableOneAreRejectedAlone() throws IOException {
    String box = A + ",1,2,10,20,1\n";
    String labels = box + box + A + ",1,2,10,,1\n" + A + ",2,2,10,20,1\n";
    Path root = tree("some", labels, (A + ",Lung Opacity\n").repeat(4), A);
    Item item = list(source(root)).item(A);
    assertThat(item.annotations()).isEqualTo(4);
    Conversion conversion = RSNA.convert(source(root), item);
    assertThat(conversion.samples().get(0).findings()).hasSize(2);
    assertThat(reasons(conversion.rejections()))
        .containsExactly(
            "ANNOTATION " + RsnaPneumonia.LABELS + "#row 3 duplicate-row",
            "ANNOTATION " + RsnaPneumonia.LABELS + "#row 4 bad-number");
  }

  @Test
  void rowsAndPicturesWithoutEachOtherAreRejectedByName() throws IOException {
    String labels = A + ",,,,,0\n" + "../" + A + ",,,,,0\n" + B + ",,,,,0\n" + B + ",1,2,3,4,1\n";
    String classes = B + ",Normal\n" + B + ",Lung Opacity\n" + C + ",Normal\nx,Normal\n";
    String d = id('d');
    Path root = tree("odd", labels, classes, A, B, C, d);
    new PhantomFiles(root).text(RsnaPneumonia.IMAGES + "/notes.txt", "?");
    Listed listed = list(source(root));
    assertThat(listed.items()).isEmpty();
    assertThat(reasons(listed.rejections()))
        .containsExactlyInAnyOrder(
            "ITEM stage_2_train_images/notes.txt unexpected-file",
            "ANNOTATION " + RsnaPneumonia.LABELS + "#row 3 bad-image-id",
            "ITEM " + RsnaPneumonia.CLASSES + "#row 5 bad-image-id",
            "ITEM " + RsnaPneumonia.LABELS + "#row 2 missing-row",
            "ANNOTATION " + RsnaPneumonia.LABELS + "#row 2 missing-row",
            "ITEM " + RsnaPneumonia.LABELS + "#row 4; row 5 conflicting-rows",
            "ANNOTATION " + RsnaPneumonia.LABELS + "#row 4 conflicting-rows",
            "ANNOTATION " + RsnaPneumonia.LABELS + "#row 5 conflicting-rows",
            "ITEM " + RsnaPneumonia.CLASSES + "#row 4 missing-row",
            "ITEM " + RsnaPneumonia.image(d) + " missing-row");
  }

  @Test
  void missingPartsOfTheTreeAreNamed() throws IOException {
    Path root = tree("part", "", "");
    Files.delete(root.resolve(RsnaPneumonia.IMAGES));
    assertThat(problem(root)).contains("Expected stage_2_train_images/", RsnaPneumonia.CLASSES);
    Files.delete(root.resolve(RsnaPneumonia.CLASSES));
    assertThat(problem(root)).contains("Expected stage_2_detailed_class_info.csv");
    assertThat(RSNA.check(LocalStore.of(root), Settings.standard().withLabelsOnly()).problem())
        .contains("--labels-only");
  }
}
