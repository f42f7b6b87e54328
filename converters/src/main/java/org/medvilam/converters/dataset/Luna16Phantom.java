package org.medvilam.converters.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomSpace;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.converters.phantom.PhantomVolumes;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.imaging.volume.VoxelType;
import org.medvilam.records.geometry.Box;

/**
 * Draws dark lungs with round, bright nodules.
 *
 * <p>As in the release: scans lie in ten subsets as MetaImage, one in three is turned by half a
 * turn (TransformMatrix -1 0 0 0 -1 0 0 0 1), one in four has no nodule, the table of nodules ends
 * its lines with CRLF, the list of series has no header, and voxels outside the field of view are
 * -2000. One in four has two nodules close in height, so that slices of one cut the other.
 */
final class Luna16Phantom {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 56;
  private static final int DEPTH = 20;
  private static final int OUTSIDE = -2000;
  private static final int TISSUE = 20;
  private static final int LUNG = -820;
  private static final int NODULE = 30;
  private static final int NOISE = 60;
  private static final Vector3 SPACING = new Vector3(0.75, 0.75, 2.5);
  private static final String HEADER = "seriesuid,coordX,coordY,coordZ,diameter_mm\r\n";

  /** Coprime to the ten subsets, so that a few scans reach all three parts. */
  private static final int STRIDE = 7;

  private Luna16Phantom() {}

  /** A drawn nodule: its centre in voxel indices, and its diameter in millimetres. */
  private record Ball(Vector3 centre, double diameter) {
    int slice() {
      return (int) Math.floor(centre.z() + 0.5);
    }

    /** Returns half the width of what a slice shows, in pixels: all of it in its own slice. */
    double cut(int k) {
      double away = k == slice() ? 0 : (k - centre.z()) * SPACING.z();
      double square = diameter * diameter / 4 - away * away;
      return square > 0 ? Math.sqrt(square) / SPACING.x() : 0;
    }
  }

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    PhantomFiles files = new PhantomFiles(request.output());
    PhantomVolumes volumes = new PhantomVolumes(files);
    for (int n = 0; n < 10; n++) {
      Files.createDirectories(request.output().resolve("subset" + n));
    }
    StringBuilder table = new StringBuilder(HEADER);
    StringBuilder series = new StringBuilder();
    Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();
    for (int n = 0; n < request.images(); n++) {
      String uid = "1.2.826.0.1.3680043.10." + (1000 + n);
      SplittableRandom random = PhantomPainter.random(request.seed(), uid);
      PhantomSpace space = lungs();
      VolumeGrid grid = PhantomSpace.grid(n % 3 == 2 ? "RAS" : "LPS", space, SPACING);
      List<Ball> balls = balls(n, random);
      for (Ball ball : balls) {
        double r = ball.diameter / 2;
        Vector3 radius = new Vector3(r / SPACING.x(), r / SPACING.y(), r / SPACING.z());
        space.ellipsoid(ball.centre, radius, NODULE);
        Vector3 at = grid.canonical().worldOf(ball.centre);
        table.append("%s,%s,%s,%s,%s\r\n".formatted(uid, at.x(), at.y(), at.z(), ball.diameter));
      }
      PhantomSpace noisy = space.map(v -> v == OUTSIDE ? v : v + random.nextInt(NOISE));
      String path = "subset%d/%s.mhd".formatted(n * STRIDE % 10, uid);
      volumes.metaImage(path, noisy.volume(VoxelType.INT16, grid), false);
      series.append(uid).append('\n');
      addTruth(uid, balls, truth);
    }
    files.text(Luna16Row.TABLE, table.toString());
    files.text(Luna16Files.EVALUATION + "/" + Luna16Row.EXCLUDED, HEADER);
    files.text(Luna16Files.EVALUATION + "/" + Luna16Files.SERIES, series.toString());
    return new PhantomTruth(truth);
  }

  private static PhantomSpace lungs() {
    PhantomSpace space = new PhantomSpace(WIDTH, HEIGHT, DEPTH).plus(OUTSIDE);
    space.ellipsoid(new Vector3(32, 28, 10), new Vector3(30, 26, 4 * DEPTH), TISSUE);
    space.ellipsoid(new Vector3(18, 28, 10), new Vector3(11, 18, 2 * DEPTH), LUNG);
    return space.ellipsoid(new Vector3(46, 28, 10), new Vector3(11, 18, 2 * DEPTH), LUNG);
  }

  private static List<Ball> balls(int number, SplittableRandom random) {
    List<Ball> balls = new ArrayList<>();
    double height = 6 + 8 * random.nextDouble();
    int count = number % 4 == 1 ? 0 : number % 4 == 3 ? 2 : 1;
    for (int n = 0; n < count; n++) {
      double x = (n == 0 ? 16 : 44) + 4 * random.nextDouble();
      double y = 26 + 4 * random.nextDouble();
      balls.add(new Ball(new Vector3(x, y, height + n), 6 + 5 * random.nextDouble()));
    }
    return balls;
  }

  private static void addTruth(
      String uid, List<Ball> balls, Map<String, List<PhantomTruth.Drawn>> truth) {
    truth.put(uid, List.of());
    for (Ball own : balls) {
      int k = own.slice();
      List<PhantomTruth.Drawn> shown = new ArrayList<>();
      for (Ball ball : balls) {
        double r = ball.cut(k);
        if (r >= 0.5) {
          double x = ball.centre.x() + 0.5;
          double y = ball.centre.y() + 0.5;
          shown.add(new PhantomTruth.Drawn(Luna16.LABEL, new Box(x - r, y - r, x + r, y + r)));
        }
      }
      truth.put(uid + "/axial/" + k, shown);
    }
  }
}
