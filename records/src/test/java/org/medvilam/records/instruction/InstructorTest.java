package org.medvilam.records.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridPoint;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.Ring;

final class InstructorTest {
  private static final Source FILE = new Source("labels.csv", null);

  @Test
  void oneRecordPerTaskAndLabelInThatOrder() {
    Instructed done =
        all(
            finding("tumour", triangle(5, 5)),
            finding("cyst", triangle(50, 50)),
            finding("tumour", triangle(20, 20)));
    assertThat(done.records())
        .extracting(InstructionRecord::id)
        .containsExactly(
            "d/a b/localization/cyst/0",
            "d/a b/localization/tumour/0",
            "d/a b/segmentation/cyst/0",
            "d/a b/segmentation/tumour/0");
  }

  @Test
  void regionsAreOrderedByTheirFirstVertex() {
    InstructionRecord r =
        only(
            Task.LOCALIZATION,
            finding("x", new Box(0, 50, 9, 60)),
            finding("x", new Box(30, 40, 50, 60)),
            finding("x", new Box(40, 30, 50, 60)),
            finding("x", new Box(10, 10, 90, 90)));
    assertThat(r.nativeRegions().boxes())
        .containsExactly(
            new Box(10, 10, 90, 90),
            new Box(0, 50, 9, 60),
            new Box(30, 40, 50, 60),
            new Box(40, 30, 50, 60));
  }

  @Test
  void answerListsTheGridBoxesInOrder() {
    InstructionRecord r =
        only(
            Task.LOCALIZATION,
            finding("x", new Box(50, 50, 100, 100)),
            finding("x", new Box(0.25, 10, 20, 30)));
    assertThat(r.answer()).isEqualTo("[3, 100, 200, 300]; [500, 500, 1000, 1000]");
  }

  @Test
  void answerReadsBackAsTheOutlines() {
    InstructionRecord r =
        only(Task.SEGMENTATION, finding("x", triangle(50, 50)), finding("x", triangle(5, 5)));
    assertThat(AnswerText.parseOutlines(r.answer())).contains(r.polygons());
  }

  @Test
  void outlinesHaveTwentyFivePoints() {
    InstructionRecord r = only(Task.SEGMENTATION, finding("x", triangle(5, 5)));
    assertThat(r.polygons()).hasSize(1).allSatisfy(p -> assertThat(p).hasSize(25));
  }

  @Test
  void otherCountOfPoints() {
    InstructionOptions options = new InstructionOptions(Set.of(Task.SEGMENTATION), 7, 1, false);
    assertThat(instruct(options, finding("x", triangle(5, 5))).records().get(0).polygons().get(0))
        .hasSize(7);
  }

  @Test
  void nativeOutlineIsCanonicalAndWhole() {
    Ring written = Ring.ofFlat(40, 40, 10, 40, 10, 10, 40, 40);
    InstructionRecord r = only(Task.SEGMENTATION, finding("x", Polygon.of(written)));
    assertThat(r.nativeRegions().polygons()).containsExactly(Ring.ofFlat(10, 10, 40, 40, 10, 40));
  }

  @Test
  void expandedRegionsGetOrdinalsInOrder() {
    Instructed done =
        instruct(
            new InstructionOptions(Set.of(Task.LOCALIZATION), 25, 10, true),
            finding("x", new Box(60, 60, 70, 70)),
            finding("y", new Box(0, 0, 5, 5)),
            finding("x", new Box(10, 10, 20, 20)));
    assertThat(done.records())
        .extracting(InstructionRecord::id, InstructionRecord::answer)
        .containsExactly(
            tuple("d/a b/localization/x/0", "[100, 100, 200, 200]"),
            tuple("d/a b/localization/x/1", "[600, 600, 700, 700]"),
            tuple("d/a b/localization/y/0", "[0, 0, 50, 50]"));
  }

  @Test
  void expandedRegionKeepsItsOwnNativeLabelAndSource() {
    Instructed done =
        instruct(
            new InstructionOptions(Set.of(Task.LOCALIZATION), 25, 10, true),
            finding("x", "far", new Box(60, 60, 70, 70), new Source("f", "2")),
            finding("x", "near", new Box(10, 10, 20, 20), new Source("n", "1")));
    assertThat(done.records())
        .extracting(InstructionRecord::nativeLabel, InstructionRecord::source)
        .containsExactly(tuple("near", new Source("n", "1")), tuple("far", new Source("f", "2")));
  }

