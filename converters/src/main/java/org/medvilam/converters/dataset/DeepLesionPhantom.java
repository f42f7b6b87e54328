package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.medvilam.converters.phantom.Blob;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomScenes;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.Box;

/**
 * Draws CT slices with one or two bright lesions.
 *
 * <p>As in the release, pictures store Hounsfield units plus 32768 in 16 bits, boxes are 1-based
 * and reach 5 pixels past the lesion, the type is known in the validation and test parts alone, and
 * a patient may have several slices. Of ten patients seven are for training, one for validation and
 * two for test. Beside a key slice lie slices without lesion, before and after it; every third
 * patient's key slices are the first of their range.
 */
final class DeepLesionPhantom {
  private static final int SIZE = 256;
  private static final int PADDING = 5;
  private static final int LOWEST = -500;
  private static final int HIGHEST = 500;
  private static final int STORED_ZERO = 32768;
  private static final Box BODY = new Box(SIZE * 0.16, SIZE * 0.22, SIZE * 0.84, SIZE * 0.66);
  private static final String HEADER =
      "File_name,Patient_index,Study_index,Series_ID,Key_slice_index,Measurement_coordinates,"
          + "Bounding_boxes,Lesion_diameters_Pixel_,Normalized_lesion_location,Coarse_lesion_type,"
          + "Possibly_noisy,Slice_range,Spacing_mm_px_,Image_size,DICOM_windows,Patient_gender,"
          + "Patient_age,Train_Val_Test\n";

  private final PhantomFiles files;
  private final StringBuilder table = new StringBuilder(HEADER);
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();

  private DeepLesionPhantom(PhantomFiles files) {
    this.files = files;
  }

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    DeepLesionPhantom phantom = new DeepLesionPhantom(new PhantomFiles(request.output()));
    int patient = 0;
    int slices = 0;
    for (int i = 0; i < request.images(); i++) {
      if (slices == 0) {
        patient++;
        slices = 1 + patient % 2;
      }
      slices--;
      phantom.picture(request.seed(), patient, 20 + 13 * slices);
    }
    phantom.files.text(DeepLesion.TABLE, phantom.table.toString());
    return new PhantomTruth(phantom.truth);
  }

  private void picture(long seed, int patient, int slice) throws IOException {
    String series = "%06d_01_01".formatted(patient);
    String id = "%s_%03d".formatted(series, slice);
    SplittableRandom random = PhantomPainter.random(seed, id);
    PhantomPainter painter = PhantomScenes.ctSlice(SIZE, SIZE, random);
    int count = random.nextInt(3) == 0 ? 2 : 1;
    List<PhantomTruth.Drawn> drawn = new ArrayList<>();
    for (Blob blob : Blob.scatter(random, count, BODY, SIZE * 0.1, SIZE * 0.22, 3, 0.15)) {
      painter.paint(blob, 0.74, 3);
      Box tight = blob.box(SIZE, SIZE);
      row(id, patient, slice, tight, 1 + random.nextInt(8));
      drawn.add(
          new PhantomTruth.Drawn(
              "lesion",
              new Box(
                  tight.x1() - PADDING,
                  tight.y1() - PADDING,
                  tight.x2() + PADDING,
                  tight.y2() + PADDING)));
    }
    write(series, slice, painter);
    for (int k = first(patient, slice); k <= slice + 1; k++) {
      if (k != slice) {
        SplittableRandom other = PhantomPainter.random(seed, id + " beside " + k);
        write(series, k, PhantomScenes.ctSlice(SIZE, SIZE, other));
      }
    }
    truth.put(id, drawn);
  }

  private void write(String series, int slice, PhantomPainter painter) throws IOException {
    files.png(
        "%s/%s/%03d.png".formatted(DeepLesion.IMAGES, series, slice),
        painter.speckle(0.05, 1).grey16(STORED_ZERO + LOWEST, STORED_ZERO + HIGHEST));
  }

  private static int first(int patient, int slice) {
    return patient % 3 == 0 ? slice : slice - 1;
  }

  private void row(String id, int patient, int slice, Box tight, int type) {
    double x1 = tight.x1() + 1;
    double y1 = tight.y1() + 1;
    double x2 = tight.x2() + 1;
    double y2 = tight.y2() + 1;
    double cx = (x1 + x2) / 2;
    double cy = (y1 + y2) / 2;
    int part = patient % 10 == 5 ? 2 : patient % 5 == 3 ? 3 : 1;
    boolean wide = tight.width() >= tight.height();
    String across = vector(x1, cy, x2, cy);
    String down = vector(cx, y1, cx, y2);
    List<Object> cells =
        List.of(
            id + ".png",
            patient,
            1,
            1,
            slice,
            quoted(wide ? across + ", " + down : down + ", " + across),
            quoted(vector(x1 - PADDING, y1 - PADDING, x2 + PADDING, y2 + PADDING)),
            quoted(
                vector(
                    Math.max(tight.width(), tight.height()),
                    Math.min(tight.width(), tight.height()))),
            quoted(vector(cx / SIZE, cy / SIZE, 0.5)),
            part == 1 ? -1 : type,
            0,
            quoted("%d, %d".formatted(first(patient, slice), slice + 1)),
            quoted("0.8125, 0.8125, 5"),
            quoted("%d, %d".formatted(SIZE, SIZE)),
            quoted("-175, 275"),
            patient % 2 == 0 ? "F" : "M",
            40 + patient % 40,
            part);
    table.append(String.join(",", cells.stream().map(Object::toString).toList())).append('\n');
  }

  private static String quoted(String cell) {
    return '"' + cell + '"';
  }

  private static String vector(double... numbers) {
    List<String> words = new ArrayList<>();
    for (double number : numbers) {
      words.add(
          number == Math.rint(number)
              ? Long.toString((long) number)
              : String.format(Locale.ROOT, "%.6f", number).replaceAll("0+$", ""));
    }
    return String.join(", ", words);
  }
}
