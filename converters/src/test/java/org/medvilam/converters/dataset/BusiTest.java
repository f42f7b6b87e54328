package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.store.LocalStore;

final class BusiTest extends DatasetContract {
  private static final Busi BUSI = new Busi();

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return BUSI;
  }

  @Override
  protected String expectedInMessage() {
    return "benign/";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("Dataset_BUSI_with_GT");
  }

  private Path tree(String name) throws IOException {
    Path root = folder.resolve(name);
    for (String nativeClass : new String[] {"benign", "malignant", "normal"}) {
      Files.createDirectories(root.resolve(nativeClass));
    }
    return root;
  }

  private static BufferedImage picture(int... foreground) {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    for (int x : foreground) {
      for (int k = 0; k < 25; k++) {
        image.getRaster().setSample(x + k % 5, 10 + k / 5, 0, 255);
      }
    }
    return image;
  }

  @Test
  void eachMaskFileIsAFindingOfItsOwn() throws IOException {
    Path root = tree("several");
    PhantomFiles files = new PhantomFiles(root);
    files.png("benign/benign (4).png", picture());
    files.png("benign/benign (4)_mask.png", picture(2, 20));
    files.png("benign/benign (4)_mask_1.png", picture(3));
    Listed listed = list(source(root));
    assertThat(listed.rejections()).isEmpty();
    Item item = listed.item("benign (4)");
    assertThat(item.annotations()).isEqualTo(2);
    Sample sample = BUSI.convert(source(root), item).samples().get(0);
    assertThat(sample.media().uri()).isEqualTo("benign/benign (4).png");
    assertThat(sample.group()).isEqualTo("image:benign (4)");
    assertThat(sample.labels()).containsExactly(new ImageLabel("benign tumour", "benign"));
    assertThat(sample.findings())
        .extracting(f -> f.source())
        .containsExactly(
            new Source("benign/benign (4)_mask.png", null),
            new Source("benign/benign (4)_mask_1.png", null));
    assertThat(sample.findings())
        .allSatisfy(f -> assertThat(((MaskRegion) f.regions().get(0)).instances()).isFalse());
  }

  @Test
  void everyOtherFileIsRejectedByName() throws IOException {
    Path root = tree("odd");
    PhantomFiles files = new PhantomFiles(root);
    files.png("benign/benign (1).png", picture());
    files.png("benign/benign (1)_mask.png", picture(2));
    files.png("benign/benign (2).png", picture());
    files.png("benign/benign (3)_mask.png", picture(2));
    files.png("malignant/benign (9).png", picture());
    files.text("malignant/notes.txt", "?");
    files.text("normal/old/readme", "?");
    files.text("normal/.DS_Store", "?");
    files.text("normal/Thumbs.db", "?");
    files.text("normal/desktop.ini", "?");
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("benign (1)");
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM benign/benign (2).png missing-mask",
            "ANNOTATION benign/benign (3)_mask.png missing-image",
            "ITEM malignant/benign (9).png unexpected-file",
            "ITEM malignant/notes.txt unexpected-file",
            "ITEM normal/old unexpected-file");
  }

  @Test
  void normalPictureWithForegroundLosesThatMask() throws IOException {
    Path root = tree("normal");
    PhantomFiles files = new PhantomFiles(root);
    files.png("normal/normal (1).png", picture());
    files.png("normal/normal (1)_mask.png", picture(2));
    DatasetSource source = source(root);
    Conversion conversion = BUSI.convert(source, list(source).item("normal (1)"));
    assertThat(conversion.negatives()).isZero();
    assertThat(conversion.samples().get(0).findings()).isEmpty();
    assertThat(conversion.rejections())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.scope()).isEqualTo(Rejection.Scope.ANNOTATION);
              assertThat(r.reason()).isEqualTo("finding-in-normal");
              assertThat(r.detail()).contains("25 foreground pixels");
            });
  }

  @Test
  void maskOfAnotherSizeIsRejectedByName() throws IOException {
    Path root = tree("size");
    PhantomFiles files = new PhantomFiles(root);
    files.png("benign/benign (1).png", picture());
    files.png(
        "benign/benign (1)_mask.png", new BufferedImage(41, 30, BufferedImage.TYPE_BYTE_BINARY));
    DatasetSource source = source(root);
    Item item = list(source).item("benign (1)");
    ItemException e = catchThrowableOfType(ItemException.class, () -> BUSI.convert(source, item));
    assertThat(e.reason()).isEqualTo("size-mismatch");
    assertThat(e.source()).isEqualTo("benign/benign (1)_mask.png");
    assertThat(e).hasMessageContaining("40x30").hasMessageContaining("41x30");
  }

  @Test
  void missingClassFolderIsNamed() throws IOException {
    Path root = tree("half");
    Files.delete(root.resolve("malignant"));
    LayoutCheck check = BUSI.check(LocalStore.of(root), Settings.standard());
    assertThat(check.problem()).contains("no malignant/ there", "benign/, normal/");
  }

  @Test
  void foldersInsideClassFoldersAreNotTheOwnersTree() throws IOException {
    Path root = tree("resorted");
    new PhantomFiles(root).png("benign/images/benign (1).png", picture());
    LayoutCheck check = BUSI.check(LocalStore.of(root), Settings.standard());
    assertThat(check.problem()).contains("in benign/: found images/");
  }

  @Test
  void labelsOnlyIsAProblemThatSaysWhy() throws IOException {
    LayoutCheck check =
        BUSI.check(LocalStore.of(tree("labels")), Settings.standard().withLabelsOnly());
    assertThat(check.problem()).contains("--labels-only");
  }
}
