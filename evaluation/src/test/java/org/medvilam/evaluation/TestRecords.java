package org.medvilam.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.NativeRegions;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridBox3d;
import org.medvilam.records.geometry.GridPoint;
import org.medvilam.records.instruction.AnswerText;

/** Records of a 200 x 100 picture. */
public final class TestRecords {
  private static final int WIDTH = 200;
  private static final int HEIGHT = 100;

  private TestRecords() {}

  /** Returns a box from its corners. */
  public static GridBox box(int x1, int y1, int x2, int y2) {
    return new GridBox(x1, y1, x2, y2);
  }

  /** Returns a localization record whose native boxes are the same places in pixels. */
  public static InstructionRecord boxes(String name, String dataset, String label, GridBox... b) {
    List<GridBox> boxes = List.of(b);
    List<Box> pixels =
        boxes.stream()
            .map(
                g ->
                    new Box(
                        g.x1() * WIDTH / 1000.0,
                        g.y1() * HEIGHT / 1000.0,
                        g.x2() * WIDTH / 1000.0,
                        g.y2() * HEIGHT / 1000.0))
            .toList();
    NativeRegions regions = new NativeRegions(pixels, List.of(), List.of(), List.of());
    String answer = AnswerText.boxes(boxes);
    return record(
        name, dataset, Task.LOCALIZATION, label, answer, boxes, List.of(), List.of(), regions);
  }

  /** Returns a localization record of 3D boxes. */
  public static InstructionRecord boxes3d(String name, GridBox3d... b) {
    List<GridBox3d> boxes = List.of(b);
    return record(
        name,
        "luna",
        Task.LOCALIZATION,
        "nodule",
        AnswerText.centres(boxes),
        List.of(),
        List.of(),
        boxes,
        NativeRegions.NONE);
  }

  /** Returns a segmentation record of rectangles. */
  public static InstructionRecord outlines(String name, String dataset, GridBox... rectangles) {
    List<List<GridPoint>> outlines = Arrays.stream(rectangles).map(TestRecords::ring).toList();
    return record(
        name,
        dataset,
        Task.SEGMENTATION,
        "lung",
        AnswerText.outlines(outlines),
        List.of(),
        outlines,
        List.of(),
        NativeRegions.NONE);
  }

  /** Returns a classification record. */
  public static InstructionRecord labels(String name, String dataset, String answer) {
    return record(
        name,
        dataset,
        Task.CLASSIFICATION,
        answer,
        answer,
        List.of(),
        List.of(),
        List.of(),
        NativeRegions.NONE);
  }

  /** Returns a record that has only a text. */
  public static InstructionRecord question(String name) {
    return record(
        name, "vqa", Task.VQA, "x", "Yes", List.of(), List.of(), List.of(), NativeRegions.NONE);
  }

  private static List<GridPoint> ring(GridBox b) {
    return Stream.of(
            new GridPoint(b.x1(), b.y1()),
            new GridPoint(b.x2(), b.y1()),
            new GridPoint(b.x2(), b.y2()),
            new GridPoint(b.x1(), b.y2()))
        .toList();
  }

  private static InstructionRecord record(
      String name,
      String dataset,
      Task task,
      String label,
      String answer,
      List<GridBox> boxes,
      List<List<GridPoint>> polygons,
      List<GridBox3d> boxes3d,
      NativeRegions regions) {
    return new InstructionRecord(
        name,
        dataset,
        Split.TEST,
        task,
        "ultrasound",
        Media.image(name, name + ".png", WIDTH, HEIGHT),
        "image:" + name,
        label,
        label,
        "Where is the " + label + " in this image?",
        answer,
        boxes,
        polygons,
        boxes3d,
        List.of(),
        regions,
        new Source(name + ".png", null),
        "test/1");
  }
}
