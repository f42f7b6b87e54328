package org.medvilam.converters.dataset;

import java.io.IOException;
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

/**
 * Draws hippocampi as bright ellipsoids in noise.
 *
 * <p>As in the releases: volumes of the decathlon are small, of several orders of axes, and every
 * third file of labels stores fractions; masks of ADNI come as a file per side, and every other
 * pair is shifted to 26896.988 and 26897.988.
 */
final class HippocampusPhantom {
  /** What a program made of the values 0 and 1 of some masks. */
  private static final double SHIFT = 26896.988;

  private static final int TISSUE = 300;
  private static final int GREY_MATTER = 420;
  private static final int NOISE = 60;
  private static final List<String> ORDERS = List.of("RAS", "LPS", "PIR");

  private final PhantomVolumes volumes;
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();

  private HippocampusPhantom(PhantomRequest request) {
    this.volumes = new PhantomVolumes(new PhantomFiles(request.output()));
  }

  static PhantomTruth msd(PhantomRequest request) throws IOException {
    HippocampusPhantom phantom = new HippocampusPhantom(request);
    for (int n = 0; n < request.images(); n++) {
      String id = "hippocampus_%03d".formatted(n + 1);
      SplittableRandom random = PhantomPainter.random(request.seed(), id);
      PhantomSpace labels = new PhantomSpace(36, 48, 32);
      double x = 16 + random.nextInt(5);
      double z = 14 + random.nextInt(5);
      labels.ellipsoid(new Vector3(x, 31, z), new Vector3(6.5, 8.5, 6), 2);
      labels.ellipsoid(new Vector3(x + 1, 15, z - 2), new Vector3(8, 6, 5.5), 1);
      VolumeGrid grid =
          PhantomSpace.grid(ORDERS.get(n % ORDERS.size()), labels, new Vector3(1, 1, 1));
      phantom.image("imagesTr/" + id + ".nii.gz", labels, grid, random);
      VoxelType type = n % 3 == 2 ? VoxelType.FLOAT32 : VoxelType.UINT8;
      phantom.volumes.nifti("labelsTr/" + id + ".nii.gz", labels.volume(type, grid));
      phantom.truth.put(id, List.of());
      labels.drawn(id, 1, "anterior hippocampus", phantom.truth);
      labels.drawn(id, 2, "posterior hippocampus", phantom.truth);
    }
    return new PhantomTruth(phantom.truth);
  }

  static PhantomTruth adni(PhantomRequest request) throws IOException {
    HippocampusPhantom phantom = new HippocampusPhantom(request);
    for (int n = 0; n < request.images(); n++) {
      String id = "ADNI_%03d_S_%04d_%05d".formatted(2 + n % 5, 200 + n / 2, 13000 + n);
      String set = n % 3 == 2 ? "35" : "100";
      SplittableRandom random = PhantomPainter.random(request.seed(), id);
      PhantomSpace both = new PhantomSpace(48, 56, 40);
      VolumeGrid grid =
          PhantomSpace.grid(ORDERS.get(n % ORDERS.size()), both, new Vector3(1, 1, 1.5));
      double shift = n % 2 == 1 ? SHIFT : 0;
      phantom.truth.put(id, List.of());
      for (boolean left : new boolean[] {true, false}) {
        PhantomSpace side = new PhantomSpace(48, 56, 40);
        Vector3 centre = new Vector3(left ? 34 : 13, 26 + random.nextInt(5), 18);
        Vector3 radius = new Vector3(6, 9, 5 + random.nextInt(3));
        side.ellipsoid(centre, radius, 1);
        both.ellipsoid(centre, radius, 1);
        String label = (left ? "left" : "right") + " hippocampus";
        side.drawn(id, 1, label, phantom.truth);
        String path = "Labels_%s_NIFTI/%s_%s.nii".formatted(set, id, left ? "L" : "R");
        VoxelType type = shift > 0 ? VoxelType.FLOAT32 : VoxelType.UINT8;
        phantom.volumes.nifti(path, side.plus(shift).volume(type, grid));
      }
      phantom.image("%s/%s.nii".formatted(set, id), both, grid, random);
    }
    return new PhantomTruth(phantom.truth);
  }

  private void image(String path, PhantomSpace labels, VolumeGrid grid, SplittableRandom random)
      throws IOException {
    PhantomSpace image =
        labels.map(v -> (v > 0 ? GREY_MATTER : TISSUE) + (double) random.nextInt(NOISE));
    volumes.nifti(path, image.volume(VoxelType.INT16, grid));
  }
}
