package org.medvilam.records.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.TestRecords;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.Ring;

/** Pictures are 200 x 100 pixels. */
final class CocoExportTest {
  private static final ExportOptions COCO = ExportOptions.of(ExportTarget.COCO);
  private static final Ring TRIANGLE = Ring.ofFlat(10, 10, 30, 10, 20, 40);

  @TempDir private Path folder;

  @Test
  void fileHasWhatCocoHas() throws IOException {
    List<InstructionRecord> records = new ArrayList<>();
    Finding both =
        new Finding("mass", "Mass", List.of(new Box(9, 9, 31, 41), Polygon.of(TRIANGLE)), source());
    records.addAll(medium("b.png", List.of("mass", "nodule"), both, box("nodule", 0, 0, 200, 50)));
    records.addAll(medium("a.png", List.of(ImageLabel.NO_FINDING)));
    Path export = TestRun.of(folder, records).export(COCO);
    assertThat(Files.readString(export.resolve("annotations/instances_train.json")))
        .isEqualTo(
            """
            {"info":{"description":"A title","contributor":"A citation"},
            "licenses":[{"id":1,"name":"CC BY-NC 4.0","url":"https://creativecommons.org/licenses/by-nc/4.0/"}],
            "categories":[{"id":1,"name":"mass","supercategory":"finding"},\
            {"id":2,"name":"nodule","supercategory":"finding"}],
            "images":[
            {"id":1,"file_name":"images/b.png","width":200,"height":100,"license":1,"dataset":"phantom"},
            {"id":2,"file_name":"images/a.png","width":200,"height":100,"license":1,"dataset":"phantom"}
            ],
            "annotations":[
            {"id":1,"image_id":1,"category_id":1,"iscrowd":0,"area":300.0,"bbox":[9.0,9.0,22.0,32.0],\
            "segmentation":[[10.0,10.0,30.0,10.0,20.0,40.0]]},
            {"id":2,"image_id":1,"category_id":2,"iscrowd":0,"area":10000.0,"bbox":[0.0,0.0,200.0,50.0],\
            "segmentation":[]}
            ]}
            """);
    assertThat(TestRun.files(export).keySet())
        .containsExactly(
            "CARD.md",
            "_SUCCESS",
            "annotations/instances_train.json",
            "export.json",
            "left-out.jsonl");
  }

  @Test
  void outlineGoesWithTheBoxThatCoversMostOfIt() {
    Box near = new Box(0, 0, 100, 100);
    Box tight = new Box(9, 9, 31, 41);
    Box far = new Box(150, 50, 160, 60);
    List<CocoRegion> regions = CocoRegion.of(List.of(far, near, tight), List.of(TRIANGLE));
    assertThat(regions.get(2)).isEqualTo(new CocoRegion(tight, List.of(TRIANGLE)));
    assertThat(regions.get(0).outlines()).isEmpty();
    assertThat(regions.get(1).outlines()).isEmpty();
  }

  @Test
  void outlineWithoutAnyBoxStandsInItsBounds() throws IOException {
    List<InstructionRecord> records =
        medium("a", List.of(), TestRecords.finding("mass", Polygon.of(TRIANGLE)));
    Path export =
        TestRun.of(folder, records).export(COCO.withTasks(Set.of(Task.SEGMENTATION)).withPoints(3));
    assertThat(Files.readString(export.resolve("annotations/instances_train.json")))
        .contains("\"bbox\":[10.0,10.0,20.0,30.0]")
        .containsPattern("\"segmentation\":\\[\\[10.0,10.0,[^,]+,[^,]+,[^,]+,[^,]+]]");
  }

  @Test
  void addingTheSizeGivesTheFarCornerToTheLastBit() {
    for (int i = 1; i < 2000; i++) {
      Box box = new Box(i / 7.0, i / 100.0, i / 7.0 + i / 3.0, i / 100.0 + i / 9.0);
      List<Double> bbox = new CocoRegion(box, List.of()).bbox();
      assertThat(bbox.get(0) + bbox.get(2)).isEqualTo(box.x2());
      assertThat(bbox.get(1) + bbox.get(3)).isEqualTo(box.y2());
    }
  }

  @Test
  void labelWithoutRegionIsLeftOutWithItsPicture() throws IOException {
    List<InstructionRecord> records = new ArrayList<>(medium("a", List.of("mass")));
    records.addAll(medium("b", List.of("mass", "nodule"), box("mass", 1, 1, 9, 9)));
    Path export = TestRun.of(folder, records).export(COCO);
    assertThat(TestRun.reasons(export)).containsExactly("no-region", "no-region");
    assertThat(Files.readString(export.resolve("annotations/instances_train.json")))
        .contains("images/b")
        .doesNotContain("images/a");
  }

  @Test
  void idsDoNotDependOnWhatElseIsExported() throws IOException {
    List<InstructionRecord> records = new ArrayList<>(medium("a", List.of(), box("x", 1, 1, 9, 9)));
    Media media = Media.image("t", "images/t", 200, 100);
    records.addAll(TestRecords.of(media, Split.TEST, List.of(), List.of(box("x", 1, 1, 9, 9))));
    TestRun run = TestRun.of(folder, records);
    String file = "annotations/instances_test.json";
    assertThat(Files.readString(run.export(COCO.withSplit(Split.TEST)).resolve(file)))
        .isEqualTo(Files.readString(run.export(COCO).resolve(file)))
        .contains("\"id\":1");
  }

  private static Source source() {
    return new Source("labels.csv", null);
  }

  private static Finding box(String label, double x1, double y1, double x2, double y2) {
    Region box = new Box(x1, y1, x2, y2);
    return TestRecords.finding(label, box);
  }

  private static List<InstructionRecord> medium(
      String id, List<String> labels, Finding... findings) {
    Media media = Media.image(id, "images/" + id, 200, 100);
    List<ImageLabel> all = labels.stream().map(l -> new ImageLabel(l, l)).toList();
    return TestRecords.of(media, Split.TRAIN, all, List.of(findings));
  }
}
