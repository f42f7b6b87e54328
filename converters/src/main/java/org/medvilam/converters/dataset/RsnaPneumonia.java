package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemPictures;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Task;
import org.medvilam.records.store.Store;

/**
 * RSNA Pneumonia Detection Challenge: chest radiographs in DICOM with boxes of lung opacities.
 *
 * <p>Boxes are x, y, width and height from the top-left corner; their frame is that of the picture,
 * whose size stands in the DICOM header alone. The column {@code patientId} names a picture, not a
 * patient: pictures of one patient cannot be told from the tables, so the picture is the group. The
 * labels of {@code stage_2_test_images} are withheld; nothing is listed of them, and a test part is
 * hashed from the training pictures.
 */
public final class RsnaPneumonia implements Dataset {
  static final String NAME = "rsna-pneumonia";
  static final String IMAGES = "stage_2_train_images";
  static final String EXTENSION = ".dcm";
  static final String LABELS = "stage_2_train_labels.csv";
  static final String CLASSES = "stage_2_detailed_class_info.csv";
  static final String OPACITY = "Lung Opacity";

  /** Standard labels by the owners' classes. */
  static final Map<String, String> LABELS_OF_CLASSES = labelsOfClasses();

  private static final DatasetInfo INFO =
      new DatasetInfo(
          NAME,
          1,
          "RSNA Pneumonia Detection Challenge 2018",
          "Shih, Wu, Halabi et al.: Augmenting the National Institutes of Health chest radiograph"
              + " dataset with expert annotations of possible pneumonia. Radiology: Artificial"
              + " Intelligence 1(1), e180041 (2019)",
          "the challenge's terms: non-commercial research and education",
          "chest x-ray",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "stage_2_train_labels.csv         patientId, x, y, width, height, Target",
              "stage_2_detailed_class_info.csv  patientId, class",
              "stage_2_train_images/",
              "  0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9.dcm, ...",
              "stage_2_test_images/             (labels withheld: not converted)"),
          "image",
          "none by the owners with labels: 7 : 1 : 2 by hash of the picture",
          DatasetInfo.HeldOut.TEST,
          List.of("nih-chestx-ray14"),
          26684);

  /** A picture, its class, and the rows of its boxes in order of the table. */
  record Picture(String image, String nativeClass, List<RsnaPneumoniaRow> rows) {}

  /** Returns the path of a picture. */
  static String image(String id) {
    return IMAGES + "/" + id + EXTENSION;
  }

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          NAME
              + " has no label file that carries picture sizes; the DICOM files are needed, so leave"
              + " --labels-only out");
    }
    LayoutCheck found =
        LayoutCheck.oneRoot(
            input,
            folder -> folder.exists(LABELS),
            "it",
            "Expected "
                + LABELS
                + " (with "
                + CLASSES
                + " and "
                + IMAGES
                + "/ beside it) under %s, or in one folder of it; %s. Unpack the owners' archives and name the folder that holds all three.");
    if (found.problem() != null) {
      return found;
    }
    Store root = input.below(found.prefix());
    boolean classes = root.exists(CLASSES);
    if (!classes || !root.isFolder(IMAGES)) {
      return LayoutCheck.problem(
          "Expected %s beside %s under %s; none there, %s. Unpack it from the owners' archive."
              .formatted(
                  classes ? IMAGES + "/" : CLASSES,
                  LABELS,
                  root.uri(),
                  FolderNames.found(FolderNames.of(root, ""))));
    }
    return found;
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    RsnaPneumoniaListing.read(source, sink);
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Picture picture = item.payload(Picture.class);
    PictureInfo size = ItemPictures.probe(source.root(), picture.image());
    List<Finding> findings = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    int negatives = 0;
    for (RsnaPneumoniaRow row : picture.rows()) {
      Source where = new Source(LABELS, row.position());
      if (row.problem() != null) {
        String reason = row.problem().reason();
        Rejection.Scope scope = Rejection.Scope.ANNOTATION;
        rejections.add(
            new Rejection(NAME, scope, where.toString(), reason, row.problem().detail()));
      } else if (row.box() == null) {
        negatives++;
      } else {
        findings.add(Finding.of(LABELS_OF_CLASSES.get(OPACITY), OPACITY, row.box(), where));
      }
    }
    String label = LABELS_OF_CLASSES.get(picture.nativeClass());
    Sample sample =
        new Sample(
            NAME,
            Media.image(item.mediaId(), picture.image(), size.width(), size.height()),
            item.split(),
            INFO.modality(),
            item.group(),
            item.source(),
            List.of(new ImageLabel(label, picture.nativeClass())),
            findings);
    return new Conversion(List.of(sample), rejections, negatives);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return RsnaPneumoniaPhantom.draw(request);
  }

  private static Map<String, String> labelsOfClasses() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(OPACITY, "pneumonia");
    labels.put("No Lung Opacity / Not Normal", "sick but not pneumonia");
    labels.put("Normal", "healthy");
    return Collections.unmodifiableMap(labels);
  }
}
