package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetContract;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Rejection;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.store.LocalStore;

final class VocTest extends DatasetContract {
  private static final Voc VOC = new Voc();
  private static final BufferedImage PICTURE =
      new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_GRAY);

  @TempDir Path folder;
  private PhantomFiles files;

  @Override
  protected Dataset dataset() {
    return VOC;
  }

  @Override
  protected String expectedInMessage() {
    return "XML with the element annotation";
  }

  @BeforeEach
  void start() {
    files = new PhantomFiles(folder.resolve("set"));
  }

  private static String object(String name, String inside) {
    return "<object><name>" + name + "</name>" + inside + "</object>";
  }

  private static String box(Object xmin, Object ymin, Object xmax, Object ymax) {
    return "<bndbox><xmin>%s</xmin><xmax>%s</xmax><ymin>%s</ymin><ymax>%s</ymax></bndbox>"
        .formatted(xmin, xmax, ymin, ymax);
  }

  private DatasetSource source(boolean zeroBased) {
    return Listed.source(
        LocalStore.of(folder.resolve("set")),
        new Settings(false, "lesion", null, zeroBased),
        folder.resolve("scratch"));
  }

  private Conversion convert(boolean zeroBased, String inside) throws IOException {
    files.png("a.png", PICTURE);
    files.text("a.xml", "<annotation><filename>a.jpg</filename>" + inside + "</annotation>");
    DatasetSource source = source(zeroBased);
    return VOC.convert(source, list(source).item("a.png"));
  }

  @Test
  void cornersCountFromOneUnlessTheUserSaysZero() throws IOException {
    String object = object("Cyst", box("1", 2, 30, "4.5"));
    assertThat(convert(false, object).samples().get(0).findings().get(0).regions())
        .containsExactly(new Box(0, 1, 30, 4.5));
    assertThat(convert(true, object).samples().get(0).findings().get(0).regions())
        .containsExactly(new Box(1, 2, 30, 4.5));
  }

  @Test
  void objectsThatCannotBeUsedAreNamed() throws IOException {
    Conversion conversion =
        convert(
            false,
            object("a", box(0, 3, 5, 6))
                + object("b", "")
                + object("", box(1, 1, 5, 5))
                + object(
                    "c", box(1, 1, 5, 5) + "<part><name>d</name>" + box(1, 1, 2, 2) + "</part>"));
    assertThat(conversion.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactly(
            "ANNOTATION a.xml#object 1 zero-based-box",
            "ANNOTATION a.xml#object 2 missing-box",
            "ANNOTATION a.xml#object 3 missing-label",
            "PART a.xml#object 4 object-part");
    assertThat(conversion.rejections().get(0).detail()).contains("--zero-based");
    assertThat(conversion.samples().get(0).labels())
        .extracting(ImageLabel::label)
        .containsExactly("a", "b", "c");
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws IOException {
    for (String name : new String[] {"ok", "bomb", "torn", "other", "lone"}) {
      files.png(name + ".png", PICTURE);
    }
    String size = "<size><width>30</width><height>20</height><depth>1</depth></size>";
    files.text("ok.xml", "<annotation>" + size + "</annotation>");
    files.text("bomb.xml", "<!DOCTYPE annotation [<!ENTITY e 'x'>]><annotation>&e;</annotation>");
    files.text("torn.xml", "<annotation><object>");
    files.text("other.xml", "<svg/>");
    files.text("out.xml", "<annotation><filename>../../out.png</filename></annotation>");
    Listed listed = list(source(false));
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM bomb.xml xml-doctype",
            "ITEM torn.xml unreadable-xml",
            "ITEM other.xml unknown-form",
            "ITEM lone.png missing-labels");
    assertThat(listed.items()).extracting(i -> i.source().file()).contains("ok.xml", "out.xml");
    assertThat(listed.items().stream().filter(i -> i.source().file().equals("out.xml")))
        .singleElement()
        .satisfies(
            i -> assertThat(i.payload().at("/problem/reason").asText()).isEqualTo("unsafe-path"));
  }

  @Test
  void listsDecideThePartAndMustAgree() throws IOException {
    for (String name : new String[] {"one", "two"}) {
      files.png("JPEGImages/" + name + ".png", PICTURE);
      files.text("Annotations/" + name + ".xml", "<annotation/>");
    }
    files.text("ImageSets/Main/train.txt", "two\r\n");
    files.text("ImageSets/Main/test.txt", "\uFEFFone\ntwo\nthree\n");
    Listed listed = list(source(false));
    assertThat(listed.item("JPEGImages/one.png").split()).isEqualTo(Split.TEST);
    assertThat(listed.item("JPEGImages/two.png").payload().at("/problem/reason").asText())
        .isEqualTo("conflicting-splits");
    assertThat(listed.rejections())
        .extracting(Rejection::source, Rejection::reason)
        .containsExactly(tuple("ImageSets/Main/test.txt#line 3", "missing-labels"));
  }
}
