package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.medvilam.converters.phantom.PhantomFiles;
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
