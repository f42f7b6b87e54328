package org.medvilam.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;

/** Real files against what independent readers (nibabel, numpy, ITK, Teem) found in them. */
final class ContainerSamplesTest {
  private static final String EXPECTED = ".expected.json";
  private static final Offset<Double> EXACT = Offset.offset(1e-6);

  /** ITK's values are written with four digits. */
  private static final Offset<Double> ROUNDED = Offset.offset(1e-4);

  /** Files that are no volume of plain voxels, and why. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "ct_perfusion.nii.gz", "unsupported-volume",
          "image3x4.mhd", "unsupported-volume",
          "invalid_utf8.mhd", "truncated-volume",
          "referring_to_system_file.mhd", "unsafe-path",
          "image10x11x12_unsupported_version.nrrd", "unsupported-volume",
          "BallBinary30x30x30_byteskip_minus_five.nhdr", "truncated-volume");

  @TestFactory
  Stream<DynamicTest> nifti() throws IOException {
    return each("containers/nifti", 36, this::checkNifti);
  }

  @TestFactory
  Stream<DynamicTest> hippocampus() throws IOException {
    return each("msd-task04-hippocampus", 6, this::checkNifti);
  }

  @TestFactory
  Stream<DynamicTest> metaImage() throws IOException {
    return each("containers/metaimage", 25, this::checkMetaImage);
  }

  @TestFactory
  Stream<DynamicTest> nrrd() throws IOException {
    return each("containers/nrrd", 20, this::checkNrrd);
  }

  /** Compares a file with what is known of it. */
  private interface Check {
    void run(Store store, String path, JsonNode expected) throws IOException;
  }

