package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
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
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Sample;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.store.LocalStore;

final class MasksTest extends DatasetContract {
  private static final Masks MASKS = new Masks();
  private static final BufferedImage PICTURE =
      new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_GRAY);

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return MASKS;
  }

  @Override
  protected String expectedInMessage() {
    return "images/NAME.*";
  }

  private static BufferedImage mask(int value) {
    BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_GRAY);
    for (int k = 0; k < 25; k++) {
      image.getRaster().setSample(4 + k % 5, 6 + k / 5, 0, value);
    }
    return image;
  }

  private Conversion convert(String name, Settings settings, BufferedImage mask)
      throws IOException {
    PhantomFiles files = new PhantomFiles(folder.resolve(name));
    files.jpeg("images/scan 1.a.jpeg", PICTURE, 0.9);
    files.png("masks/scan 1.a.png", mask);
    DatasetSource source =
        Listed.source(LocalStore.of(folder.resolve(name)), settings, folder.resolve("scratch"));
    return MASKS.convert(source, list(source).item("scan 1.a"));
  }

  @Test
  void labelIsTheUsers() throws IOException {
    Settings settings = new Settings(false, "Polyp", null);
    Sample sample = convert("label", settings, mask(255)).samples().get(0);
    assertThat(sample.media().uri()).isEqualTo("images/scan 1.a.jpeg");
    assertThat(sample.labels()).containsExactly(new ImageLabel("polyp", "Polyp"));
    assertThat(sample.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.label()).isEqualTo("polyp");
              assertThat(f.nativeLabel()).isEqualTo("Polyp");
              assertThat(((MaskRegion) f.regions().get(0)).instances()).isTrue();
              assertThat(f.source().file()).isEqualTo("masks/scan 1.a.png");
            });
  }

  @Test
  void emptyMaskIsANegative() throws IOException {
    Conversion conversion = convert("negative", Settings.standard(), mask(0));
    assertThat(conversion.negatives()).isEqualTo(1);
    Sample sample = conversion.samples().get(0);
    assertThat(sample.labels())
        .containsExactly(new ImageLabel(ImageLabel.NO_FINDING, ImageLabel.NO_FINDING));
    assertThat(sample.findings()).isEmpty();
  }

  @Test
  void maskOfZeroAndOneIsNoNegative() {
    ItemException e =
        catchThrowableOfType(
            ItemException.class, () -> convert("dim", Settings.standard(), mask(1)));
    assertThat(e.reason()).isEqualTo("dim-mask");
    assertThat(e.source()).isEqualTo("masks/scan 1.a.png");
  }

  @Test
  void whatHasNoPartnerIsRejectedByName() throws IOException {
    PhantomFiles files = new PhantomFiles(folder.resolve("odd"));
    for (String name : new String[] {"ok.png", "twice.png", "twice.tif", "Case.png", "two.png"}) {
      files.png("images/" + name, PICTURE);
    }
    for (String name :
        new String[] {"ok.png", "twice.png", "case.png", "two.png", "two.gif", "deep/x.png"}) {
      files.png("masks/" + name, mask(255));
    }
    files.text("masks/.DS_Store", "?");
    Listed listed = list(source(folder.resolve("odd")));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("ok");
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM images/twice.png shared-name",
            "ITEM images/twice.tif shared-name",
            "ANNOTATION masks/twice.png shared-name",
            "ITEM images/two.png several-masks",
            "ANNOTATION masks/two.png several-masks",
            "ANNOTATION masks/two.gif several-masks",
            "ITEM images/Case.png missing-mask",
            "ANNOTATION masks/case.png missing-image",
            "ITEM masks/deep unexpected-folder");
    assertThat(listed.rejections())
        .filteredOn(r -> r.reason().equals("missing-mask"))
        .singleElement()
        .satisfies(r -> assertThat(r.detail()).contains("case-sensitive, found masks/case.png"));
  }

  @Test
  void layoutNamesTheMissingFolderAndWhatTheOtherHolds() throws IOException {
    PhantomFiles files = new PhantomFiles(folder.resolve("case"));
    files.png("Images/a.png", PICTURE);
    files.png("masks/a.png", mask(255));
    assertThat(problem("case"))
        .contains("no file in images/", "found Images/, masks/", "found a.png", "case-sensitive");
  }

  @Test
  void layoutNamesPicturesWithoutAnyMaskOfTheirName() throws IOException {
    PhantomFiles files = new PhantomFiles(folder.resolve("suffix"));
    files.png("images/a.png", PICTURE);
    files.png("masks/a_mask.png", mask(255));
    assertThat(problem("suffix")).contains("found a.png", "found a_mask.png", "rename the masks");
  }

  @Test
  void labelsOnlyIsAProblemThatSaysWhy() throws IOException {
    LayoutCheck check = MASKS.check(LocalStore.of(folder), Settings.standard().withLabelsOnly());
    assertThat(check.problem()).contains("--labels-only");
  }

  private String problem(String name) throws IOException {
    return MASKS.check(LocalStore.of(folder.resolve(name)), Settings.standard()).problem();
  }
}
