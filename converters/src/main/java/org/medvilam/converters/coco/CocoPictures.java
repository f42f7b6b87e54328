package org.medvilam.converters.coco;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.SplitWord;
import org.medvilam.records.Split;
import org.medvilam.records.store.Store;

/** Where the picture of a COCO image lies, and which part it belongs to. */
public final class CocoPictures {
  private static final String ANNOTATIONS = "annotations";
  private static final String IMAGES = "images";
  private static final String ROBOFLOW = "_annotations.coco.json";

  private CocoPictures() {}

  /** Returns the part that a label file's name or folder names, e.g. {@code instances_val.json}. */
  public static Optional<Split> split(String labels) {
    return SplitWord.of(labels).map(SplitWord::split);
  }

  /**
   * Returns the path of an image's picture: the first that is there.
   *
   * <p>Looked for beside the label file and in the root, and there in {@code images/}, in {@code
   * images/train/} or {@code train/} where the label file speaks of that part, and in folders of
   * the label file's own name, such as {@code train2017/} for {@code instances_train2017.json}.
   *
   * @throws ItemException {@code missing-file} with the places
   */
  public static String find(Store root, CocoImage image) throws IOException {
    List<String> places = places(image);
    for (String path : places) {
      if (root.exists(path) && !root.isFolder(path)) {
        return path;
      }
    }
    throw new ItemException(
        image.source().toString(),
        "missing-file",
        "expected the picture %s, found none of: %s"
            .formatted(image.fileName(), String.join(", ", places)));
  }

  /**
   * Returns where a picture most likely lies, without looking: beside the label file where each
   * part has its folder with both, under {@code images/} otherwise.
   */
  public static String guess(CocoImage image) {
    String labels = image.labels();
    boolean beside = PathNames.name(labels).equals(ROBOFLOW);
    return PathNames.join(
        beside ? PathNames.folder(labels) : PathNames.join(base(labels), IMAGES), image.path());
  }

  private static List<String> places(CocoImage image) {
    String labels = image.labels();
    Set<String> parts = new LinkedHashSet<>();
    SplitWord.of(labels).ifPresent(s -> parts.add(s.word()));
    String stem = FolderNames.stem(PathNames.name(labels));
    parts.add(
        stem.startsWith(CocoFiles.INSTANCES) ? stem.substring(CocoFiles.INSTANCES.length()) : stem);
    Set<String> folders = new LinkedHashSet<>();
    folders.add(PathNames.folder(labels));
    for (String base : List.of("", base(labels))) {
      folders.add(base);
      folders.add(PathNames.join(base, IMAGES));
      parts.forEach(p -> folders.add(PathNames.join(PathNames.join(base, IMAGES), p)));
      parts.forEach(p -> folders.add(PathNames.join(base, p)));
    }
    List<String> places = new ArrayList<>();
    folders.forEach(f -> places.add(PathNames.join(f, image.path())));
    return places;
  }

  /** Returns the folder of the dataset that a label file belongs to. */
  private static String base(String labels) {
    String folder = PathNames.folder(labels);
    return PathNames.name(folder).equals(ANNOTATIONS) ? PathNames.folder(folder) : folder;
  }
}
