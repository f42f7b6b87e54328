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
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.TestRecords;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Ring;

/** LLaVA and Qwen-VL; pictures are 200 x 100 pixels. */
final class ConversationExportTest {
  @TempDir private Path folder;

  @Test
  void llavaHasASamplePerRecord() throws IOException {
    List<InstructionRecord> records =
        TestRecords.picture("a \"b\".png", "lesion, left", new Box(20, 10, 100, 50));
    Path export = TestRun.of(folder, records).export(ExportOptions.of(ExportTarget.LLAVA));
    assertThat(Files.readString(export.resolve("conversations/train.json")))
        .isEqualTo(
            """
            [
            {"id":"phantom/a \\"b\\".png/classification/lesion, left/0","image":"images/a \\"b\\".png",\
            "conversations":[{"from":"human","value":"<image>\\n%s"},{"from":"gpt","value":"lesion, left"}]},
            {"id":"phantom/a \\"b\\".png/localization/lesion, left/0","image":"images/a \\"b\\".png",\
            "conversations":[{"from":"human","value":"<image>\\n%s"},{"from":"gpt","value":"[100, 100, 500, 500]"}]}
            ]
            """
                .formatted(records.get(0).instruction(), records.get(1).instruction()));
  }

  @Test
  void llavaGroupsTheTurnsOfAPicture() throws IOException {
    List<InstructionRecord> records = TestRecords.picture("a", "x", new Box(20, 10, 100, 50));
    Path export =
        TestRun.of(folder, records).export(ExportOptions.of(ExportTarget.LLAVA).groupedByImage());
    assertThat(Files.readString(export.resolve("conversations/train.json")))
        .isEqualTo(
            """
            [
            {"id":"phantom/a","image":"images/a","conversations":[\
            {"from":"human","value":"<image>\\n%s"},{"from":"gpt","value":"x"},\
            {"from":"human","value":"%s"},{"from":"gpt","value":"[100, 100, 500, 500]"}]}
            ]
            """
                .formatted(records.get(0).instruction(), records.get(1).instruction()));
  }

  @Test
  void splitsHaveAFileEachAndThoseWithoutRecordsNone() throws IOException {
    List<InstructionRecord> records = new ArrayList<>(labelled("a", Split.TEST, "x"));
    records.addAll(labelled("b", null, "x"));
    Path export = TestRun.of(folder, records).export(ExportOptions.of(ExportTarget.LLAVA));
    assertThat(TestRun.files(export.resolve("conversations")).keySet())
        .containsExactly("all.json", "test.json");
  }

  @Test
  void llavasTagInATextIsLeftOut() throws IOException {
    List<InstructionRecord> records = labelled("a", Split.TRAIN, "x <image>");
    Path export = TestRun.of(folder, records).export(ExportOptions.of(ExportTarget.LLAVA));
    assertThat(TestRun.reasons(export)).containsExactly("text-with-tag");
    assertThat(export.resolve("conversations")).doesNotExist();
  }

  @Test
  void volumesAreLeftOut() throws IOException {
    Media media = Media.volume("v", "v.mhd", 10, 10, 10, "LPS");
    List<InstructionRecord> records =
        TestRecords.of(
            media,
            Split.TRAIN,
            List.of(),
            List.of(TestRecords.finding("nodule", new Box3d(1, 1, 1, 2, 2, 2))));
    Path export = TestRun.of(folder, records).export(ExportOptions.of(ExportTarget.LLAVA));
    assertThat(Files.readString(export.resolve("left-out.jsonl")))
        .isEqualTo(
            """
            {"id":"phantom/v/localization/nodule/0","reason":"not-a-picture",\
            "detail":"expected a still picture, found a volume"}
            """);
  }

  /** 999 · 0.5 = 499.5, which rounds up; the far edge is 999. */
  @Test
  void qwenTagsBoxesOnItsOwnGrid() throws IOException {
    List<InstructionRecord> records =
        TestRecords.picture("a", "lesion é", new Box(0, 0, 100, 50), new Box(100, 25.5, 200, 100));
    Path export =
        TestRun.of(folder, records)
            .export(ExportOptions.of(ExportTarget.QWEN).withTasks(Set.of(Task.LOCALIZATION)));
    assertThat(Files.readString(export.resolve("conversations/train.json")))
        .isEqualTo(
            """
            [
            {"id":"phantom/a/localization/lesion é/0","conversations":[\
            {"from":"user","value":"Picture 1: <img>images/a</img>\\n%s"},\
            {"from":"assistant","value":"<ref>lesion é</ref><box>(0,0),(500,500)</box><box>(500,255),(999,999)</box>"}]}
            ]
            """
                .formatted(records.get(1).instruction()));
  }

  @Test
  void qwenNamesWhatItHasNoFormFor() throws IOException {
    List<InstructionRecord> records =
        new ArrayList<>(
            TestRecords.picture("a", "x", Polygon.of(Ring.ofFlat(1, 1, 50, 1, 20, 40))));
    records.addAll(TestRecords.picture("b", "y", new Point(3, 4)));
    records.addAll(TestRecords.picture("c", "a<box>", new Box(1, 1, 9, 9)));
    records.addAll(TestRecords.picture("</img>", "z", new Box(1, 1, 9, 9)));
    Path export = TestRun.of(folder, records).export(ExportOptions.of(ExportTarget.QWEN));
    assertThat(TestRun.reasons(export))
        .containsExactly(
            "no-form-for-outlines",
            "not-boxes",
            "text-with-tag",
            "text-with-tag",
            "text-with-tag",
            "text-with-tag");
  }

  private static List<InstructionRecord> labelled(String id, Split split, String label) {
    return TestRecords.of(
        Media.image(id, "images/" + id, 200, 100),
        split,
        List.of(new ImageLabel(label, label)),
        List.of());
  }
}