  private Stream<DynamicTest> each(String folder, int files, Check check) throws IOException {
    Path root = Samples.of(folder);
    Store store = LocalStore.of(root);
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path p : all.filter(f -> f.toString().endsWith(EXPECTED)).sorted().toList()) {
        String json = root.relativize(p).toString();
        String path = json.substring(0, json.length() - EXPECTED.length());
        JsonNode expected = new ObjectMapper().readTree(p.toFile());
        String reason = REFUSED.get(p.getFileName().toString().replace(EXPECTED, ""));
        Check run = reason == null ? check : (s, f, e) -> checkRefused(s, f, reason);
        tests.add(DynamicTest.dynamicTest(path, () -> run.run(store, path, expected)));
      }
    }
    assertThat(tests).hasSize(files);
    return tests.stream();
  }

  private void checkRefused(Store store, String path, String reason) {
    UnreadableVolumeException e =
        catchThrowableOfType(UnreadableVolumeException.class, () -> Volumes.read(store, path));
    assertThat(e).hasMessageContaining(path.substring(0, path.lastIndexOf('/')));
    assertThat(e.reason()).isEqualTo(reason);
  }

  private void checkNifti(Store store, String path, JsonNode expected) throws IOException {
    VolumeInfo info = Volumes.probe(store, path);
    VolumeGrid grid = info.grid();
    assertThat(info.format()).isEqualTo("nifti");
    assertThat(grid.orientation()).isEqualTo(expected.get("axcodes").asText());
    JsonNode affine = expected.get("affine_used_ras");
    assertClose(grid.origin(), ras(affine, 3), EXACT);
    assertClose(grid.di(), ras(affine, 0), EXACT);
    assertClose(grid.dj(), ras(affine, 1), EXACT);
    assertClose(grid.dk(), ras(affine, 2), EXACT);
    assertThat(info.type()).isEqualTo(numpyType(expected.get("raw_dtype").asText()));
    checkValues(store, path, info, expected.get("scaled_values"));
  }

  private static Vector3 ras(JsonNode affine, int column) {
    return new Vector3(
        -affine.get(0).get(column).asDouble(),
        -affine.get(1).get(column).asDouble(),
        affine.get(2).get(column).asDouble());
  }

  private static VoxelType numpyType(String dtype) {
    return switch (dtype) {
      case "int8" -> VoxelType.INT8;
      case "uint8" -> VoxelType.UINT8;
      case "uint16" -> VoxelType.UINT16;
      case "int16", ">i2" -> VoxelType.INT16;
      case "float32", ">f4" -> VoxelType.FLOAT32;
      case "float64" -> VoxelType.FLOAT64;
      default -> throw new IllegalArgumentException(dtype);
    };
  }

  private void checkMetaImage(Store store, String path, JsonNode expected) throws IOException {
    VolumeInfo info = Volumes.probe(store, path);
    assertThat(info.format()).isEqualTo("metaimage");
    if (path.endsWith("image_min10_max10.mha")) {
      assertThat(info.type()).isEqualTo(VoxelType.INT64);
      assertThat(statistics(store, path, info).sum).isZero();
      return;
    }
    JsonNode header = expected.get("header");
    double[] offset = numbers(header, "Offset", 0);
    double[] spacing =
        numbers(header, header.has("ElementSpacing") ? "ElementSpacing" : "ElementSize", 1);
    assertClose(info.grid().origin(), new Vector3(offset[0], offset[1], offset[2]), EXACT);
    for (int axis = 0; axis < 3; axis++) {
      assertThat(info.grid().spacing().get(axis)).isCloseTo(spacing[axis], EXACT);
    }
    checkItk(info.grid(), expected);
    checkValues(store, path, info, expected.get("values"));
  }

  private static double[] numbers(JsonNode header, String field, double otherwise) {
    double[] numbers = {otherwise, otherwise, otherwise};
    String[] words = header.path(field).asText("").split(" ", -1);
    for (int i = 0; i < Math.min(3, words.length) && !words[i].isEmpty(); i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return numbers;
  }

  private void checkNrrd(Store store, String path, JsonNode expected) throws IOException {
    VolumeInfo info = Volumes.probe(store, path);
    assertThat(info.format()).isEqualTo("nrrd");
    checkItk(info.grid(), expected);
    if (path.endsWith("FLAIR.nrrd")) {
      assertClose(
          info.grid().di(),
          new Vector3(-0.9935920092120875, 0.04970492721885441, -0.10151029228632795),
          EXACT);
      assertThat(info.grid().orientation()).isEqualTo("RAS");
    }
    checkValues(store, path, info, expected.get("values"));
  }

  private void checkItk(VolumeGrid grid, JsonNode expected) {
    JsonNode itk = expected.path("itk_lps_header");
    if (!itk.has("Direction")) {
      return;
    }
    assertClose(grid.origin(), vector(itk.get("Origin"), 0, 1), ROUNDED);
    List<Vector3> steps = List.of(grid.di(), grid.dj(), grid.dk());
    for (int axis = 0; axis < 3; axis++) {
      double spacing = itk.get("Spacing").get(axis).asDouble();
      Vector3 direction = vector(itk.get("Direction"), axis, 3);
      assertClose(steps.get(axis), direction.times(spacing), Offset.offset(2e-4));
    }
  }

  private static Vector3 vector(JsonNode numbers, int from, int step) {
    return new Vector3(
        numbers.get(from).asDouble(),
        numbers.get(from + step).asDouble(),
        numbers.get(from + 2 * step).asDouble());
  }

  private static void assertClose(Vector3 actual, Vector3 expected, Offset<Double> offset) {
    assertThat(actual.x()).isCloseTo(expected.x(), offset);
    assertThat(actual.y()).isCloseTo(expected.y(), offset);
    assertThat(actual.z()).isCloseTo(expected.z(), offset);
  }

  /** What is found in all frames of a file. */
  private static final class Statistics {
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private long nonzero;
    private final Map<Double, Label> labels = new TreeMap<>();
  }

  /** Where a value is found. */
  private static final class Label {
    private long count;
    private final int[] first = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    private final int[] last = {-1, -1, -1};
  }

  private static Statistics statistics(Store store, String path, VolumeInfo info)
      throws IOException {
    Statistics found = new Statistics();
    for (long frame = 0; frame < info.frames(); frame++) {
      add(found, Volumes.read(store, path, frame));
    }
    return found;
  }

  private static void add(Statistics found, Volume volume) {
    VolumeGrid grid = volume.grid();
    boolean few = volume.type().bytes() == 1;
    for (int k = 0; k < grid.nk(); k++) {
      for (int j = 0; j < grid.nj(); j++) {
        for (int i = 0; i < grid.ni(); i++) {
          double value = volume.value(i, j, k);
          found.nonzero += value == 0 ? 0 : 1;
          if (Double.isNaN(value)) {
            continue;
          }
          found.min = Math.min(found.min, value);
          found.max = Math.max(found.max, value);
          found.sum += value;
          if (value != 0 && (few || value == Math.rint(value))) {
            Label label = found.labels.computeIfAbsent(value, v -> new Label());
            label.count++;
            int[] at = {i, j, k};
            for (int axis = 0; axis < 3; axis++) {
              label.first[axis] = Math.min(label.first[axis], at[axis]);
              label.last[axis] = Math.max(label.last[axis], at[axis]);
            }
          }
        }
      }
    }
  }

  private void checkValues(Store store, String path, VolumeInfo info, JsonNode expected)
      throws IOException {
    assertThat(sizes(info)).startsWith(ints(expected.get("shape_ijk"), 3));
    Statistics found = statistics(store, path, info);
    Offset<Double> tiny = Offset.offset(1e-9 * Math.max(1, Math.abs(found.max)));
    assertThat(found.min).isCloseTo(expected.get("min").asDouble(), tiny);
    assertThat(found.max).isCloseTo(expected.get("max").asDouble(), tiny);
    double sum = expected.get("sum").asDouble();
    assertThat(found.sum).isCloseTo(sum, Offset.offset(1e-9 * Math.max(1, Math.abs(sum))));
    assertThat(found.nonzero).isEqualTo(expected.get("n_nonzero").asLong());
    checkVoxels(store, path, info, expected.get("voxels"));
    expected
        .path("labels")
        .properties()
        .forEach(
            entry -> {
              Label label = found.labels.get(Double.valueOf(entry.getKey()));
              assertThat(label.count).isEqualTo(entry.getValue().get("count").asLong());
              assertThat(label.first).isEqualTo(ints(entry.getValue().get("bbox_min_ijk"), 3));
              assertThat(label.last)
                  .isEqualTo(ints(entry.getValue().get("bbox_max_ijk_inclusive"), 3));
            });
  }

  private static int[] sizes(VolumeInfo info) {
    return new int[] {info.grid().ni(), info.grid().nj(), info.grid().nk()};
  }

  private void checkVoxels(Store store, String path, VolumeInfo info, JsonNode voxels)
      throws IOException {
    for (JsonNode voxel : voxels) {
      int[] at = ints(voxel.get("ijk"), 5);
      int frame = at[3] + (at[4] == 0 ? 0 : 4 * at[4]);
      assertThat((long) frame).isLessThan(info.frames());
      Volume volume = Volumes.read(store, path, frame);
      double value = voxel.get("value").asDouble(Double.NaN);
      if (Double.isNaN(value)) {
        assertThat(volume.value(at[0], at[1], at[2])).isNaN();
        continue;
      }
      assertThat(volume.value(at[0], at[1], at[2]))
          .isCloseTo(value, Offset.offset(1e-9 * Math.max(1, Math.abs(value))));
    }
  }

  private static int[] ints(JsonNode numbers, int count) {
    int[] ints = new int[count];
    Arrays.fill(ints, 0);
    for (int i = 0; i < Math.min(count, numbers.size()); i++) {
      ints[i] = numbers.get(i).asInt();
    }
    for (int i = numbers.size(); i < 3 && count == 3; i++) {
      ints[i] = 1;
    }
    return ints;
  }
}
