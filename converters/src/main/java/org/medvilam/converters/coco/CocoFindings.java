package org.medvilam.converters.coco;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Rejection;
import org.medvilam.records.geometry.GeometryException;

/**
 * What the annotations of one image say.
 *
 * @param findings annotations that have regions
 * @param rejections the others, by name, and boxes left out beside a good outline
 * @param labels labels of every annotation of a known category, by name; those of groups and of
 *     broken regions too, since the thing is there
 */
public record CocoFindings(
    List<Finding> findings, List<Rejection> rejections, List<ImageLabel> labels) {
  /** Copies the lists. */
  public CocoFindings {
    findings = List.copyOf(findings);
    rejections = List.copyOf(rejections);
    labels = List.copyOf(labels);
  }

  /** Names the standard label of a category, or returns null where there is none. */
  public interface Labels extends Function<String, @Nullable String> {}

  /**
   * Reads the annotations of an image.
   *
   * @param dataset name of the dataset, for rejections
   * @param image the image
   * @param labels standard labels of the categories
   */
  public static CocoFindings of(String dataset, CocoImage image, Labels labels) {
    List<Finding> findings = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    TreeMap<String, ImageLabel> seen = new TreeMap<>();
    for (CocoAnnotation a : image.annotations()) {
      try {
        ImageLabel label = label(a, labels);
        seen.putIfAbsent(label.label(), label);
        if (a.crowd()) {
          throw new GeometryException(
              "crowd", "expected the region of one thing, found that of a group (iscrowd 1)");
        }
        CocoRegions found = CocoRegions.of(a, image.width(), image.height());
        findings.add(
            new Finding(label.label(), label.nativeLabel(), found.regions(), image.source(a)));
        if (found.problem() != null) {
          rejections.add(reject(dataset, Rejection.Scope.PART, image, a, found.problem()));
        }
      } catch (GeometryException e) {
        rejections.add(reject(dataset, Rejection.Scope.ANNOTATION, image, a, e));
      }
    }
    return new CocoFindings(findings, rejections, List.copyOf(seen.values()));
  }

  private static ImageLabel label(CocoAnnotation a, Labels labels) {
    String label = a.category() == null ? null : labels.apply(a.category());
    if (label == null) {
      throw new GeometryException(
          "unknown-category",
          a.category() == null
              ? "expected the id of a category, found category_id " + a.categoryId()
              : "expected a category of this dataset, found '" + a.category() + "'");
    }
    return new ImageLabel(label, a.category());
  }

  private static Rejection reject(
      String dataset,
      Rejection.Scope scope,
      CocoImage image,
      CocoAnnotation a,
      GeometryException e) {
    return new Rejection(dataset, scope, image.source(a).toString(), e.reason(), e.getMessage());
  }
}