  @Test
  void labelsAndSourcesOfOneRecordAreJoinedInTheOrderOfRegions() {
    InstructionRecord r =
        only(
            Task.LOCALIZATION,
            finding("x", "b", new Box(60, 60, 70, 70), new Source("b.png", "row 2")),
            finding("x", "a", new Box(10, 10, 20, 20), new Source("a.png", "row 9")),
            finding("x", "a", new Box(30, 30, 40, 40), new Source("a.png", "row 1")));
    assertThat(r.nativeLabel()).isEqualTo("a, b");
    assertThat(r.source()).isEqualTo(new Source("a.png; b.png", "row 9; row 1; row 2"));
  }

  @Test
  void labelOfAFindingWithoutOutlineIsNotInTheSegmentation() {
    InstructionRecord r =
        only(
            Task.SEGMENTATION,
            finding("x", "boxed", new Box(1, 1, 9, 9), FILE),
            finding("x", "drawn", triangle(50, 50), FILE));
    assertThat(r.nativeLabel()).isEqualTo("drawn");
  }

  @Test
  void orderOfFindingsDoesNotShow() {
    List<Finding> findings = new ArrayList<>();
    findings.add(finding("x", "p", new Box(5, 5, 20, 20), new Source("s", "1")));
    findings.add(finding("x", "q", new Box(5, 5, 20, 20), new Source("s", "2")));
    findings.add(finding("x", "q", new Box(5, 5, 20, 20), new Source("r", null)));
    findings.add(finding("x", "r", new Box(5, 5, 30, 20), new Source("s", "3")));
    findings.add(finding("x", "s", Polygon.of(Ring.ofFlat(5, 5, 20, 5, 20, 20)), FILE));
    findings.add(finding("x", "t", Polygon.of(Ring.ofFlat(5, 5, 20, 20, 5, 20)), FILE));
    findings.add(finding("x", "u", Polygon.of(Ring.ofFlat(5, 5, 20, 6, 20, 20)), FILE));
    findings.add(finding("y", "v", new Point(3, 4), FILE));
    List<InstructionRecord> expected = records(findings);
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      Collections.shuffle(findings, random);
      assertThat(records(findings)).isEqualTo(expected);
    }
  }

  @Test
  void orderOfVolumesDoesNotShow() {
    List<Finding> findings = new ArrayList<>();
    findings.add(finding("x", new Box3d(1, 1, 1, 9, 8, 7)));
    findings.add(finding("x", new Box3d(1, 1, 1, 9, 8, 9)));
    findings.add(finding("x", new Box3d(1, 1, 1, 9, 9, 7)));
    findings.add(finding("x", new Box3d(1, 1, 0, 9, 9, 7)));
    List<InstructionRecord> expected = volume(findings).records();
    Random random = new Random(4);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(findings, random);
      assertThat(volume(findings).records()).isEqualTo(expected);
    }
  }

  @Test
  void volumeIsAnsweredByCentreAndLength() {
    assertThat(volume(List.of(finding("x", new Box3d(1, 2, 3, 3, 4, 5)))).records())
        .extracting(InstructionRecord::answer)
        .containsExactly("center at [200, 300, 400], box length is [200, 200, 200]");
  }

  @Test
  void pointIsAnsweredByItsPlace() {
    InstructionRecord r = only(Task.LOCALIZATION, finding("x", new Point(50, 100)));
    assertThat(r.answer()).isEqualTo("[500, 1000]");
    assertThat(r.points()).containsExactly(new GridPoint(500, 1000));
  }

  @Test
  void ownersBoxIsTheBoxOfADrawnFinding() {
    InstructionRecord r =
        only(
            Task.LOCALIZATION,
            new Finding("x", "X", List.of(triangle(5, 5), new Box(1, 1, 80, 80)), FILE));
    assertThat(r.nativeRegions().boxes()).containsExactly(new Box(1, 1, 80, 80));
  }

  @Test
  void drawnFindingHasTheBoxAroundAllItsParts() {
    Polygon parts =
        new Polygon(
            List.of(Ring.ofFlat(10, 10, 20, 10, 20, 20), Ring.ofFlat(70, 60, 90, 60, 90, 80)));
    InstructionRecord r = only(Task.LOCALIZATION, finding("x", parts));
    assertThat(r.nativeRegions().boxes()).containsExactly(new Box(10, 10, 90, 80));
  }

  @Test
  void drawingOverTheBorderIsCutToTheGrid() {
    Instructed done = all(finding("x", Polygon.of(Ring.ofFlat(-50, 10, 150, 10, 50, 90))));
    assertThat(done.records().get(0).boxes()).containsExactly(new GridBox(0, 100, 1000, 900));
    assertThat(done.records().get(1).polygons().get(0)).allMatch(p -> p.x() >= 0 && p.x() <= 1000);
  }

  @Test
  void maskPerFindingHasOneBoxAndAllItsOutlines() {
    Instructed done = all(finding("x", new MaskRegion(twoParts(), false)));
    assertThat(done.records().get(0).nativeRegions().boxes())
        .containsExactly(new Box(10, 10, 60, 60));
    assertThat(done.records().get(1).polygons()).hasSize(2);
  }

  @Test
  void semanticMaskHasABoxPerComponent() {
    Instructed done = all(finding("x", new MaskRegion(twoParts(), true)));
    assertThat(done.records().get(0).nativeRegions().boxes())
        .containsExactly(new Box(10, 10, 20, 20), new Box(40, 40, 60, 60));
    assertThat(done.records().get(1).polygons()).hasSize(2);
  }

  @Test
  void specksAndHolesAreCounted() {
    byte[] pixels = new byte[100 * 100];
    fill(pixels, 10, 10, 30, 30, 1);
    fill(pixels, 15, 15, 18, 20, 0);
    fill(pixels, 80, 80, 83, 83, 1);
    fill(pixels, 90, 90, 91, 91, 1);
    Instructed done = all(finding("x", new MaskRegion(new Mask(100, 100, pixels), true)));
    assertThat(List.of(done.specks(), done.speckPixels(), done.holePixels()))
        .containsExactly(2, 10L, 15L);
    assertThat(done.records().get(0).boxes()).containsExactly(new GridBox(100, 100, 300, 300));
  }

  @Test
  void maskOfSpecksOnlyIsRejectedByName() {
    byte[] pixels = new byte[100 * 100];
    fill(pixels, 90, 90, 93, 93, 1);
    Instructed done = all(finding("x", new MaskRegion(new Mask(100, 100, pixels), true)));
    assertThat(done.records()).isEmpty();
    assertThat(done.specks()).isEqualTo(1);
    assertThat(done.rejections())
        .extracting(Rejection::scope, Rejection::reason)
        .containsExactly(tuple(Rejection.Scope.ANNOTATION, "empty-mask"));
  }

  @Test
  void maskOfAnotherSizeThanItsPictureIsRejectedByName() {
    byte[] pixels = new byte[50 * 100];
    fill(pixels, 10, 10, 30, 30, 1);
    Instructed done = all(finding("x", new MaskRegion(new Mask(100, 50, pixels), true)));
    assertThat(done.records()).isEmpty();
    assertThat(done.rejections())
        .extracting(Rejection::scope, Rejection::reason)
        .containsExactly(tuple(Rejection.Scope.ANNOTATION, "size-mismatch"));
  }

  @Test
  void badPartIsRejectedAndTheRestKept() {
    Polygon parts =
        new Polygon(List.of(Ring.ofFlat(1, 1, 2, 2), Ring.ofFlat(10, 10, 20, 10, 20, 20)));
    Instructed done = all(finding("x", "X", parts, new Source("f.json", "7")));
    assertThat(done.records()).hasSize(2);
    assertThat(done.rejections())
        .extracting(Rejection::scope, Rejection::source, Rejection::reason)
        .containsExactly(tuple(Rejection.Scope.PART, "f.json#7", "degenerate-ring"));
  }

  @Test
  void badBoxLeavesTheBoxOfTheDrawing() {
    Instructed done =
        all(new Finding("x", "X", List.of(new Box(9, 9, 9, 9), triangle(10, 10)), FILE));
    assertThat(done.records().get(0).nativeRegions().boxes())
        .containsExactly(new Box(10, 10, 20, 20));
    assertThat(done.rejections())
        .extracting(Rejection::scope, Rejection::reason)
        .containsExactly(tuple(Rejection.Scope.PART, "empty-box"));
  }

  @Test
  void findingOfBadPartsIsRejectedOnceWithAllThatIsWrong() {
    Polygon parts =
        new Polygon(List.of(Ring.ofFlat(1, 1, 2, 2), Ring.ofFlat(200, 200, 300, 200, 300, 300)));
    Instructed done = all(finding("x", parts));
    assertThat(done.records()).isEmpty();
    assertThat(done.rejections()).hasSize(1);
    assertThat(done.rejections().get(0).detail()).contains("3 distinct points", "100x100 image");
  }

  @Test
  void pointOutsideIsRejectedByName() {
    assertThat(all(finding("x", new Point(100.5, 3))).rejections())
        .extracting(Rejection::reason)
        .containsExactly("point-outside");
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"CLASSIFICATION", "LOCALIZATION", "SEGMENTATION"})
  void onlyRequestedTasksAreAsked(Task task) {
    InstructionOptions options = new InstructionOptions(Set.of(task), 25, 10, false);
    Instructed done = instruct(options, finding("x", triangle(5, 5)));
    assertThat(done.records()).extracting(InstructionRecord::task).containsExactly(task);
  }

  @Test
  void findingThatNoRequestedTaskCanUseIsNotRequested() {
    InstructionOptions options = new InstructionOptions(Set.of(Task.SEGMENTATION), 25, 10, false);
    Instructed done =
        instruct(options, finding("x", new Box(1, 1, 9, 9)), finding("x", triangle(5, 5)));
    assertThat(List.of(done.count(Fate.End.CONVERTED), done.count(Fate.End.NOT_REQUESTED)))
        .containsExactly(1, 1);
  }

  @Test
  void countsAddUpWhateverIsAsked() {
    Finding[] findings = {
      finding("a", new Box(1, 1, 9, 9)),
      finding("a", new Box(9, 9, 1, 1)),
      finding("b", triangle(5, 5)),
      finding("b", Polygon.of(Ring.ofFlat(1, 1, 2, 2))),
      finding("c", new Point(5, 5)),
      finding("c", new Point(500, 5)),
      finding("d", new MaskRegion(twoParts(), true)),
      finding("d", new MaskRegion(new Mask(100, 100, new byte[10_000]), true))
    };
    for (Set<Task> tasks :
        List.<Set<Task>>of(
            EnumSet.allOf(Task.class),
            EnumSet.of(Task.CLASSIFICATION),
            EnumSet.of(Task.LOCALIZATION),
            EnumSet.of(Task.SEGMENTATION),
            EnumSet.of(Task.VQA))) {
      Instructed done = instruct(new InstructionOptions(tasks, 25, 10, false), findings);
      long rejected =
          done.rejections().stream().filter(r -> r.scope() == Rejection.Scope.ANNOTATION).count();
      assertThat(rejected).as("%s", tasks).isEqualTo(4);
      assertThat(done.count(Fate.End.CONVERTED) + done.count(Fate.End.NOT_REQUESTED) + rejected)
          .as("%s", tasks)
          .isEqualTo(findings.length);
    }
  }

  @Test
  void classificationJoinsTheLabelsOfThePicture() {
    InstructionOptions options = new InstructionOptions(Set.of(Task.CLASSIFICATION), 25, 10, false);
    Sample sample =
        sample(
            List.of(new ImageLabel("pneumonia", "PNA"), new ImageLabel("effusion", "EFF")),
            List.of());
    InstructionRecord r = new Instructor(options, "d/1").instruct(sample).records().get(0);
    assertThat(r.answer()).isEqualTo("pneumonia, effusion");
    assertThat(r.nativeLabel()).isEqualTo("PNA, EFF");
    assertThat(r.id()).isEqualTo("d/a b/classification/pneumonia, effusion/0");
  }

  @Test
  void pictureWithoutLabelsIsNotClassified() {
    assertThat(records(List.of())).hasSize(1);
    Sample unlabelled = sample(List.of(), List.of());
    assertThat(instructor().instruct(unlabelled).records()).isEmpty();
  }

  @Test
  void wordingDependsOnTheIdAlone() {
    Wording wording = Wording.standard();
    Set<String> questions = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      String id = "d/" + i + "/localization/x/0";
      String question = wording.question(Task.LOCALIZATION, id, "x", MediaType.VIDEO);
      assertThat(Wording.standard().question(Task.LOCALIZATION, id, "x", MediaType.VIDEO))
          .isEqualTo(question);
      assertThat(question).contains("the x").contains("this video").doesNotContain("{");
      questions.add(question);
    }
    assertThat(questions).hasSizeGreaterThan(1);
  }

  @Test
  void recordIsWrittenAsDocumented() throws JsonProcessingException {
    Finding finding =
        finding(
            "malignant tumour",
            "malignant",
            new Box(121, 91, 461, 364),
            new Source("malignant/malignant (136)_mask.png", null));
    Sample sample =
        new Sample(
            "busi",
            Media.image("malignant (136)", "malignant/malignant (136).png", 562, 471),
            Split.TRAIN,
            "ultrasound",
            "image:malignant (136)",
            finding.source(),
            List.of(),
            List.of(finding));
    Instructor instructor = new Instructor(InstructionOptions.standard(), "busi/1");
    InstructionRecord r = instructor.instruct(sample).records().get(0);
    String expected =
        """
        {'id':'busi/malignant (136)/localization/malignant tumour/0',
        'dataset':'busi','split':'train','task':'localization','modality':'ultrasound',
        'media':{'id':'malignant (136)','type':'image',
        'uri':'malignant/malignant (136).png','width':562,'height':471},
        'group':'image:malignant (136)','label':'malignant tumour','native_label':'malignant',
        'instruction':'QUESTION',
        'answer':'[215, 193, 820, 773]','boxes':[[215,193,820,773]],'polygons':[],
        'native':{'boxes':[[121.0,91.0,461.0,364.0]]},
        'source':{'file':'malignant/malignant (136)_mask.png','record':null},
        'converter':'busi/1'}
        """
            .replace("\n", "")
            .replace('\'', '"')
            .replace("QUESTION", r.instruction());
    assertThat(RecordJson.mapper().writeValueAsString(r)).isEqualTo(expected);
  }

  private static Instructor instructor() {
    return new Instructor(InstructionOptions.standard(), "d/1");
  }

  private static Instructed all(Finding... findings) {
    Set<Task> tasks = EnumSet.of(Task.LOCALIZATION, Task.SEGMENTATION);
    return instruct(new InstructionOptions(tasks, 25, 10, false), findings);
  }

  private static InstructionRecord only(Task task, Finding... findings) {
    List<InstructionRecord> records =
        instruct(new InstructionOptions(Set.of(task), 25, 10, false), findings).records();
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private static List<InstructionRecord> records(List<Finding> findings) {
    return instruct(InstructionOptions.standard(), findings.toArray(Finding[]::new)).records();
  }

  private static Instructed instruct(InstructionOptions options, Finding... findings) {
    List<ImageLabel> labels = List.of(new ImageLabel("ill", "Ill"));
    return new Instructor(options, "d/1").instruct(sample(labels, List.of(findings)));
  }

  private static Instructed volume(List<Finding> findings) {
    Media media = Media.volume("v", "v.nii", 10, 10, 10, "LPS");
    return instructor()
        .instruct(new Sample("d", media, null, "ct", "patient:1", FILE, List.of(), findings));
  }

  private static Sample sample(List<ImageLabel> labels, List<Finding> findings) {
    Media media = Media.image("a b", "a b.png", 100, 100);
    return new Sample("d", media, Split.TEST, "ct", "patient:1", FILE, labels, findings);
  }

  private static Finding finding(String label, Region region) {
    return finding(label, label, region, FILE);
  }

  private static Finding finding(String label, String nativeLabel, Region region, Source source) {
    return Finding.of(label, nativeLabel, region, source);
  }

  private static Polygon triangle(double x, double y) {
    return Polygon.of(Ring.ofFlat(x, y, x + 10, y, x + 10, y + 10));
  }

  private static Mask twoParts() {
    byte[] pixels = new byte[100 * 100];
    fill(pixels, 10, 10, 20, 20, 1);
    fill(pixels, 40, 40, 60, 60, 1);
    return new Mask(100, 100, pixels);
  }

  private static void fill(byte[] pixels, int x1, int y1, int x2, int y2, int value) {
    for (int y = y1; y < y2; y++) {
      for (int x = x1; x < x2; x++) {
        pixels[100 * y + x] = (byte) value;
      }
    }
  }
}
