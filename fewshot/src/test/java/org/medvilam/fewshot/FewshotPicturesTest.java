package org.medvilam.fewshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.fewshot.picture.PictureCopies;
import org.medvilam.fewshot.picture.PictureMode;
import org.medvilam.records.Media;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.LocalStore;

/** Draws whose pictures are compared. */
final class FewshotPicturesTest {
  private static final FewshotOptions OPTIONS = FewshotOptions.standard();

  @TempDir private Path folder;
  private TestRuns data;
  private JsonNode json;
  private String page;

  @BeforeEach
  void start() {
    data = new TestRuns(folder);
  }

  @Test
  void sameFileInTwoClassesOfOneDatasetIsExcludedWithBothIds() throws IOException {
    add("busi", "benign (433)", Split.TEST, PictureCopies.png(scene(1)));
    add("busi", "malignant (145)", Split.TRAIN, PictureCopies.png(scene(1)));
    add("busi", "malignant (1)", Split.TRAIN, PictureCopies.png(scene(2)));
    assertThat(chosen(draw(OPTIONS))).containsExactly("malignant (1)");
    JsonNode e = json.path("exclusions").path(0);
    assertThat(e.path("record").asText()).startsWith("busi/malignant (145)/");
    assertThat(e.path("meets").asText()).isEqualTo("busi/benign (433)");
    assertThat(e.path("reason").asText())
        .isEqualTo("its picture has the same file as busi/benign (433) in busi test");
    assertThat(page).contains("busi/malignant (145)/").contains("busi/benign (433)");
  }

  @Test
  void copiesBetweenDatasetsAreFound() throws IOException {
    add("ham10000", "a", Split.TEST, PictureCopies.png(scene(1)));
    add("ham10000", "b", Split.VALIDATION, PictureCopies.png(scene(2)));
    add("masks", "pixels", Split.TRAIN, PictureCopies.otherPng(scene(1)));
    add("masks", "jpeg", Split.TRAIN, PictureCopies.jpeg(scene(2), 75));
    add("masks", "half", Split.TRAIN, PictureCopies.png(PictureCopies.scaled(scene(2), 0.5)));
    add("masks", "other", Split.TRAIN, PictureCopies.png(scene(3)));
    assertThat(chosen(draw(OPTIONS))).containsExactly("other");
    assertThat(json.path("exclusions"))
        .extracting(e -> e.path("reason").asText())
        .anyMatch(r -> r.startsWith("its picture has the same pixels as ham10000/a"))
        .anyMatch(r -> r.startsWith("its picture looks the same as ham10000/b"));
  }

  @Test
  void exactComparisonDoesNotSeeCopiesAndSaysSo() throws IOException {
    add("ham10000", "a", Split.TEST, PictureCopies.png(scene(1)));
    add("masks", "pixels", Split.TRAIN, PictureCopies.otherPng(scene(1)));
    add("masks", "jpeg", Split.TRAIN, PictureCopies.jpeg(scene(1), 75));
    FewshotReport report = draw(OPTIONS.withPictures(PictureMode.EXACT));
    assertThat(chosen(report)).containsExactly("jpeg");
    assertThat(report.leaks().unproven()).anyMatch(u -> u.contains("--pictures exact"));
  }

  @Test
  void samePictureTakesItsWholeGroupAlong() throws IOException {
    add("busi", "held", Split.TEST, PictureCopies.png(scene(1)));
    picture("copy", PictureCopies.png(scene(1)));
    picture("sibling", PictureCopies.png(scene(2)));
    data.add("busi", image("copy"), "patient:7", Split.TRAIN, List.of("cyst"));
    data.add("busi", image("sibling"), "patient:7", Split.TRAIN, List.of("cyst"));
    assertThat(draw(OPTIONS).chosen()).isEmpty();
    assertThat(json.path("exclusions").path(1).path("kind").asText()).isEqualTo("linked");
    assertThat(json.path("exclusions").path(1).path("reason").asText())
        .isEqualTo(
            "its group holds busi/copy, whose picture has the same file as busi/held in busi test");
  }

  @Test
  void blankPicturesSayNothingOfTheirGroups() throws IOException {
    byte[] blank = PictureCopies.png(new BufferedImage(50, 40, BufferedImage.TYPE_BYTE_GRAY));
    add("busi", "held", Split.TEST, blank);
    picture("blank", blank);
    picture("sibling", PictureCopies.png(scene(2)));
    data.add("busi", image("blank"), "patient:7", Split.TRAIN, List.of("cyst"));
    data.add("busi", image("sibling"), "patient:7", Split.TRAIN, List.of("cyst"));
    FewshotReport report = draw(OPTIONS);
    assertThat(chosen(report)).containsExactly("sibling");
    assertThat(report.leaks().unproven()).anyMatch(u -> u.contains("busi: 2 pictures are blank"));
  }

