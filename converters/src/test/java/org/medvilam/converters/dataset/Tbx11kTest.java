package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
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
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

final class Tbx11kTest extends DatasetContract {
  private static final Tbx11k TBX11K = new Tbx11k();
  private static final Box FULL = new Box(1, 1, 5, 5);

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return TBX11K;
  }

  @Override
  protected String expectedInMessage() {
    return "imgs/";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("TBX11K");
  }

  private Path write(String name, String file, String... pictures) throws IOException {
    PhantomCoco coco = new PhantomCoco(1, List.copyOf(Tbx11k.CATEGORIES.keySet()));
    for (int i = 0; i < pictures.length; i++) {
      coco.image(i, pictures[i], 16, 16);
      coco.annotation(i, 2, FULL, null, false);
    }
    coco.image(100, "tb/tb1199.png", 16, 16);
    coco.write(new PhantomFiles(folder.resolve(name)), "annotations/json/" + file);
    return folder.resolve(name);
  }

  private DatasetSource labelsOnly(Path root) {
    Settings settings = Settings.standard().withLabelsOnly();
    return Listed.source(LocalStore.of(root), settings, folder.resolve("scratch"));
  }

  @Test
  void folderSaysWhatAPictureIs() throws IOException {
    DatasetSource source =
        labelsOnly(
            write("classes", "TBX11K_val.json", "tb/tb0001.png", "sick/s0001.png", "new/n1.png"));
    Listed listed = list(source);
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.reason())
        .containsExactly("ITEM unknown-class", "ANNOTATION unknown-class");
    Sample tb = TBX11K.convert(source, listed.item("tb0001")).samples().get(0);
    assertThat(tb.split()).isEqualTo(Split.VALIDATION);
    assertThat(tb.media().uri()).isEqualTo("imgs/tb/tb0001.png");
    assertThat(tb.labels())
        .containsExactly(new ImageLabel("latent tuberculosis", "ObsoletePulmonaryTuberculosis"));
    assertThat(TBX11K.convert(source, listed.item("tb1199")).samples().get(0).labels())
        .containsExactly(new ImageLabel("tuberculosis", "tb"));
    Conversion sick = TBX11K.convert(source, listed.item("s0001"));
    assertThat(sick.samples().get(0).labels())
        .containsExactly(new ImageLabel("sick but not tuberculosis", "sick"));
    assertThat(sick.samples().get(0).findings()).isEmpty();
    assertThat(sick.rejections()).extracting(r -> r.reason()).containsExactly("finding-in-sick");
  }

  @Test
  void fileOfBothPartsIsCutByTheLists() throws IOException {
    Path root =
        write("both", "TBX11K_trainval.json", "tb/tb0001.png", "tb/tb0002.png", "tb/tb0003.png");
    assertThat(list(labelsOnly(root)).item("tb0001").split())
        .isEqualTo(Split.ofGroup("tbx11k", "image:tb0001"));
    PhantomFiles files = new PhantomFiles(root);
    files.text("lists/TBX11K_train.txt", "tb/tb0001.png\ntb/tb1199.png\n");
    files.text("lists/TBX11K_val.txt", "tb/tb0002.png\r\n");
    Listed listed = list(labelsOnly(root));
    assertThat(listed.item("tb0001").split()).isEqualTo(Split.TRAIN);
    assertThat(listed.item("tb0002").split()).isEqualTo(Split.VALIDATION);
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.reason())
        .containsExactly("ITEM unlisted-picture", "ANNOTATION unlisted-picture");
  }

  @Test
  void picturesAreNeededUnlessLabelsAloneAre() throws IOException {
    LocalStore root = LocalStore.of(write("labels", "TBX11K_train.json"));
    assertThat(TBX11K.check(root, Settings.standard()).problem())
        .contains("imgs/", "--labels-only");
    assertThat(TBX11K.check(root, Settings.standard().withLabelsOnly()))
        .isEqualTo(LayoutCheck.rootAt(""));
  }

  /** Returns a phantom without JSON files: XML files and lists remain. */
  private Path phantomOfXml(PhantomTruth[] truth) throws IOException {
    Path root = folder.resolve("xml");
    truth[0] = TBX11K.draw(new PhantomRequest(root, 60, 5));
    for (String part : List.of("train", "val")) {
      Files.delete(root.resolve("annotations/json/TBX11K_" + part + ".json"));
    }
    return root;
  }

  @Test
  void xmlFilesConvertWhereThereIsNoJson() throws IOException {
    PhantomTruth[] truth = new PhantomTruth[1];
    Path root = phantomOfXml(truth);
    assertThat(TBX11K.check(LocalStore.of(root), Settings.standard()))
        .isEqualTo(LayoutCheck.rootAt(""));
    DatasetSource source = source(root);
    Listed listed = list(source);
    assertThat(listed.rejections()).isEmpty();
    assertThat(listed.items()).hasSize(60);
    for (Item item : listed.items()) {
      Conversion conversion = TBX11K.convert(source, item);
      Sample sample = conversion.samples().get(0);
      assertThat(conversion.rejections())
          .allSatisfy(r -> assertThat(r.reason()).isEqualTo("difficult"));
      assertThat(sample.findings().size() + conversion.rejections().size())
          .isEqualTo(item.annotations());
      List<PhantomTruth.Drawn> drawn = truth[0].findings().get(item.mediaId());
      assertThat(sample.findings()).hasSameSizeAs(drawn);
      for (int i = 0; i < drawn.size(); i++) {
        Finding finding = sample.findings().get(i);
        Box made = (Box) finding.regions().get(0);
        Box there = drawn.get(i).box();
        assertThat(finding.label()).isEqualTo(drawn.get(i).label());
        // Classic VOC: the first pixel of 11 times the resolution is taken off, not one of this.
        assertThat(made.x1()).isCloseTo(there.x1() + 1 - 1 / 11.0, Offset.offset(1e-9));
        assertThat(made.y1()).isCloseTo(there.y1() + 1 - 1 / 11.0, Offset.offset(1e-9));
        assertThat(made.x2()).isCloseTo(there.x2() + 1, Offset.offset(1e-9));
        assertThat(made.y2()).isCloseTo(there.y2() + 1, Offset.offset(1e-9));
      }
    }
    assertThat(listed.items())
        .extracting(i -> i.split().key() + " " + i.group().charAt(6))
        .contains("train t", "train h", "train s", "validation t", "validation h");
    assertThat(TBX11K.convert(source, listed.item("h0001")).samples().get(0).labels())
        .containsExactly(new ImageLabel("healthy", "health"));
    assertThat(TBX11K.convert(source, listed.item("s0001")).samples().get(0).labels())
        .containsExactly(new ImageLabel("sick but not tuberculosis", "sick"));
    assertThat(TBX11K.check(LocalStore.of(root), Settings.standard().withLabelsOnly()).problem())
        .contains("--labels-only");
  }

  private static String object(String name, int difficult, String corners) {
    String[] c = corners.split(" ", 4);
    return ("<object><name>%s</name><difficult>%d</difficult><bndbox><xmin>%s</xmin>"
            + "<ymin>%s</ymin><xmax>%s</xmax><ymax>%s</ymax></bndbox></object>")
        .formatted(name, difficult, c[0], c[1], c[2], c[3]);
  }

  private void xml(Path root, String id, String... objects) throws IOException {
    String size = "<size><width>160</width><height>80</height></size>";
    new PhantomFiles(root)
        .text(
            "annotations/xml/" + id + ".xml",
            "<annotation>" + size + String.join("", objects) + "</annotation>");
  }

  private Path lists(String name, String train) throws IOException {
    PhantomFiles files = new PhantomFiles(folder.resolve(name));
    files.text("lists/TBX11K_train.txt", train);
    for (String line : train.strip().split("\\s+", -1)) {
      if (!line.contains("..")) {
        files.png("imgs/" + line, new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY));
      }
    }
    return folder.resolve(name);
  }

  @Test
  void objectsThatTheOwnersLeaveOutAreRejectedByName() throws IOException {
    Path root = lists("objects", "tb/tb0001.png\r\n\nsick/s0001.png\n");
    xml(
        root,
        "tb0001",
        object("ActiveTuberculosis", 0, "11 6 40 30"),
        object("ActiveTuberculosis", 1, "11 6 40 30"),
        object("PulmonaryTuberculosis", 0, "11 6 20 30"),
        object("Cat", 0, "11 6 40 30"),
        object("ObsoletePulmonaryTuberculosis", 0, "11 six 40 30"));
    xml(root, "s0001", object("ActiveTuberculosis", 0, "11 6 40 30"));
    DatasetSource source = source(root);
    Listed listed = list(source);
    assertThat(listed.rejections()).isEmpty();
    Conversion tb = TBX11K.convert(source, listed.item("tb0001"));
    assertThat(tb.samples().get(0).findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.regions()).containsExactly(new Box(1, 1, 4, 6));
              assertThat(f.source()).hasToString("annotations/xml/tb0001.xml#object 1");
            });
    assertThat(tb.rejections())
        .extracting(r -> r.source() + " " + r.reason())
        .containsExactly(
            "annotations/xml/tb0001.xml#object 2 difficult",
            "annotations/xml/tb0001.xml#object 3 small-box",
            "annotations/xml/tb0001.xml#object 4 unknown-category",
            "annotations/xml/tb0001.xml#object 5 bad-box");
    assertThat(tb.samples().get(0).labels())
        .extracting(ImageLabel::label)
        .containsExactly("active tuberculosis", "latent tuberculosis", "uncertain tuberculosis");
    Conversion sick = TBX11K.convert(source, listed.item("s0001"));
    assertThat(sick.samples().get(0).findings()).isEmpty();
    assertThat(sick.rejections()).extracting(r -> r.reason()).containsExactly("finding-in-sick");
  }

  @Test
  void brokenXmlAndLinesAreRejectedByName() throws IOException {
    Path root = lists("broken", "tb/tb0001.png\ntb/tb0002.png\n../x.png\nnew/n0001.png\n");
    PhantomFiles files = new PhantomFiles(root);
    files.text("annotations/xml/tb0001.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>");
    files.text("annotations/xml/tb0002.xml", "<annotation><size>");
    xml(root, "tb0003");
    Listed listed = list(source(root));
    assertThat(listed.items()).isEmpty();
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM annotations/xml/tb0001.xml xml-doctype",
            "ITEM annotations/xml/tb0002.xml unreadable-xml",
            "ITEM lists/TBX11K_train.txt#line 3 unknown-class",
            "ITEM lists/TBX11K_train.txt#line 4 unknown-class",
            "ITEM annotations/xml/tb0003.xml unlisted-picture");
  }

  @Test
  void xmlWithoutListsIsAProblem() throws IOException {
    xml(folder.resolve("unlisted"), "tb0001");
    assertThat(
            TBX11K.check(LocalStore.of(folder.resolve("unlisted")), Settings.standard()).problem())
        .contains("annotations/xml/ with lists/TBX11K_train.txt");
  }

  @Test
  void jsonThatIsNotWhatTheOwnersMakeOfTheXmlIsNamed() throws IOException {
    Path root = write("compared", "TBX11K_train.json", "tb/tb0001.png", "tb/tb0002.png");
    String latent = "ObsoletePulmonaryTuberculosis";
    xml(root, "tb0001", object(latent, 0, "20 10 60 30"), object(latent, 1, "1 1 60 30"));
    DatasetSource source = labelsOnly(root);
    Listed listed = list(source);
    Conversion same = TBX11K.convert(source, listed.item("tb0001"));
    assertThat(same.rejections()).isEmpty();
    assertThat(same.samples().get(0).findings())
        .extracting(f -> f.regions().get(0))
        .containsExactly(FULL);
    xml(root, "tb0001", object("ActiveTuberculosis", 0, "20 10 60 30"));
    xml(root, "tb0002", object(latent, 0, "20 10 61 30"));
    for (String id : List.of("tb0001", "tb0002")) {
      Conversion other = TBX11K.convert(source, listed.item(id));
      assertThat(other.samples().get(0).findings()).hasSize(1);
      assertThat(other.rejections())
          .extracting(r -> r.scope() + " " + r.reason())
          .containsExactly("PART xml-differs", "PART xml-differs");
    }
    new PhantomFiles(root).text("annotations/xml/tb0002.xml", "<!DOCTYPE a><a/>");
    assertThat(TBX11K.convert(source, listed.item("tb0002")).rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactly("PART annotations/xml/tb0002.xml xml-doctype");
  }

  @Test
  void realFilesConvert() throws IOException {
    Path root = Samples.of("tbx11k");
    assertThat(TBX11K.check(LocalStore.of(root), Settings.standard()))
        .isEqualTo(LayoutCheck.rootAt(""));
    Listed listed = list(source(root));
    assertThat(listed.rejections()).isEmpty();
    assertThat(listed.items())
        .extracting(i -> i.mediaId() + " " + i.split().key() + " " + i.annotations())
        .containsExactlyInAnyOrder("tb0005 train 1", "tb0007 train 2", "h0001 train 0");
    Instructor instructor = new Instructor(InstructionOptions.standard(), "tbx11k/1");
    for (Item item : listed.items()) {
      boolean there = Files.exists(root.resolve("imgs/tb/" + item.mediaId() + ".png"));
      DatasetSource source =
          there || item.mediaId().startsWith("h") ? source(root) : labelsOnly(root);
      Conversion conversion = TBX11K.convert(source, item);
      assertThat(conversion.rejections()).isEmpty();
      List<InstructionRecord> records = instructor.instruct(conversion.samples().get(0)).records();
      assertThat(records).hasSize(item.annotations() == 0 ? 1 : 2);
      if (item.mediaId().equals("tb0005")) {
        InstructionRecord found =
            records.stream().filter(r -> r.task() == Task.LOCALIZATION).findFirst().orElseThrow();
        assertThat(found.label()).isEqualTo("active tuberculosis");
        assertThat(found.answer()).isEqualTo("[746, 248, 824, 335]");
      }
    }
  }
}
