package org.medvilam.records.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.TestRecords;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.Ring;

/** Columns as OmniFM-DR's joint dataset reads them; pictures are 200 x 100 pixels. */
final class OfaTsvExportTest {
  private static final ExportOptions OFA = ExportOptions.of(ExportTarget.OFA_TSV);

  @TempDir private Path folder;

  @Test
  void boxesOfAPictureAreOneRow() throws IOException {
    List<InstructionRecord> records =
        new ArrayList<>(
            medium(
                "a.png",
                TestRecords.finding("nodule", new Box(10.126, 20, 30.5, 40)),
                TestRecords.finding("mass é", new Box(1, 2, 3, 4)),
                TestRecords.finding("nodule", new Box(0, 0, 200, 100))));
    records.addAll(medium("b,c.png", TestRecords.finding("mass é", new Box(5, 6, 7, 8))));
    Path export = TestRun.of(folder, records).export(OFA);
    assertThat(Files.readString(export.resolve("tsv/localization-train.tsv")))
        .isEqualTo(
            """
            0\tphantom/a.png\tmass é,nodule\t1,2,3,4&&0,0,200,100,10.13,20,30.5,40\timages/a.png
            1\tphantom/b,c.png\tmass é\t5,6,7,8\timages/b,c.png
            """);
  }

  @Test
  void outlinesAreSampledInPixels() throws IOException {
    Region square = Polygon.of(Ring.ofFlat(10, 10, 30, 10, 30, 30, 10, 30));
    Region other = Polygon.of(Ring.ofFlat(50, 50, 60, 50, 60, 60, 50, 60));
    List<InstructionRecord> records =
        medium("a", TestRecords.finding("lung", square), TestRecords.finding("lung", other));
    Path export = TestRun.of(folder, records).export(OFA.withPoints(4));
    assertThat(Files.readString(export.resolve("tsv/segmentation-train.tsv")))
        .isEqualTo(
            "phantom/a\tlung&&lung\t10,10,30,10,30,30,10,30&&50,50,60,50,60,60,50,60\timages/a"
                + "\t7\t\n");
    Path standard = TestRun.of(folder.resolve("25"), records).export(OFA);
    String outlines =
        Files.readString(standard.resolve("tsv/segmentation-train.tsv")).split("\t", -1)[2];
    assertThat(outlines.split("&&", -1)[0].split(",", -1)).hasSize(50);
    assertThat(outlines).startsWith("10,10,13.2,10,");
  }

  @Test
  void labelsAndReportsShareALayout() throws IOException {
    List<InstructionRecord> records = new ArrayList<>(labelled("a", "edema", "mass"));
    InstructionRecord first = records.get(0);
    records.add(text(first, Task.REPORT_GENERATION, "The heart\n is\tlarge. "));
    records.addAll(labelled("b", "no finding"));
    Path export = TestRun.of(folder, records).export(OFA);
    assertThat(Files.readString(export.resolve("tsv/report-train.tsv")))
        .isEqualTo(
            """
            0\t0\tThe heart is large.\tedema&&mass\timages/a\t7\t\t0
            1\t1\tno finding\tno finding\timages/b\t7\t\t0
            """);
  }

  @Test
  void textsWithSeparatorsAreLeftOut() throws IOException {
    List<InstructionRecord> records = new ArrayList<>();
    Region box = new Box(1, 1, 9, 9);
    Region outline = Polygon.of(Ring.ofFlat(1, 1, 9, 1, 9, 9));
    records.addAll(medium("a", TestRecords.finding("x, y", box)));
    records.addAll(medium("b", TestRecords.finding("x&&y", outline)));
    records.addAll(medium("c", TestRecords.finding("x\ty", box)));
    records.addAll(medium("d", TestRecords.finding("z", new Point(1, 2))));
    records.addAll(medium("e\r", TestRecords.finding("z", box)));
    records.addAll(labelled("f,g", "z"));
    records.add(text(labelled("h", "z").get(0), Task.VQA, "Yes"));
    records.add(text(labelled("i", "z").get(0), Task.REPORT_GENERATION, "a && b"));
    Path export = TestRun.of(folder, records).export(OFA);
    assertThat(TestRun.reasons(export))
        .containsExactly(
            "label-with-separator",
            "label-with-separator",
            "label-with-separator",
            "label-with-separator",
            "not-boxes",
            "id-with-separator",
            "path-with-separator",
            "no-layout",
            "text-with-separator");
    assertThat(Files.readString(export.resolve("left-out.jsonl"))).doesNotContain("a && b");
    assertThat(export.resolve("tsv")).doesNotExist();
  }

  @Test
  void cardStatesTheColumns() throws IOException {
    List<InstructionRecord> records = labelled("a", "z");
    Path export = TestRun.of(folder, records).export(OFA.withPoints(30));
    assertThat(Files.readString(export.resolve("CARD.md")))
        .contains("`1,3,2,0,4`", "`0,3,1,2`", "`0,4,2,3,5,6`", "30 points", "CC BY-NC 4.0");
  }

  private static List<InstructionRecord> medium(String id, Finding... findings) {
    Media media = Media.image(id, "images/" + id, 200, 100);
    return TestRecords.of(media, Split.TRAIN, List.of(), List.of(findings));
  }

  private static List<InstructionRecord> labelled(String id, String... labels) {
    Media media = Media.image(id, "images/" + id, 200, 100);
    List<ImageLabel> all = List.of(labels).stream().map(l -> new ImageLabel(l, l)).toList();
    return TestRecords.of(media, Split.TRAIN, all, List.of());
  }

  private static InstructionRecord text(InstructionRecord r, Task task, String answer) {
    return new InstructionRecord(
        r.id().replace("classification", task.key()),
        r.dataset(),
        r.split(),
        task,
        r.modality(),
        r.media(),
        r.group(),
        r.label(),
        r.nativeLabel(),
        "Describe the image.",
        answer,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        r.source(),
        r.converter());
  }
}
