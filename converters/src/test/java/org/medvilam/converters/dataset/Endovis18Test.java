package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetContract;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

/** The challenge's layout, its label pictures and its repairs. */
final class Endovis18Test extends DatasetContract {
  private static final Endovis18 ENDOVIS = new Endovis18();
  private static final int SHAFT = 0x00ff00;
  private static final int THREAD = 0xbb9b19;

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return ENDOVIS;
  }

  @Override
  protected String expectedInMessage() {
    return "left_frames/";
  }

  /** Returns a half transparent picture with a square of a colour in its corner. */
  private static BufferedImage square(int colour) {
    BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_4BYTE_ABGR);
    int[] samples = {colour >> 16, colour >> 8 & 0xff, colour & 0xff, 128};
    for (int i = 0; i < 25; i++) {
      image.getRaster().setPixel(i % 5, i / 5, samples);
    }
    return image;
  }

  /** Writes a sequence of one frame, labelled with a square. */
  private static void sequence(PhantomFiles files, String path, int colour) throws IOException {
    files.png(path + "/left_frames/frame000.png", square(0x808080));
    files.png(path + "/labels/frame000.png", square(colour));
  }

  private LayoutCheck check(Path root) throws IOException {
    return ENDOVIS.check(LocalStore.of(root), Settings.standard());
  }

  private static byte[] zip(String name, byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(data);
    }
    return bytes.toByteArray();
  }

  private static List<String> shown(List<Rejection> rejections) {
    return rejections.stream()
        .map(r -> r.scope() + " " + r.source() + " " + r.reason())
        .sorted()
        .toList();
  }

  @Test
  void withoutTypesTheClassesOfTheChallengeAreTheLabels() throws IOException {
    PhantomTruth truth =
        Endovis18Phantom.drawChallenge(new PhantomRequest(folder.resolve("parts"), 24, 7));
    DatasetSource source = source(folder.resolve("parts"));
    assertThat(check(folder.resolve("parts"))).isEqualTo(LayoutCheck.rootAt(""));
    Listed listed = list(source);
    assertThat(listed.rejections()).isEmpty();
    Map<String, List<PhantomTruth.Drawn>> found = new HashMap<>();
    for (Item item : listed.items()) {
      assertThat(item.annotations()).isEqualTo(11);
      Conversion conversion = ENDOVIS.convert(source, item);
      assertThat(conversion.rejections()).isEmpty();
      Sample sample = conversion.samples().get(0);
      assertThat(sample.findings().size() + conversion.negatives()).isEqualTo(11);
      found.put(item.mediaId(), boxes(sample));
    }
    assertThat(found.keySet()).isEqualTo(truth.findings().keySet());
    truth
        .findings()
        .forEach(
            (id, drawn) ->
                assertThat(found.get(id)).as(id).containsExactlyInAnyOrderElementsOf(drawn));
    assertThat(found.values().stream().flatMap(List::stream).map(PhantomTruth.Drawn::label))
        .contains(
            "instrument shaft",
            "instrument wrist",
            "instrument clasper",
            "suction instrument",
            "ultrasound probe",
            "kidney parenchyma");
  }

  private static List<PhantomTruth.Drawn> boxes(Sample sample) {
    Instructor instructor = new Instructor(InstructionOptions.standard(), "endovis18/1");
    List<PhantomTruth.Drawn> boxes = new ArrayList<>();
    for (InstructionRecord r : instructor.instruct(sample).records()) {
      for (Box box : r.task() == Task.LOCALIZATION ? r.nativeRegions().boxes() : List.<Box>of()) {
        boxes.add(new PhantomTruth.Drawn(r.label(), box));
      }
    }
    return boxes;
  }

  @Test
  void testDataAreOtherVideosThanTrainingDataOfTheSameNumber() throws IOException {
    Path root = folder.resolve("clash");
    PhantomFiles files = new PhantomFiles(root);
    sequence(files, "Training_data_release_1/miccai_challenge_2018_release_1/seq_2", SHAFT);
    sequence(files, "Test_data_and_label_release/test_data/seq_2-1-001/seq_2", SHAFT);
    Listed listed = list(source(root));
    assertThat(listed.rejections()).isEmpty();
    assertThat(listed.items())
        .extracting(i -> i.mediaId() + " " + i.group() + " " + i.split().key())
        .containsExactlyInAnyOrder(
            "seq_2/frame000 video:seq_2 validation", "test/seq_2/frame000 video:test/seq_2 test");
    assertThat(list(source(root.resolve("Test_data_and_label_release/test_data"))).items())
        .extracting(Item::mediaId)
        .containsExactly("test/seq_2/frame000");
  }

  @Test
  void releasesMayLieInOneFolderAndInFoldersOfTheirOwnName() throws IOException {
    Path root = folder.resolve("flat");
    PhantomFiles files = new PhantomFiles(root);
    sequence(files, "seq_9", SHAFT);
    sequence(files, "miccai_challenge_release_4/miccai_challenge_release_4/seq_13", SHAFT);
    sequence(files, "__MACOSX/seq_9", SHAFT);
    assertThat(list(source(root)).items())
        .extracting(i -> i.mediaId() + " " + i.split().key())
        .containsExactlyInAnyOrder("seq_9/frame000 validation", "seq_13/frame000 train");
    sequence(files, "copy/seq_9", SHAFT);
    assertThat(check(root).problem()).contains("copy/seq_9/ and seq_9/", "once");
    Files.createDirectories(root.resolve("val/images"));
    assertThat(check(root).problem()).contains("found both", "val/");
  }

  @Test
  void treeOfVeryManyFoldersIsNoRelease() throws IOException {
    Path root = folder.resolve("many");
    for (int i = 0; i < 2001; i++) {
      Files.createDirectories(root.resolve("folder" + i));
    }
    assertThat(check(root).problem()).contains("more than 2000 folders");
  }

  @Test
  void coloursOfNoClassAreCountedAndNamed() throws IOException {
    Path root = folder.resolve("colours");
    PhantomFiles files = new PhantomFiles(root);
    sequence(files, "seq_3", SHAFT);
    BufferedImage labels = square(THREAD);
    labels.getRaster().setPixel(20, 10, new int[] {1, 2, 3, 0});
    labels.getRaster().setPixel(21, 10, new int[] {1, 2, 3, 255});
    labels.getRaster().setPixel(22, 10, new int[] {0, 254, 0, 128});
    files.png("seq_3/labels/frame000.png", labels);
    DatasetSource source = source(root);
    Conversion conversion = ENDOVIS.convert(source, list(source).items().get(0));
    assertThat(conversion.samples().get(0).labels())
        .containsExactly(new ImageLabel("thread", "thread"));
    assertThat(conversion.negatives()).isEqualTo(10);
    assertThat(conversion.rejections())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.scope()).isEqualTo(Rejection.Scope.PART);
              assertThat(r.source()).isEqualTo("seq_3/labels/frame000.png");
              assertThat(r.reason()).isEqualTo("unknown-colour");
              assertThat(r.detail())
                  .contains("2 others in 3 pixels", "[1, 2, 3] in 2", "[0, 254, 0] in 1");
            });
  }

  @Test
  void everyPieceOfAColourIsARegion() throws IOException {
    Path root = folder.resolve("pieces");
    sequence(new PhantomFiles(root), "seq_3", THREAD);
    DatasetSource source = source(root);
    Sample sample = ENDOVIS.convert(source, list(source).items().get(0)).samples().get(0);
    assertThat(sample.findings()).hasSize(1);
    assertThat(((MaskRegion) sample.findings().get(0).regions().get(0)).instances()).isTrue();
    assertThat(boxes(sample))
        .containsExactly(new PhantomTruth.Drawn("thread", new Box(0, 0, 5, 5)));
  }

  @Test
  void everyOtherFileIsRejectedByName() throws IOException {
    Path root = folder.resolve("odd");
    PhantomFiles files = new PhantomFiles(root);
    sequence(files, "seq_1", SHAFT);
    files.png("seq_1/left_frames/frame001.png", square(0));
    files.png("seq_1/labels/frame002.png", square(0));
    files.text("seq_1/labels/notes.txt", "?");
    files.png("seq_6/left_frames/frame000.png", square(0));
    files.png("seq_7/labels/frame000.png", square(0));
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("seq_1/frame000");
    assertThat(shown(listed.rejections()))
        .containsExactly(
            "ANNOTATION seq_1/labels/frame002.png missing-image",
            "ITEM seq_1/labels/notes.txt unexpected-file",
            "ITEM seq_1/left_frames/frame001.png missing-label",
            "ITEM seq_6/left_frames unlabelled-sequence",
            "ITEM seq_7 missing-frames");
  }

  @Test
  void repairsReplaceLabelsFromAnArchiveOrAFolder() throws IOException {
    Path zipped = folder.resolve("zipped");
    sequence(new PhantomFiles(zipped), "seq_4", SHAFT);
    new PhantomFiles(zipped)
        .bytes(
            "repairs.zip",
            zip("repairs/seq_4_frame000.png", PhantomFiles.encodedPng(square(THREAD))));
    assertRepaired(zipped, new Source("repairs.zip", "repairs/seq_4_frame000.png"));
    Path unpacked = folder.resolve("unpacked");
    sequence(new PhantomFiles(unpacked), "miccai_challenge_2018_release_1/seq_4", SHAFT);
    new PhantomFiles(unpacked).png("repairs/repairs/seq_4_frame000.png", square(THREAD));
    assertRepaired(unpacked, new Source("repairs/repairs/seq_4_frame000.png", null));
    Files.copy(zipped.resolve("repairs.zip"), unpacked.resolve("repairs.zip"));
    assertRepaired(unpacked, new Source("repairs/repairs/seq_4_frame000.png", null));
    new PhantomFiles(unpacked).png("repairs/repairs/seq_4_frame000.png", square(SHAFT));
    assertThat(check(unpacked).problem()).contains("seq_4/frame000", "keep one of them");
  }

  private void assertRepaired(Path root, Source label) throws IOException {
    assertThat(check(root)).isEqualTo(LayoutCheck.rootAt(""));
    DatasetSource source = source(root);
    Listed listed = list(source);
    assertThat(listed.rejections()).isEmpty();
    Item item = listed.item("seq_4/frame000");
    assertThat(item.source()).isEqualTo(label);
    assertThat(ENDOVIS.convert(source, item).samples().get(0).findings())
        .extracting(f -> f.label() + " " + f.source())
        .containsExactly("thread " + label);
  }

  @Test
  void repairsThatRepairNothingAreRejectedByName() throws IOException {
    Path root = folder.resolve("unused");
    PhantomFiles files = new PhantomFiles(root);
    sequence(files, "seq_1", SHAFT);
    sequence(files, "test_data/seq_2", SHAFT);
    files.png("repairs/seq_2_frame000.png", square(THREAD));
    files.png("repairs/frame000.png", square(THREAD));
    files.bytes("repairs.zip", zip("../seq_1_frame000.png", new byte[3]));
    Listed listed = list(source(root));
    assertThat(shown(listed.rejections()))
        .containsExactly(
            "ANNOTATION repairs.zip#../seq_1_frame000.png unsafe-path",
            "ANNOTATION repairs/frame000.png unexpected-file",
            "ANNOTATION repairs/seq_2_frame000.png unused-repair");
    assertThat(listed.item("seq_1/frame000").source().file())
        .isEqualTo("seq_1/labels/frame000.png");
    assertThat(listed.item("test/seq_2/frame000").split()).isEqualTo(Split.TEST);
  }

  @Test
  void brokenArchiveOfRepairsIsAProblem() throws IOException {
    Path root = folder.resolve("broken");
    sequence(new PhantomFiles(root), "seq_1", SHAFT);
    byte[] whole = zip("seq_1_frame000.png", PhantomFiles.encodedPng(square(THREAD)));
    for (int length : new int[] {0, 20, whole.length - 30}) {
      Files.write(root.resolve("repairs.zip"), Arrays.copyOf(whole, length));
      assertThat(check(root).problem()).as("%d bytes", length).contains("repairs.zip", "zip");
    }
  }

  @Test
  void classTablesMustBeTheOwners() throws IOException {
    Path root = folder.resolve("tables");
    PhantomFiles files = new PhantomFiles(root);
    sequence(files, "release/seq_1", SHAFT);
    files.text(
        "release/labels.json",
        "{\"classes\": [{\"name\": \"clapms\", \"color\": [0, 255, 125, 128], \"classid\": 7}]}");
    assertThat(check(root)).isEqualTo(LayoutCheck.rootAt(""));
    files.text(
        "release/labels.json",
        "[{\"name\": \"clamps\", \"color\": [0, 255, 125], \"classid\": 8}]");
    assertThat(check(root).problem())
        .contains("release/labels.json", "class 8 of colour [0, 255, 125]", "class 7");
    files.text("release/labels.json", "[{\"name\"");
    assertThat(check(root).problem()).contains("release/labels.json", "found none");
  }

  @Test
  void realClassTableIsTheOwners() throws IOException {
    Path samples = Samples.of("endovis18");
    assertThat(Endovis18Class.problem(LocalStore.of(samples), "labels.json")).isNull();
    assertThat(check(samples).problem()).contains("no left_frames/ in seq_1/", "labels.json");
    Path root = copy(samples, folder.resolve("real"));
    new PhantomFiles(root).png("seq_13/left_frames/frame000.png", square(SHAFT));
    new PhantomFiles(root).png("seq_13/labels/frame000.png", square(SHAFT));
    assertThat(check(root)).isEqualTo(LayoutCheck.rootAt(""));
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("seq_13/frame000");
    assertThat(shown(listed.rejections()))
        .containsExactly("ITEM seq_1 missing-frames", "ITEM seq_9 missing-frames");
  }
}