  @Test
  void sliceThatOnlyLooksTheSameLeavesItsGroupAlone() throws IOException {
    add("busi", "held", Split.TEST, PictureCopies.png(scene(1)));
    for (String id : List.of("looks", "file", "a", "b")) {
      boolean sibling = id.length() == 1;
      BufferedImage image = sibling ? scene(5 + id.charAt(0)) : scene(1);
      picture(id, id.equals("looks") ? PictureCopies.jpeg(image, 75) : PictureCopies.png(image));
      String group = id.equals("looks") || id.equals("a") ? "patient:1" : "patient:2";
      data.add("busi", image(id).withSlice(3, "axial"), group, Split.TRAIN, List.of("cyst"));
    }
    assertThat(chosen(draw(OPTIONS))).containsExactly("a");
  }

  @Test
  void picturesThatAreNotThereAreUnprovenWithTheReason() throws IOException {
    data.add("busi", "held", "image:held", Split.TEST, "cyst");
    data.add("busi", "train", "image:train", Split.TRAIN, "cyst");
    add("busi", "there", Split.TRAIN, PictureCopies.png(scene(1)));
    FewshotReport report = draw(OPTIONS);
    assertThat(report.chosen()).hasSize(2);
    assertThat(report.leaks().unproven())
        .anyMatch(
            u ->
                u.startsWith(
                        "busi: 2 of 3 pictures could not be compared (missing-file 2), such as held.png")
                    && u.contains("--root busi=DIR"));
    assertThat(json.path("pictures").path("busi").path("problems").path("missing-file").asInt())
        .isEqualTo(2);
  }

  @Test
  void poolJoinedByPictureIsProvenOnceAllWereCompared() throws IOException {
    add("chestx-det", "1", Split.TRAIN, PictureCopies.png(scene(1)));
    add("rsna-pneumonia", "b", Split.TEST, PictureCopies.png(scene(2)));
    assertThat(draw(OPTIONS).leaks().unproven()).noneMatch(u -> u.contains("share pictures"));
    data.add("rsna-pneumonia", "missing", "image:m", Split.TEST, "opacity");
    assertThat(draw(OPTIONS).leaks().unproven())
        .anyMatch(u -> u.contains("chestx-det and rsna-pneumonia share pictures"));
  }

  @Test
  void volumesAreComparedByTheirBytes() throws IOException {
    byte[] bytes = "a volume".getBytes(StandardCharsets.UTF_8);
    data.picture("busi", "a.nii", bytes);
    data.picture("busi", "b.nii", bytes);
    for (String id : List.of("a", "b")) {
      Media volume = Media.volume(id, id + ".nii", 50, 50, 50, "LPS");
      Split split = id.equals("a") ? Split.TEST : Split.TRAIN;
      data.add("busi", volume, "patient:" + id, split, List.of("nodule"));
    }
    FewshotReport report = draw(OPTIONS);
    assertThat(report.chosen()).isEmpty();
    assertThat(report.leaks().unproven()).anyMatch(u -> u.contains("2 volumes, videos or sounds"));
  }

  @Test
  void withoutComparisonNoPictureIsOpened() throws IOException {
    data.add("busi", "train", "image:train", Split.TRAIN, "cyst");
    FewshotReport report = draw(OPTIONS.withPictures(PictureMode.NONE));
    assertThat(report.leaks().pictures()).isEmpty();
    assertThat(report.leaks().unproven()).anyMatch(u -> u.contains("--pictures none"));
  }

  @Test
  void pageEscapesWhatItShows() throws IOException {
    add("busi", "held", Split.TEST, PictureCopies.png(scene(1)));
    add("busi", "<script>alert(1)</script>", Split.TRAIN, PictureCopies.png(scene(1)));
    draw(OPTIONS);
    assertThat(page).doesNotContain("<script>").contains("&lt;script&gt;");
  }

  private FewshotReport draw(FewshotOptions options) throws IOException {
    LocalStore out = LocalStore.of(folder.resolve("out"));
    out.delete("");
    FewshotReport report = data.fewshot(data.write(), options).write(out, 1);
    json = RecordJson.mapper().readTree(out.readAll(Fewshot.REPORT));
    page = new String(out.readAll(Fewshot.PAGE), StandardCharsets.UTF_8);
    return report;
  }

  private void add(String dataset, String id, Split split, byte[] file) throws IOException {
    String uri = id.replaceAll("[^a-z0-9 ()]", "") + ".png";
    data.picture(dataset, uri, file);
    data.add(dataset, Media.image(id, uri, 96, 80), "image:" + id, split, List.of("cyst"));
  }

  private void picture(String id, byte[] file) throws IOException {
    data.picture("busi", id + ".png", file);
  }

  private static Media image(String id) {
    return Media.image(id, id + ".png", 96, 80);
  }

  private static List<String> chosen(FewshotReport report) {
    return report.chosen().stream().map(FewshotReport.Chosen::mediaId).toList();
  }

  private static BufferedImage scene(int number) {
    Random random = new Random(number);
    BufferedImage image = new BufferedImage(96, 80, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    for (int i = 0; i < 12; i++) {
      int grey = 20 + random.nextInt(230);
      g.setColor(new Color(grey, grey, grey));
      int size = 16 + random.nextInt(40);
      g.fillOval(random.nextInt(96) - 12, random.nextInt(80) - 12, size, size);
    }
    g.dispose();
    return image;
  }
}
