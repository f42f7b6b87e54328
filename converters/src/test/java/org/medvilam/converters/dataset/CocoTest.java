package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetContract;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.store.LocalStore;

final class CocoTest extends DatasetContract {
  private static final Coco COCO = new Coco();
  private static final String IMAGE =
      "{\"id\": 1, \"file_name\": \"a.png\", \"width\": 8, \"height\": 6}";

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return COCO;
  }

  @Override
  protected String expectedInMessage() {
    return "annotations/*.json";
  }

  private static String file(String images, String annotations) {
    return "{\"annotations\": [%s], \"images\": [%s], \"categories\": [{\"id\": 0, \"name\": \"Polyp\"}, {\"id\": \"u\", \"name\": \"Ulcer\"}]}"
        .formatted(annotations, images);
  }

  private static String annotation(int id, String fields) {
    return "{\"id\": %d, \"image_id\": 1, \"category_id\": 0, %s}".formatted(id, fields);
  }

  private Path write(String name, String path, String text) throws IOException {
    new PhantomFiles(folder.resolve(name)).text(path, text);
    return folder.resolve(name);
  }

  private DatasetSource labelsOnly(Path root) {
    Settings settings = Settings.standard().withLabelsOnly();
    return Listed.source(LocalStore.of(root), settings, folder.resolve("scratch"));
  }

  private Conversion convert(String name, String... annotations) throws IOException {
    Path root = write(name, "labels.json", file(IMAGE, String.join(", ", annotations)));
    Listed listed = list(labelsOnly(root));
    assertThat(listed.rejections()).isEmpty();
    Item item = listed.item("a.png");
    assertThat(item.annotations()).isEqualTo(annotations.length);
    return COCO.convert(labelsOnly(root), item);
  }

  private static List<String> reasons(Conversion conversion) {
    return conversion.rejections().stream()
        .map(r -> r.scope() + " " + r.source() + " " + r.reason())
        .toList();
  }

  @Test
  void everyFormOfSegmentationIsRead() throws IOException {
    Conversion conversion =
        convert(
            "forms",
            annotation(1, "\"bbox\": [1, 2, 3.5, 4], \"segmentation\": []"),
            annotation(2, "\"bbox\": [1, 2, 3, 4], \"segmentation\": [[]]"),
            annotation(3, "\"segmentation\": [1, 1, 4, 1, 4, 4]"),
            annotation(4, "\"segmentation\": [[1, 1, 4, 1, 4, 4], [5, 1, 7, 1, 7, 4]]"),
            annotation(
                5,
                "\"bbox\": [0, 0, 1, 6], \"segmentation\": {\"counts\": [0, 6, 42], \"size\": [6, 8]}"),
            annotation(6, "\"segmentation\": {\"counts\": \"06Z1\", \"size\": [6, 8]}"));
    assertThat(conversion.rejections()).isEmpty();
    List<Finding> findings = conversion.samples().get(0).findings();
    assertThat(findings.get(0).regions()).containsExactly(new Box(1, 2, 4.5, 6));
    assertThat(findings.get(0).label()).isEqualTo("polyp");
    assertThat(findings.get(0).nativeLabel()).isEqualTo("Polyp");
    assertThat(findings.get(0).source()).isEqualTo(new Source("labels.json", "annotation 1"));
    assertThat(findings.get(1).regions()).hasSize(1);
    assertThat(((Polygon) findings.get(2).regions().get(0)).rings()).hasSize(1);
    assertThat(((Polygon) findings.get(3).regions().get(0)).rings()).hasSize(2);
    assertThat(findings.get(4).regions()).hasSize(2);
    for (int i = 4; i < 6; i++) {
      MaskRegion mask = (MaskRegion) findings.get(i).regions().get(5 - i);
      assertThat(mask.mask().area()).isEqualTo(6);
      assertThat(mask.mask().get(0, 5)).isTrue();
      assertThat(mask.instances()).isFalse();
    }
  }

  @Test
  void badAnnotationsAreRejectedByName() throws IOException {
    Conversion conversion =
        convert(
            "bad",
            annotation(1, "\"area\": 3"),
            annotation(2, "\"segmentation\": [[1, 1, 4, 1, 4, 4, 2]]"),
            annotation(3, "\"segmentation\": [[1, 1, 4, 1]]"),
            annotation(4, "\"segmentation\": {\"counts\": [0, 6, 41], \"size\": [6, 8]}"),
            annotation(5, "\"segmentation\": {\"counts\": [0, 6, 42], \"size\": [8, 6]}"),
            annotation(6, "\"bbox\": [1, 2, NaN, 4]"),
            annotation(7, "\"bbox\": [1, 2, 3, 4], \"iscrowd\": 1"),
            annotation(8, "\"bbox\": [1, 2, 3, 4], \"category_id\": 9"),
            annotation(9, "\"bbox\": [1, 2], \"segmentation\": [[1, 1, 4, 1, 4, 4]]"),
            annotation(10, "\"segmentation\": {\"counts\": \"b'06Z1'\", \"size\": [6, 8]}"));
    assertThat(reasons(conversion))
        .containsExactly(
            "ANNOTATION labels.json#annotation 1 no-region",
            "ANNOTATION labels.json#annotation 2 odd-ring",
            "ANNOTATION labels.json#annotation 3 short-ring",
            "ANNOTATION labels.json#annotation 4 bad-rle",
            "ANNOTATION labels.json#annotation 5 size-mismatch",
            "ANNOTATION labels.json#annotation 6 bad-box",
            "ANNOTATION labels.json#annotation 7 crowd",
            "ANNOTATION labels.json#annotation 8 unknown-category",
            "PART labels.json#annotation 9 bad-box",
            "ANNOTATION labels.json#annotation 10 bad-rle");
    assertThat(conversion.samples().get(0).findings()).hasSize(1);
  }

  @Test
  void badEntriesAreRejectedByName() throws IOException {
    String images =
        String.join(
            ", ",
            IMAGE,
            IMAGE,
            "{\"id\": 2, \"file_name\": \"../b.png\", \"width\": 8, \"height\": 6}",
            "{\"id\": 3, \"width\": 8, \"height\": 6}",
            "{\"id\": 4, \"file_name\": \"d.png\", \"width\": 8}",
            "{\"id\": 5, \"file_name\": \"e.png\", \"width\": 8, \"height\": 6}",
            "{\"id\": 5, \"file_name\": \"f.png\", \"width\": 8, \"height\": 6}",
            "{\"id\": 6, \"file_name\": \"C:\\\\g.png\", \"width\": 8, \"height\": 6}",
            "null");
    String annotations =
        "{\"id\": 1, \"image_id\": 99, \"category_id\": 0, \"bbox\": [1, 2, 3, 4]}, {\"id\": 2, \"image_id\": 2, \"category_id\": 0, \"bbox\": [1, 2, 3, 4]}, 7";
    Path root = write("entries", "annotations/x.json", file(images, annotations));
    Listed listed = list(labelsOnly(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("a.png");
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source().substring(19) + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM image 1 duplicate-image",
            "ITEM image 2 unsafe-path",
            "ANNOTATION annotation 2 unsafe-path",
            "ITEM image 3 missing-file-name",
            "ITEM image 4 missing-size",
            "ITEM image 5 duplicate-image",
            "ITEM image 5 duplicate-image",
            "ITEM image 6 unsafe-path",
            "ITEM image at index 8 missing-id",
            "ANNOTATION annotation 1 unknown-image",
            "ANNOTATION annotation at index 2 unknown-image");
  }

  @Test
  void idsMayBeTextsAndLabelsAreSorted() throws IOException {
    String image =
        "{\"id\": \"x\\ty\", \"file_name\": \"./s\\\\a.png\", \"width\": 8, \"height\": 6}";
    String annotations =
        "{\"image_id\": \"x\\ty\", \"category_id\": \"u\", \"bbox\": [1, 2, 3, 4]}, {\"image_id\": \"x\\ty\", \"category_id\": 0, \"iscrowd\": 1}";
    Path root = write("texts", "train/_annotations.coco.json", file(image, annotations));
    Item item = list(labelsOnly(root)).items().get(0);
    assertThat(item.split()).isEqualTo(Split.TRAIN);
    Sample sample = COCO.convert(labelsOnly(root), item).samples().get(0);
    assertThat(sample.media().uri()).isEqualTo("train/s/a.png");
    assertThat(sample.findings()).hasSize(1);
    assertThat(sample.labels())
        .containsExactly(new ImageLabel("polyp", "Polyp"), new ImageLabel("ulcer", "Ulcer"));
  }

  @Test
  void imageWithoutAnnotationsShowsNothing() throws IOException {
    Sample sample = convert("negative").samples().get(0);
    assertThat(sample.labels())
        .containsExactly(new ImageLabel(ImageLabel.NO_FINDING, ImageLabel.NO_FINDING));
    assertThat(sample.media().uri()).isEqualTo("images/a.png");
    assertThat(sample.split()).isEqualTo(Split.ofGroup("coco", "image:a.png"));
  }

  @Test
  void cutFileStopsTheListingWithItsPosition() throws IOException {
    String whole = file(IMAGE, annotation(1, "\"bbox\": [1, 2, 3, 4]"));
    Path root = write("cut", "labels.json", whole.substring(0, whole.indexOf("a.png")));
    assertThat(COCO.check(LocalStore.of(root), Settings.standard()).problem()).isNull();
    assertThatThrownBy(() -> list(labelsOnly(root)))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("labels.json: expected a whole JSON file, found its end at line 1")
        .hasMessageContaining("it is cut");
  }

  @Test
  void instancesAloneAreTakenAndOtherJsonIsLeftAside() throws IOException {
    write("mixed", "annotations/instances_val2017.json", file(IMAGE, ""));
    write("mixed", "annotations/captions_val2017.json", file(IMAGE, ""));
    write("mixed", "notes.json", "{\"shapes\": []}");
    PhantomFiles files = new PhantomFiles(folder.resolve("mixed"));
    files.png("val2017/a.png", new BufferedImage(8, 6, BufferedImage.TYPE_BYTE_GRAY));
    DatasetSource source = source(folder.resolve("mixed"));
    Item item = list(source).items().get(0);
    assertThat(item.split()).isEqualTo(Split.VALIDATION);
    assertThat(COCO.convert(source, item).samples().get(0).media().uri())
        .isEqualTo("val2017/a.png");
  }

  @Test
  void onlyTheNamedFileIsRead() throws IOException {
    write("named", "one.json", file(IMAGE, ""));
    write("named", "two.json", file(IMAGE, ""));
    LocalStore root = LocalStore.of(folder.resolve("named"));
    Settings two = new Settings(true, "lesion", "two.json");
    assertThat(list(Listed.source(root, two, folder.resolve("scratch"))).items())
        .extracting(i -> i.source().file())
        .containsExactly("two.json");
    assertThat(COCO.check(root, new Settings(true, "lesion", "no.json")).problem())
        .contains("no.json", "found none");
    assertThat(COCO.check(root, new Settings(true, "lesion", "../x.json")).problem())
        .contains("../x.json");
  }

  @Test
  void otherJsonIsAProblemThatNamesWhatItIs() throws IOException {
    write("other", "shapes.json", "{\"version\": 1, \"shapes\": []}");
    write("other", "results.json", "[]");
    write("other", "torn.json", "{\"info\": ");
    assertThat(COCO.check(LocalStore.of(folder.resolve("other")), Settings.standard()).problem())
        .contains("results.json (a list)", "shapes.json (fields version, shapes)", "torn.json");
  }

  @Test
  void missingPictureNamesThePlaces() throws IOException {
    Path root = write("gone", "annotations/train.json", file(IMAGE, ""));
    DatasetSource source = source(root);
    Item item = list(source).items().get(0);
    ItemException e = catchThrowableOfType(ItemException.class, () -> COCO.convert(source, item));
    assertThat(e.reason()).isEqualTo("missing-file");
    assertThat(e)
        .hasMessageContaining("annotations/a.png, a.png, images/a.png, images/train/a.png");
  }
}
