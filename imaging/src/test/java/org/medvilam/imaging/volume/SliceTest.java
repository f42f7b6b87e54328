package org.medvilam.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.imaging.GreyPicture;
import org.medvilam.records.geometry.Mask;

final class SliceTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-6f);
  private static final VolumeGrid UPRIGHT =
      new VolumeGrid(
          4,
          3,
          5,
          new Vector3(0, 0, 0),
          new Vector3(0.5, 0, 0),
          new Vector3(0, 0.75, 0),
          new Vector3(0, 0, -2));

  @TempDir private Path folder;

  @Test
  void windowMakesBlackAndWhite() {
    double[] values = {-3000, -1200, -300, 600, 4000, Double.NaN};
    GreyPicture grey = new Slice(SliceAxis.AXIAL, 0, 3, 2, values).grey(-1200, 600);
    assertThat(grey.width()).isEqualTo(3);
    assertThat(grey.height()).isEqualTo(2);
    assertThat(grey.values()).containsExactly(new float[] {0, 0, 0.5f, 1, 1, 0}, CLOSE);
  }

  @Test
  void windowOfNoWidthIsRefused() {
    Slice slice = new Slice(SliceAxis.AXIAL, 0, 1, 1, new double[1]);
    assertThatThrownBy(() -> slice.grey(5, 5)).hasMessageContaining("low 5.0");
    assertThatThrownBy(() -> slice.grey(Double.NaN, 5)).hasMessageContaining("low NaN");
  }

  @Test
  void pngHoldsTheWindowInEightBits() throws IOException {
    double[] values = {0, 50, 100, 200};
    byte[] png = new Slice(SliceAxis.AXIAL, 0, 2, 2, values).grey(0, 100).toPng();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getSampleModel().getSampleSize()).containsExactly(8);
    assertThat(image.getRaster().getPixels(0, 0, 2, 2, (int[]) null))
        .containsExactly(0, 128, 255, 255);
  }

  @Test
  void maskTakesWhatIsForeground() {
    double least = 26896.988;
    double[] values = {least, least + 1, Double.NaN, least};
    Mask mask = new Slice(SliceAxis.AXIAL, 0, 2, 2, values).mask(v -> v > least);
    assertThat(mask.area()).isEqualTo(1);
    assertThat(mask.get(1, 0)).isTrue();
  }

  @Test
  void sizesAndSpacingsAreThoseOfTheScreen() {
    assertThat(SliceAxis.AXIAL.count(UPRIGHT)).isEqualTo(5);
    assertThat(SliceAxis.AXIAL.width(UPRIGHT)).isEqualTo(4);
    assertThat(SliceAxis.AXIAL.height(UPRIGHT)).isEqualTo(3);
    assertThat(SliceAxis.AXIAL.spacing(UPRIGHT)).containsExactly(0.5, 0.75);
    assertThat(SliceAxis.CORONAL.count(UPRIGHT)).isEqualTo(3);
    assertThat(SliceAxis.CORONAL.spacing(UPRIGHT)).containsExactly(0.5, 2.0);
    assertThat(SliceAxis.SAGITTAL.count(UPRIGHT)).isEqualTo(4);
    assertThat(SliceAxis.SAGITTAL.width(UPRIGHT)).isEqualTo(3);
    assertThat(SliceAxis.SAGITTAL.height(UPRIGHT)).isEqualTo(5);
    assertThat(SliceAxis.SAGITTAL.spacing(UPRIGHT)).containsExactly(0.75, 2.0);
  }

  @Test
  void sliceOutsideIsRefused() {
    Volume volume = volume();
    assertThatThrownBy(() -> volume.slice(SliceAxis.AXIAL, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> volume.slice(SliceAxis.CORONAL, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static Volume volume() {
    byte[] voxels = Written.counting(60);
    return Volume.of(UPRIGHT, VoxelType.UINT8, ByteBuffer.wrap(voxels));
  }

  /** Returns the path of the volume in a file. */
  private String written(boolean gzip) {
    WrittenNifti nifti = new WrittenNifti().at(UPRIGHT);
    nifti.slope = 2;
    byte[] file = nifti.file(Written.counting(60));
    return new Written(folder).bytes("v.nii", gzip ? Written.gzip(file) : file);
  }

  @Test
  void streamVisitsWhatIsWantedInTheOrderOfTheDisk() throws IOException {
    for (boolean gzip : new boolean[] {false, true}) {
      String path = written(gzip);
      List<Integer> visited = new ArrayList<>();
      Volumes.slices(
          new Written(folder).store(),
          path,
          SliceAxis.AXIAL,
          k -> k != 2,
          slice -> {
            visited.add(slice.index());
            int k = 4 - slice.index();
            assertThat(slice.values()[0]).isEqualTo(2 * 12 * k);
            assertThat(slice.values()[11]).isEqualTo(2 * (12 * k + 11));
          });
      assertThat(visited).containsExactly(4, 3, 1, 0);
    }
  }

  @Test
  void otherAxesAreVisitedFromTheFirst() throws IOException {
    List<Integer> visited = new ArrayList<>();
    Volumes.slices(
        new Written(folder).store(),
        written(true),
        SliceAxis.CORONAL,
        k -> true,
        slice -> {
          visited.add(slice.index());
          assertThat(slice.values()[0]).isEqualTo(2 * 4 * slice.index());
        });
    assertThat(visited).containsExactly(0, 1, 2);
  }

  @Test
  void streamOfSeveralFilesIsRead() throws IOException {
    Written files = new Written(folder);
    StringBuilder header = new StringBuilder(Written.metaImage(UPRIGHT, "MET_SHORT"));
    header.append("ElementDataFile = LIST\n");
    byte[] voxels = Written.counting(60, VoxelType.INT16, ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < 5; k++) {
      files.bytes("s%d".formatted(k), Arrays.copyOfRange(voxels, 24 * k, 24 * k + 24));
      header.append('s').append(k).append('\n');
    }
    List<Double> first = new ArrayList<>();
    Volumes.slices(
        files.store(),
        files.text("v.mhd", header.toString()),
        SliceAxis.AXIAL,
        k -> k > 0,
        slice -> first.add(slice.values()[0]));
    assertThat(first).containsExactly(0.0, 12.0, 24.0, 36.0);
  }

  @Test
  void severalFramesAreNotStreamed() {
    WrittenNifti nifti = new WrittenNifti();
    nifti.dim = new long[] {4, 2, 2, 2, 2, 1, 1, 1};
    Written files = new Written(folder);
    String path = files.bytes("v.nii", nifti.file(new byte[16]));
    assertThatThrownBy(
            () -> Volumes.slices(files.store(), path, SliceAxis.AXIAL, k -> true, s -> {}))
        .isInstanceOf(UnreadableVolumeException.class)
        .hasMessageContaining("2 frames");
  }
}
