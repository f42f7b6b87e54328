package org.medvilam.records.instruction;

import java.util.ArrayList;
import java.util.List;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.NativeRegions;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridBox3d;
import org.medvilam.records.geometry.GridPoint;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Ring;

/** What the records of one image, task and label share. */
record RecordDraft(Sample sample, Task task, String label, String converter, Wording wording) {

  /** Returns a record whose answer is a text without regions. */
  InstructionRecord text(String nativeLabel, String answer) {
    return record(
        0,
        nativeLabel,
        answer,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        NativeRegions.NONE,
        sample.source());
  }

  /** Returns a record whose answer lists regions. */
  InstructionRecord regions(
      int ordinal, String nativeLabel, List<Placed> placed, Source source, int points) {
    Media media = sample.media();
    List<GridBox> boxes = new ArrayList<>();
    List<List<GridPoint>> outlines = new ArrayList<>();
    List<GridBox3d> boxes3d = new ArrayList<>();
    List<GridPoint> gridPoints = new ArrayList<>();
    List<Box> nativeBoxes = new ArrayList<>();
    List<Ring> nativeOutlines = new ArrayList<>();
    List<Box3d> nativeBoxes3d = new ArrayList<>();
    List<Point> nativePoints = new ArrayList<>();
    for (Placed p : placed) {
      if (p.box() != null) {
        nativeBoxes.add(p.box());
        boxes.add(Grid.normalise(p.box(), media.width(), media.height()));
      } else if (p.outline() != null) {
        nativeOutlines.add(p.outline());
        outlines.add(Grid.normalise(p.outline().sample(points), media.width(), media.height()));
      } else if (p.box3d() != null) {
        nativeBoxes3d.add(p.box3d());
        boxes3d.add(Grid.normalise(p.box3d(), media.width(), media.height(), media.depth()));
      } else if (p.point() != null) {
        nativePoints.add(p.point());
        gridPoints.add(Grid.normalise(p.point(), media.width(), media.height()));
      }
    }
    NativeRegions natives =
        new NativeRegions(nativeBoxes, nativeOutlines, nativeBoxes3d, nativePoints);
    String answer = AnswerText.of(boxes, outlines, boxes3d, gridPoints);
    return record(
        ordinal, nativeLabel, answer, boxes, outlines, boxes3d, gridPoints, natives, source);
  }

  private InstructionRecord record(
      int ordinal,
      String nativeLabel,
      String answer,
      List<GridBox> boxes,
      List<List<GridPoint>> outlines,
      List<GridBox3d> boxes3d,
      List<GridPoint> points,
      NativeRegions natives,
      Source source) {
    Media media = sample.media();
    String id =
        String.join(
            "/", sample.dataset(), media.id(), task.key(), label, Integer.toString(ordinal));
    return new InstructionRecord(
        id,
        sample.dataset(),
        sample.split(),
        task,
        sample.modality(),
        media,
        sample.group(),
        label,
        nativeLabel,
        wording.question(task, id, label, media.type()),
        answer,
        boxes,
        outlines,
        boxes3d,
        points,
        natives,
        source,
        converter);
  }
}
