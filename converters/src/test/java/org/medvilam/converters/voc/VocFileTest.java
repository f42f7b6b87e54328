package org.medvilam.converters.voc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.item.ItemException;
import org.medvilam.records.store.LocalStore;

final class VocFileTest {
  private static final String SIZE = "<size><width>2840</width><height> 2336 </height></size>";

  @TempDir Path folder;

  private VocFile read(String xml) throws IOException {
    Files.writeString(folder.resolve("a.xml"), xml);
    return VocFile.read(LocalStore.of(folder), "a.xml");
  }

  private String reason(String xml) {
    ItemException e = catchThrowableOfType(ItemException.class, () -> read(xml));
    assertThat(e.source()).isEqualTo("a.xml");
    return e.reason();
  }

  @Test
  void objectsAreReadAsTheyStand() throws IOException {
    VocFile file =
        read(
            "<annotation><filename>secret</filename>"
                + SIZE
                + "<object><bndbox><ymin>2</ymin><xmin>1</xmin><xmax>30.5</xmax><ymax>4</ymax></bndbox>"
                + "<name> Active </name><difficult>0</difficult>"
                + "<part><name>hand</name><bndbox><xmin>9</xmin></bndbox></part></object>"
                + "<object><name>Other</name><difficult>1</difficult></object></annotation>");
    assertThat(file.width()).isEqualTo(2840);
    assertThat(file.height()).isEqualTo(2336);
    assertThat(file.objects())
        .containsExactly(
            new VocObject(1, "Active", false, 1, 2, 30.5, 4, null, 1),
            new VocObject(
                2, "Other", true, Double.NaN, Double.NaN, Double.NaN, Double.NaN, null, 0));
    assertThat(file.objects().get(0).hasBox()).isTrue();
    assertThat(file.objects().get(1).hasBox()).isFalse();
    assertThat(file.sources().get(1)).hasToString("a.xml#object 2");
  }

  @Test
  void objectOfSeveralBoxesHasNone() throws IOException {
    String box = "<bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></bndbox>";
    VocFile file = read("<annotation>" + SIZE + "<object>" + box + box + "</object></annotation>");
    assertThat(file.objects().get(0).hasBox()).isFalse();
  }

  @Test
  void doctypeIsRefusedAndNothingExpanded() {
    String entity =
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><annotation>"
            + SIZE
            + "&x;</annotation>";
    assertThat(reason(entity)).isEqualTo("xml-doctype");
    assertThat(reason("<?xml version=\"1.0\"?><!DOCTYPE a><annotation>" + SIZE + "</annotation>"))
        .isEqualTo("xml-doctype");
  }

  @Test
  void brokenFilesAreNamed() {
    assertThat(reason("")).isEqualTo("unreadable-xml");
    assertThat(reason("<annotation>" + SIZE + "<object>")).isEqualTo("unreadable-xml");
    assertThat(reason("<annotation/>")).isEqualTo("missing-size");
    assertThat(reason("<annotation><size><width>0</width><height>5</height></size></annotation>"))
        .isEqualTo("missing-size");
    assertThat(reason("<annotation>" + " ".repeat(1 << 20) + "</annotation>"))
        .isEqualTo("file-too-large");
    ItemException missing =
        catchThrowableOfType(
            ItemException.class, () -> VocFile.read(LocalStore.of(folder), "none.xml"));
    assertThat(missing.reason()).isEqualTo("missing-file");
  }
}
