package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.Listed;
import org.medvilam.converters.VolumeContract;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomSpace;
import org.medvilam.converters.phantom.PhantomVolumes;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.imaging.volume.VoxelType;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;

/**
 * Trees of these tests hold one scan of 40x30x20 voxels of 0.5x0.5x2 mm, turned by half a turn; the
 * centre of its voxel (0, 0, 0) in LPS lies at (-40, -60, 10).
 */
final class Luna16Test extends VolumeContract {
  private static final Luna16 LUNA = new Luna16();
  private static final String HEADER = "seriesuid,coordX,coordY,coordZ,diameter_mm\n";
  private static final String UID = "1.2.3";
  private static final String REAL =
      "1.3.6.1.4.1.14519.5.2.1.6279.6001.105756658031515062000744821260";

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return LUNA;
  }

  @Override
  protected String expectedInMessage() {
    return "annotations.csv";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("LUNA16");
  }

  private Path tree(String name, String rows, String excluded) throws IOException {
    return tree(name, rows, excluded, new PhantomSpace(40, 30, 20));
  }

  private Path tree(String name, String rows, String excluded, PhantomSpace space)
      throws IOException {
    Path root = folder.resolve(name);
    PhantomFiles files = new PhantomFiles(root);
    files.text("annotations.csv", HEADER + rows);
    files.text("annotations_excluded.csv", HEADER + excluded);
    for (int n = 0; n < 10; n++) {
      Files.createDirectories(root.resolve("subset" + n));
    }
    VolumeGrid grid = PhantomSpace.grid("RAS", space, new Vector3(0.5, 0.5, 2));
    new PhantomVolumes(files)
        .metaImage("subset8/" + UID + ".mhd", space.volume(VoxelType.INT16, grid), false);
    return root;
  }

  private Conversion convert(Path root) throws IOException {
    return LUNA.convert(source(root), list(source(root)).item(UID));
  }

  private static List<String> words(List<Rejection> rejections) {
    return rejections.stream().map(r -> r.scope() + " " + r.source() + " " + r.reason()).toList();
  }

  private static Box bounds(Finding finding) {
    return ((Polygon) finding.regions().get(0)).rings().get(0).bounds();
  }

  private static void assertBox(Box box, double x1, double y1, double x2, double y2) {
    assertThat(new double[] {box.x1(), box.y1(), box.x2(), box.y2()})
        .containsExactly(new double[] {x1, y1, x2, y2}, Offset.offset(1e-9));
  }

  @Test
  void pointsOfTurnedScansAreFound() throws IOException {
    Path root = tree("turned", UID + ",-35,-55,30,4\n" + UID + ",99,-55,30,4\n", "");
    assertThat(root.resolve("subset8/" + UID + ".mhd"))
        .content()
        .contains("TransformMatrix = -1 0 0 0 -1 0 0 0 1");
    Item item = list(source(root)).item(UID);
    assertThat(item.split()).isEqualTo(Split.TEST);
    assertThat(item.group()).isEqualTo("study:" + UID);
    Conversion conversion = LUNA.convert(source(root), item);
    assertThat(words(conversion.rejections()))
        .containsExactly("ANNOTATION annotations.csv#row 3 point-outside");
    Sample volume = conversion.samples().get(0);
    assertThat(volume.media().orientation()).isEqualTo("LPS");
    assertThat(volume.media().spacingMm()).containsExactly(0.5, 0.5, 2.0);
    assertThat(volume.labels()).containsExactly(new ImageLabel("lung nodule", "nodule"));
    assertThat(volume.findings().get(0).regions())
        .containsExactly(new Box3d(6.5, 6.5, 9.5, 14.5, 14.5, 11.5));
    Sample slice = conversion.samples().get(1);
    assertThat(slice.media().id()).isEqualTo(UID + "/axial/10");
    assertThat(slice.media().uri()).isEqualTo("images/luna16/" + UID + "/axial/10.png");
    assertThat(slice.media().derived()).isTrue();
    assertBox(bounds(slice.findings().get(0)), 6.5, 6.5, 14.5, 14.5);
  }

  @Test
  void picturesShowTheNodulesOfTheirSlice() throws IOException {
    PhantomSpace space =
        new PhantomSpace(40, 30, 20)
            .plus(-2000)
            .ellipsoid(new Vector3(20, 15, 10), new Vector3(18, 13, 40), -600)
            .ellipsoid(new Vector3(10, 10, 10), new Vector3(4, 4, 1), 60)
            .ellipsoid(new Vector3(30, 20, 4), new Vector3(4, 4, 1), 3000);
    String rows = UID + ",-35,-55,30,4\n" + UID + ",-25,-50,18,4\n";
    Conversion conversion = convert(tree("shown", rows, "", space));
    assertThat(conversion.pictures()).hasSize(2);
    Map<String, Raster> shown =
        conversion.pictures().stream()
            .collect(Collectors.toMap(p -> p.path(), p -> decoded(p.png())));
    Raster middle = shown.get("images/luna16/" + UID + "/axial/10.png");
    assertThat(middle.getSampleModel().getSampleSize(0)).isEqualTo(8);
    assertThat(middle.getWidth()).isEqualTo(40);
    assertThat(middle.getSample(0, 0, 0)).isZero();
    assertThat(middle.getSample(20, 15, 0)).isEqualTo(85);
    assertThat(middle.getSample(10, 10, 0)).isEqualTo(179);
    assertThat(middle.getSample(7, 10, 0)).isEqualTo(179);
    assertThat(middle.getSample(30, 20, 0)).isEqualTo(85);
    Raster low = shown.get("images/luna16/" + UID + "/axial/4.png");
    assertThat(low.getSample(30, 20, 0)).isEqualTo(255);
    assertThat(low.getSample(10, 10, 0)).isEqualTo(85);
  }

  private static Raster decoded(byte[] png) {
    try {
      return ImageIO.read(new ByteArrayInputStream(png)).getRaster();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ball of 10 mm, one slice of 2 mm higher, cuts the other's slice in a circle of 9.17 mm. */
  @Test
  void slicesListWhateverMeetsThem() throws IOException {
    Path root = tree("met", UID + ",-35,-55,30,4\n" + UID + ",-25,-52.5,32,10\n", "");
    List<Sample> samples = convert(root).samples();
    assertThat(samples.stream().skip(1).map(s -> s.media().slice())).containsExactly(10, 11);
    List<Finding> lower = samples.get(1).findings();
    assertThat(lower).hasSize(2);
    assertBox(bounds(lower.get(0)), 6.5, 6.5, 14.5, 14.5);
    double r = 2 * Math.sqrt(25 - 4);
    assertBox(bounds(lower.get(1)), 30.5 - r, 15.5 - r, 30.5 + r, 15.5 + r);
    List<Finding> upper = samples.get(2).findings();
    assertThat(upper).hasSize(1);
    assertBox(bounds(upper.get(0)), 20.5, 5.5, 40.5, 25.5);
    List<InstructionRecord> records =
        new Instructor(InstructionOptions.standard(), "luna16/1")
            .instruct(samples.get(1))
            .records();
    assertThat(records)
        .filteredOn(x -> !x.boxes().isEmpty())
        .singleElement()
        .satisfies(x -> assertThat(x.boxes()).hasSize(2));
  }

  @Test
  void cubesThatLeaveTheScanAreCut() throws IOException {
    List<Sample> samples = convert(tree("cut", UID + ",-39.5,-59,10.5,6\n", "")).samples();
    Instructor instructor = new Instructor(InstructionOptions.standard(), "luna16/1");
    InstructionRecord volume = instructor.instruct(samples.get(0)).records().get(1);
    assertThat(volume.nativeRegions().boxes3d())
        .containsExactly(new Box3d(0, 0, 0, 7.5, 8.5, 2.25));
    InstructionRecord slice = instructor.instruct(samples.get(1)).records().get(0);
    assertBox(slice.nativeRegions().boxes().get(0), 0, 0, 7.5, 8.5);
  }

  @Test
  void excludedFindingsAreNamedAndScansWithoutNodulesAreNegative() throws IOException {
    Path root = tree("excluded", "", UID + ",-35,-55,30,-1\n" + UID + ",-35,-55,30,5\n");
    Conversion conversion = convert(root);
    assertThat(words(conversion.rejections()))
        .containsExactly(
            "ANNOTATION annotations_excluded.csv#row 2 excluded-without-diameter",
            "ANNOTATION annotations_excluded.csv#row 3 excluded-finding");
    assertThat(conversion.samples()).hasSize(1);
    assertThat(conversion.samples().get(0).labels())
        .containsExactly(new ImageLabel("no lung nodule", "no nodule"));
    assertThat(conversion.pictures()).isEmpty();
  }

  @Test
  void brokenRowsAreNamedAndMakeNoNegative() throws IOException {
    String rows =
        String.join(
            "\n",
            UID + ",x,-55,30,5",
            UID + ",-35,-55,30",
            UID + ",-35,-55,30,-1",
            UID + ",-35,-55,30,0.4",
            UID + ",-36,-55,30,16",
            UID + ",NaN,-55,30,5");
    Conversion conversion = convert(tree("broken", rows, ""));
    assertThat(conversion.rejections())
        .extracting(Rejection::reason)
        .containsExactly(
            "bad-number",
            "wrong-columns",
            "no-diameter",
            "bad-diameter",
            "bad-diameter",
            "bad-number");
    assertThat(conversion.samples().get(0).labels()).isEmpty();
  }

  @Test
  void rowsThatRepeatOrContradictAreNamed() throws IOException {
    String once = UID + ",-35,-55,30,4\n";
    String rows = once + once + UID + ",-30,-55,30,4\n" + UID + ",-30,-55,30,5\n";
    Conversion conversion = convert(tree("twice", rows, ""));
    assertThat(words(conversion.rejections()))
        .containsExactly(
            "ANNOTATION annotations.csv#row 3 duplicate-row",
            "ANNOTATION annotations.csv#row 4 conflicting-rows",
            "ANNOTATION annotations.csv#row 5 conflicting-rows");
    assertThat(conversion.samples().get(0).findings()).hasSize(1);
  }

  @Test
  void rowsAndFilesWithoutTheOtherAreNamed() throws IOException {
    Path root = tree("odd", "1.2.4,-35,-55,30,5\nx,-35,-55,30,5\n", "1.2.4,-35,-55,30,-1\n");
    PhantomFiles files = new PhantomFiles(root);
    files.text("seriesuids.csv", UID + "\n1.2.4\n1.2.4\nx\n1.2.7");
    files.text("subset1/1.2.5.mhd", "?");
    files.text("subset1/1.2.6.raw", "?");
    files.text("subset1/notes.txt", "?");
    files.text("subset1/1.2.7.mhd", "?");
    files.text("subset2/1.2.7.mhd", "?");
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly(UID);
    assertThat(words(listed.rejections()))
        .containsExactlyInAnyOrder(
            "ANNOTATION annotations.csv#row 2 missing-image",
            "ANNOTATION annotations.csv#row 3 bad-series-id",
            "ANNOTATION annotations_excluded.csv#row 2 excluded-without-diameter",
            "ITEM seriesuids.csv#row 2 missing-image",
            "ITEM seriesuids.csv#row 3 duplicate-row",
            "ITEM seriesuids.csv#row 4 bad-series-id",
            "ITEM subset1/1.2.5.mhd unknown-series",
            "ITEM subset1/1.2.6.raw missing-header",
            "ITEM subset1/notes.txt unexpected-file",
            "ITEM subset1/1.2.7.mhd duplicate-scan",
            "ITEM subset2/1.2.7.mhd duplicate-scan");
  }

  @Test
  void subsetsThatAreNotThereAreNamedWithWhatIsLost() throws IOException {
    Path root = tree("part", UID + ",-35,-55,30,4\n1.2.4,-35,-55,30,4\n", "");
    Files.delete(root.resolve("subset3"));
    Files.delete(root.resolve("subset7"));
    assertThat(LUNA.check(source(root).root(), source(root).settings()).problem()).isNull();
    Listed listed = list(source(root));
    assertThat(listed.items()).hasSize(1);
    assertThat(words(listed.rejections()))
        .containsExactly(
            "ITEM subset3/ missing-subset",
            "ITEM subset7/ missing-subset",
            "ANNOTATION annotations.csv#row 3 missing-subset");
    assertThat(listed.rejections().get(1).detail()).contains("validation part");
    assertThat(listed.rejections().get(2).detail()).contains("subset3/, subset7/");
  }

  @Test
  void tablesOfOtherHandsAreRead() throws IOException {
    Path root = tree("hands", "", "");
    new PhantomFiles(root)
        .text(
            "annotations.csv",
            "\uFEFFSERIESUID;COORDX;COORDY;COORDZ;DIAMETER_MM;note\r\n "
                + UID
                + " ; -35 ;-55;30;4;\r\n");
    assertThat(convert(root).samples().get(0).findings()).hasSize(1);
    new PhantomFiles(root).text("annotations.csv", "seriesuid,coordX,coordY,coordX,diameter_mm\n");
    assertThatThrownBy(() -> list(source(root)))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("annotations.csv: expected the column coordX once");
  }

  @Test
  void scansWithoutAllTheirVoxelsAreNamed() throws IOException {
    for (String rows : List.of("", UID + ",-35,-55,30,4\n")) {
      Path root = tree("voxels" + rows.length(), rows, "");
      Item item = list(source(root)).item(UID);
      Path voxels = root.resolve("subset8/" + UID + ".raw");
      Files.write(voxels, new byte[40 * 30 * 20 * 2 - 1]);
      assertThat(rejected(root, item).reason()).isEqualTo("truncated-volume");
      Files.delete(voxels);
      ItemException missing = rejected(root, item);
      assertThat(missing.reason()).isEqualTo("missing-file");
      assertThat(missing.source()).isEqualTo("subset8/" + UID + ".mhd");
      assertThat(missing).hasMessageContaining("subset8/" + UID + ".raw");
    }
  }

  private ItemException rejected(Path root, Item item) {
    return catchThrowableOfType(ItemException.class, () -> LUNA.convert(source(root), item));
  }

  /** Header and row of a real scan; the box by index as another program computed it. */
  @Test
  void realPointIsWhereAnotherProgramFindsIt() {
    double pixel = 0.7617189884185791;
    VolumeGrid grid =
        new VolumeGrid(
            512,
            512,
            121,
            new Vector3(-198.100006, -195, -335.209991),
            new Vector3(pixel, 0, 0),
            new Vector3(0, pixel, 0),
            new Vector3(0, 0, 2.5));
    Luna16Row row =
        new Luna16Row("t.csv", 2, 35.95283345, 25.99443073, -141.485, 4.905760503, null);
    assertThat(Luna16Nodule.problem(row, grid)).isNull();
    Box3d box = (Box3d) Luna16Nodule.of(row, grid).cube().regions().get(0);
    double[] low = {304.0490820365783, 286.9057405700476, 76.5088442994};
    double[] high = {310.489463040057, 293.3461215735263, 78.4711485006};
    assertThat(new double[] {box.x1() - 0.5, box.y1() - 0.5, box.z1() - 0.5})
        .containsExactly(low, Offset.offset(1e-9));
    assertThat(new double[] {box.x2() - 0.5, box.y2() - 0.5, box.z2() - 0.5})
        .containsExactly(high, Offset.offset(1e-9));
  }

  @Test
  void realTablesAndHeaderAreReadOrNamed() throws IOException {
    Path root = Samples.of("luna16");
    Listed listed = list(source(root));
    Map<String, Long> reasons =
        listed.rejections().stream()
            .collect(
                Collectors.groupingBy(r -> r.scope() + " " + r.reason(), Collectors.counting()));
    // The folder holds the first of ten subsets, one scan of 200 series, and 300 and 199 rows.
    assertThat(reasons)
        .containsOnly(
            Map.entry("ITEM missing-subset", 9L + 199),
            Map.entry("ANNOTATION missing-subset", 300L),
            Map.entry("ANNOTATION excluded-without-diameter", 181L),
            Map.entry("ANNOTATION excluded-finding", 18L),
            Map.entry("ITEM unexpected-file", 1L));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly(REAL);
    ItemException e = rejected(root, listed.item(REAL));
    assertThat(e.reason()).isEqualTo("missing-file");
    assertThat(e).hasMessageContaining(REAL + ".raw");
  }
}
