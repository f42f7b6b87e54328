package org.medvilam.converters.labelled;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.item.SplitWord;
import org.medvilam.records.Source;
import org.medvilam.records.Split;

/**
 * What label files say of one picture: the payload of an item.
 *
 * @param labels path of the label file, relative to the dataset root
 * @param position where in it the picture stands, or null for the whole file
 * @param picture path of the picture, or where it would lie
 * @param width columns that the label file states, or 0
 * @param height rows that the label file states, or 0
 * @param shapes the things drawn on it
 * @param tags labels of the picture as a whole
 * @param negatives annotations that say there is nothing to see in it
 * @param problem why it cannot be converted, or null
 */
public record LabelledPicture(
    String labels,
    @Nullable String position,
    String picture,
    int width,
    int height,
    List<Shape> shapes,
    List<String> tags,
    int negatives,
    @Nullable Problem problem) {
  /** Copies the lists. */
  public LabelledPicture {
    shapes = List.copyOf(shapes);
    tags = List.copyOf(tags);
  }

  /** Creates a picture whose label file states no size of it, and nothing of it as a whole. */
  public static LabelledPicture of(
      String labels, @Nullable String position, PictureIndex.Found picture, List<Shape> shapes) {
    return new LabelledPicture(
        labels, position, picture.path(), 0, 0, shapes, List.of(), 0, picture.problem());
  }

  /** Returns the same picture of a size that the label file states; 0 where it states none. */
  public LabelledPicture sized(int columns, int rows) {
    return new LabelledPicture(
        labels, position, picture, columns, rows, shapes, tags, negatives, problem);
  }

  /** Returns the same picture with labels of it as a whole. */
  public LabelledPicture tagged(List<String> more) {
    return new LabelledPicture(
        labels, position, picture, width, height, shapes, more, negatives, problem);
  }

  /** Returns the same picture with annotations that say there is nothing to see. */
  public LabelledPicture withNegatives(int count) {
    return new LabelledPicture(
        labels, position, picture, width, height, shapes, tags, count, problem);
  }

  /** Returns the same picture with a reason why it cannot be converted, unless it has one. */
  public LabelledPicture withProblem(@Nullable Problem other) {
    return new LabelledPicture(
        labels,
        position,
        picture,
        width,
        height,
        shapes,
        tags,
        negatives,
        problem == null ? other : problem);
  }

  /** Returns where the picture stands. */
  public Source source() {
    return new Source(labels, position);
  }

  /** Returns where a shape stands. */
  public Source source(Shape shape) {
    return new Source(labels, shape.position());
  }

  /**
   * Returns the item of this picture, in a group of its own.
   *
   * @param dataset the dataset's name
   * @param split the part that the owners state, where they do; otherwise a word in the picture's
   *     folders or the label file's path tells it, or the hash of the group
   */
  public Item item(String dataset, Optional<Split> split) {
    return item(dataset, split, "image:" + picture);
  }

  /** Returns the item of this picture, in a group that is never split. */
  public Item item(String dataset, Optional<Split> split, String group) {
    Split part =
        split
            .or(() -> SplitWord.of(PathNames.folder(picture)).map(SplitWord::split))
            .or(() -> SplitWord.of(splitPath()).map(SplitWord::split))
            .orElseGet(() -> Split.ofGroup(dataset, group));
    return Item.of(picture, part, group, shapes.size() + negatives, source(), this);
  }

  /** Returns the path that may name a part: of a file of one picture, that of its folder. */
  private String splitPath() {
    return position == null ? PathNames.folder(labels) : labels;
  }
}
