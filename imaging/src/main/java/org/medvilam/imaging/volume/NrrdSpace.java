package org.medvilam.imaging.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the voxels of an NRRD file lie (the format's section on space and orientation).
 *
 * <p>Spaces of the patient are turned to LPS; one that is none is taken as LPS, as ITK does. Where
 * only spacings are stated, the axes are the world's and the first voxel is at its origin.
 */
final class NrrdSpace {
  private static final int SPACE = 3;
  private static final Pattern VECTOR = Pattern.compile("\\(([^()]*)\\)|none");

  private final HeaderFields fields;
  private final String path;
  private final long[] sizes;

  /** Steps of the axes that lie in space; null where none is stated. */
  private final @Nullable List<Vector3> directions;

  NrrdSpace(HeaderFields fields) {
    this.fields = fields;
    this.path = fields.path();
    this.sizes = fields.sizes("sizes", fields.axes("dimension"));
    checkUnits();
    checkKinds();
    String text = fields.text("spacedirections");
    if (text == null && fields.text("space", "spacedimension") != null) {
      throw UnreadableVolumeException.unsupported(
          path, "expected space directions where a space is stated, found none");
    }
    this.directions = text == null ? null : directions(text);
  }

  private int spatial() {
    return directions == null ? Math.min(SPACE, sizes.length) : directions.size();
  }

  long frames() {
    long frames = 1;
    for (int axis = spatial(); axis < sizes.length; axis++) {
      frames = Numbers.product(frames, sizes[axis]);
    }
    return frames;
  }

  VolumeGrid grid() {
    List<Vector3> steps = new ArrayList<>(directions == null ? spacings() : directions);
    if (steps.size() == 2) {
      Vector3 normal = steps.get(0).cross(steps.get(1));
      steps.add(normal.times(1 / normal.length()));
    }
    String origin = fields.text("spaceorigin");
    Vector3 first = origin == null ? null : vectors("space origin", origin).get(0);
    return VolumeFile.grid(
        path,
        (int) sizes[0],
        spatial() > 1 ? (int) sizes[1] : 1,
        spatial() > 2 ? (int) sizes[2] : 1,
        first == null ? new Vector3(0, 0, 0) : first,
        steps.get(0),
        steps.get(1),
        steps.get(2));
  }

  private List<Vector3> spacings() {
    String text = fields.text("spacings");
    double[] spacings =
        text == null ? new double[0] : fields.numbers("spacings", text, sizes.length);
    double[] sides = new double[SPACE];
    for (int axis = 0; axis < SPACE; axis++) {
      boolean known = axis < spacings.length && !Double.isNaN(spacings[axis]);
      sides[axis] = known ? spacings[axis] : 1;
    }
    return List.of(
        new Vector3(sides[0], 0, 0), new Vector3(0, sides[1], 0), new Vector3(0, 0, sides[2]));
  }

  private List<Vector3> directions(String text) {
    List<@Nullable Vector3> all = vectors("space directions", text);
    if (all.size() != sizes.length) {
      throw UnreadableVolumeException.broken(
          path, "expected %d space directions, found %d".formatted(sizes.length, all.size()));
    }
    List<Vector3> steps = new ArrayList<>();
    for (int axis = 0; axis < all.size(); axis++) {
      Vector3 step = all.get(axis);
      if (step != null) {
        if (steps.size() < axis) {
          throw UnreadableVolumeException.unsupported(
              path, "expected voxels that are one number, found an axis before those of space");
        }
        steps.add(step);
      }
    }
    if (steps.size() < 2 || steps.size() > SPACE) {
      throw UnreadableVolumeException.unsupported(
          path, "expected two or three axes in space, found %d".formatted(steps.size()));
    }
    return steps;
  }

  /** Parses vectors such as {@code (1,0,0) none}, turned to LPS; null for none. */
  private List<@Nullable Vector3> vectors(String name, String text) {
    List<@Nullable Vector3> vectors = new ArrayList<>();
    Matcher matcher = VECTOR.matcher(text);
    while (matcher.find()) {
      vectors.add(matcher.group(1) == null ? null : vector(name, matcher.group(1)));
    }
    if (vectors.isEmpty() || !matcher.replaceAll("").isBlank()) {
      throw UnreadableVolumeException.broken(
          path, "expected vectors such as (1,0,0) in '%s', found something else".formatted(name));
    }
    return vectors;
  }

  private Vector3 vector(String name, String text) {
    String[] words = text.split(",", -1);
    if (words.length < 2 || words.length > SPACE) {
      throw UnreadableVolumeException.unsupported(
          path, "expected a space of two or three axes, found %d".formatted(words.length));
    }
    double x = fields.number(name, words[0].strip());
    double y = fields.number(name, words[1].strip());
    double z = words.length > 2 ? fields.number(name, words[2].strip()) : 0;
    return lps(x, y, z);
  }

  private Vector3 lps(double x, double y, double z) {
    String space = fields.text("space");
    return switch (space == null ? "" : space.toLowerCase(Locale.ROOT)) {
      case "right-anterior-superior", "ras" -> new Vector3(-x, -y, z);
      case "left-anterior-superior", "las" -> new Vector3(x, -y, z);
      case "", "left-posterior-superior", "lps" -> new Vector3(x, y, z);
      case "scanner-xyz", "3d-right-handed", "3d-left-handed" -> new Vector3(x, y, z);
      default ->
          throw UnreadableVolumeException.unsupported(
              path, "expected a space such as left-posterior-superior, found another");
    };
  }

  private void checkUnits() {
    String units = fields.text("spaceunits");
    if (units != null && !units.replace("mm", "").replace("\"", "").isBlank()) {
      throw UnreadableVolumeException.unsupported(path, "expected space units of mm, found others");
    }
  }

  /** An axis of colours or vector components is none of space. */
  private void checkKinds() {
    String text = fields.text("kinds");
    String[] kinds = text == null ? new String[0] : text.split("\\s+");
    for (int axis = 0; axis < Math.min(SPACE, kinds.length); axis++) {
      boolean plain = kinds[axis].toLowerCase(Locale.ROOT).matches("domain|space|none|\\?\\?\\?");
      if (!plain && (fields.text("spacedirections") == null || axis == 0)) {
        throw UnreadableVolumeException.unsupported(
            path, "expected voxels that are one number, found an axis of another kind");
      }
    }
  }
}
