package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.instruction.Fate;
import org.medvilam.records.instruction.Instructed;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

final class LdPolypVideoTest extends DatasetContract {
  private static final LdPolypVideo LDPOLYP = new LdPolypVideo();

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return LDPOLYP;
  }

  @Override
  protected String expectedInMessage() {
    return "TrainValid/";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("LDPolypVideo");
  }

  /** Text files say nothing of the size of a picture. */
  @Override
  protected Optional<String> otherSizeReason() {
    return Optional.empty();
  }

  private static void frame(PhantomFiles files, String part, String id, String text)
      throws IOException {
    BufferedImage image = new BufferedImage(56, 48, BufferedImage.TYPE_3BYTE_BGR);
    files.jpeg(part + "/Images/" + id + ".jpg", image, 0.9);
    files.text(part + "/Annotations/" + id + ".txt", text);
  }

  private LayoutCheck check(Path root) throws IOException {
    return LDPOLYP.check(LocalStore.of(root), Settings.standard());
  }

  /** Converts a frame of one text file; returns its boxes, or the reasons why there are none. */
  private List<String> converted(String name, String text) throws IOException {
    Path root = folder.resolve(name);
    frame(new PhantomFiles(root), "TrainValid", "1/0001", text);
    DatasetSource source = source(root);
    Listed listed = list(source);
    if (listed.items().isEmpty()) {
      return listed.rejections().stream().map(r -> r.scope() + " " + r.reason()).toList();
    }
    Conversion conversion = LDPOLYP.convert(source, listed.items().get(0));
    Instructed instructed =
        new Instructor(InstructionOptions.standard(), "ldpolypvideo/1")
            .instruct(conversion.samples().get(0));
    assertThat(instructed.count(Fate.End.CONVERTED) + conversion.rejections().size())
        .isLessThanOrEqualTo(listed.items().get(0).annotations());
    Stream<Rejection> rejections =
        Stream.concat(conversion.rejections().stream(), instructed.rejections().stream());
    return Stream.concat(
            instructed.records().stream()
                .flatMap(r -> r.nativeRegions().boxes().stream())
                .map(b -> "%s %s %s %s".formatted(b.x1(), b.y1(), b.x2(), b.y2())),
            rejections.map(r -> r.scope() + " " + r.source() + " " + r.reason()))
        .toList();
  }

  @Test
  void boxesStandAsTheyAreAndMayReachTheEdge() throws IOException {
    assertThat(converted("edge", "2\r\n0 0 56 48 \r\n3 4  17 18\r\n\r\n"))
        .containsExactly("0.0 0.0 56.0 48.0", "3.0 4.0 17.0 18.0");
    assertThat(converted("beyond", "1\n-3 4 99 18")).containsExactly("0.0 4.0 56.0 18.0");
  }

  @Test
  void boxesThatCoverNothingAreRejectedByName() throws IOException {
    String file = "ANNOTATION TrainValid/Annotations/1/0001.txt#line ";
    assertThat(converted("swapped", "2\n20 4 10 9\n1 2 3 4\n"))
        .containsExactly("1.0 2.0 3.0 4.0", file + "2 empty-box");
    assertThat(converted("outside", "1\n60 4 70 9\n")).containsExactly(file + "2 empty-box");
    assertThat(converted("words", "3\n1 2 3\n\n1 2 3 4 5\n1,2,3,4\n"))
        .containsExactly(file + "2 bad-box", file + "4 bad-box", file + "5 bad-box");
  }

  @Test
  void countThatIsNotThatOfTheLinesRejectsTheFrame() throws IOException {
    assertThat(converted("more", "1\n1 2 3 4\n5 6 7 8\n")).containsExactly("ITEM count-mismatch");
    assertThat(converted("fewer", "2\n1 2 3 4\n")).containsExactly("ITEM count-mismatch");
    assertThat(converted("none", "1 2 3 4\n")).containsExactly("ITEM bad-count");
    assertThat(converted("empty", "\n")).containsExactly("ITEM bad-count");
    assertThat(converted("large", "0\n" + " ".repeat(1 << 16)))
        .containsExactly("ITEM file-too-large");
  }

  @Test
  void framesOfOneNameAreToldApartByTheirVideo() throws IOException {
    Path root = folder.resolve("videos");
    PhantomFiles files = new PhantomFiles(root);
    frame(files, "TrainValid", "1/0001", "0\n");
    frame(files, "TrainValid", "2/0001", "1\n1 2 30 40\n");
    frame(files, "Test/Test", "101/0001", "0");
    DatasetSource source = source(root);
    Listed listed = list(source);
    assertThat(listed.rejections()).isEmpty();
    assertThat(listed.items())
        .extracting(i -> i.mediaId() + " " + i.group() + " " + i.split().key())
        .containsExactlyInAnyOrder(
            "1/0001 video:1 train", "2/0001 video:2 train", "101/0001 video:101 test");
    Sample negative = LDPOLYP.convert(source, listed.item("1/0001")).samples().get(0);
    assertThat(negative.labels()).containsExactly(new ImageLabel("no finding", "no finding"));
    assertThat(negative.findings()).isEmpty();
    Sample positive = LDPOLYP.convert(source, listed.item("2/0001")).samples().get(0);
    assertThat(positive.labels()).containsExactly(new ImageLabel("polyp", "polyp"));
    assertThat(positive.findings())
        .containsExactly(
            Finding.of(
                "polyp",
                "polyp",
                new Box(1, 2, 30, 40),
                new Source("TrainValid/Annotations/2/0001.txt", "line 2")));
  }

  @Test
  void videoOfTwoPartsIsAProblem() throws IOException {
    Path root = folder.resolve("twice");
    frame(new PhantomFiles(root), "Train", "7/0001", "0\n");
    frame(new PhantomFiles(root), "Test", "8/0001", "0\n");
    assertThat(check(root)).isEqualTo(LayoutCheck.rootAt(""));
    frame(new PhantomFiles(root), "Test", "7/0002", "0\n");
    assertThat(check(root).problem()).contains("found 7 in Train/ and in Test/");
  }

  @Test
  void everyOtherFileIsRejectedByName() throws IOException {
    Path root = folder.resolve("odd");
    PhantomFiles files = new PhantomFiles(root);
    frame(files, "TrainValid", "1/0001", "0\n");
    files.jpeg("TrainValid/Images/1/0002.jpg", new BufferedImage(9, 9, 5), 0.9);
    files.png("TrainValid/Images/1/0001.png", new BufferedImage(9, 9, 5));
    files.text("TrainValid/Annotations/1/0003.txt", "0\n");
    files.text("TrainValid/Annotations/2/0001.txt", "0\n");
    files.text("TrainValid/Annotations/notes.txt", "?");
    files.text("TrainValid/Images/1/list.csv", "?");
    files.text("videos without polyps/12.avi", "?");
    files.text("videos with polyps.zip", "?");
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("1/0001");
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM TrainValid/Images/1/0001.png shared-name",
            "ITEM TrainValid/Images/1/0002.jpg missing-label",
            "ANNOTATION TrainValid/Annotations/1/0003.txt missing-image",
            "ANNOTATION TrainValid/Annotations/2/0001.txt missing-image",
            "ITEM TrainValid/Annotations/notes.txt unexpected-file",
            "ITEM TrainValid/Images/1/list.csv unexpected-file",
            "ITEM videos without polyps/12.avi unlabelled-video",
            "ITEM videos with polyps.zip unlabelled-video");
  }

  @Test
  void labelsOnlyIsAProblemThatSaysWhy() throws IOException {
    assertThat(LDPOLYP.check(LocalStore.of(folder), Settings.standard().withLabelsOnly()).problem())
        .contains("--labels-only");
  }
}
