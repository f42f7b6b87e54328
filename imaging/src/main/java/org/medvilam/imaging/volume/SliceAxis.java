package org.medvilam.imaging.volume;

import java.util.List;

/**
 * The three ways to cut a volume of orientation LPS, and how a slice lies on the screen.
 *
 * <p>A pixel is a voxel: slices are not stretched where voxels are no cubes. All three show the
 * patient as radiologists look: from the feet, from the front, and from the left.
 *
 * <table>
 * <caption>With x, y, z the edges of a box in the canonical volume of nx, ny, nz voxels</caption>
 * <tr><th>axis</th><th>slice number</th><th>to the right</th><th>downwards</th><th>pixels</th></tr>
 * <tr><td>axial</td><td>z, upwards</td><td>left, x</td><td>back, y</td><td>nx by ny</td></tr>
 * <tr><td>coronal</td><td>y, to the back</td><td>left, x</td><td>feet, nz - z</td><td>nx by nz</td></tr>
 * <tr><td>sagittal</td><td>x, to the left</td><td>back, y</td><td>feet, nz - z</td><td>ny by nz</td></tr>
 * </table>
 */
public enum SliceAxis {
  /** Across the body: right of the screen is the patient's left, down is the back. */
  AXIAL("axial"),
  /** From ear to ear: right of the screen is the patient's left, down is towards the feet. */
  CORONAL("coronal"),
  /** From nose to neck: right of the screen is the back, down is towards the feet. */
  SAGITTAL("sagittal");

  private final String key;

  SliceAxis(String key) {
    this.key = key;
  }

  /** Returns the name used in records. */
  public String key() {
    return key;
  }

  /** Returns the number of slices of a volume. */
  public int count(VolumeGrid grid) {
    return grid.canonical().size(world());
  }

  /** Returns the number of columns of a slice in pixels. */
  public int width(VolumeGrid grid) {
    return grid.canonical().size(across());
  }

  /** Returns the number of rows of a slice in pixels. */
  public int height(VolumeGrid grid) {
    return grid.canonical().size(down());
  }

  /** Returns width and height of a pixel in millimetres. */
  public List<Double> spacing(VolumeGrid grid) {
    List<Double> spacing = grid.canonical().spacing();
    return List.of(spacing.get(across()), spacing.get(down()));
  }

  /** Returns the canonical axis that the slices are numbered along. */
  int world() {
    return this == AXIAL ? 2 : this == CORONAL ? 1 : 0;
  }

  private int across() {
    return this == SAGITTAL ? 1 : 0;
  }

  private int down() {
    return this == AXIAL ? 1 : 2;
  }
}
