package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.imaging.LabelPicture;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.store.Store;

/**
 * EndoVis 2018, robotic scene segmentation: frames of porcine nephrectomies.
 *
 * <p>A tree has one of two sets of labels, and all its records have the same. Where any sequence
 * has ISINet's masks of instruments, labels are the seven instrument types, as in the paper; probe
 * and suction come from the challenge's label pictures, the other types from masks of one
 * instrument each. Otherwise labels are the classes of the challenge: the parts that all robotic
 * instruments have (shaft, clasper, wrist), the other things, and anatomy. A part is never taken
 * for a type, nor put together to one: several types have the same parts, and the pictures do not
 * say which part belongs to which instrument.
 *
 * <p>Each 8-connected component of a label picture's class is a region; a mask of one instrument
 * stays one finding, in however many pieces it is seen. Every class that a label picture is asked
 * for is an annotation: a finding, or a negative. Colours are compared as they are stored, since
 * the owners write them half transparent. Right frames have no labels and are not converted.
 */
public final class Endovis18 implements Dataset {
  static final String NAME = "endovis18";

  private static final int SHOWN = 5;

  private static final DatasetInfo INFO =
      new DatasetInfo(
          NAME,
          1,
          "2018 Robotic Scene Segmentation Challenge (EndoVis 2018)",
          "Allan, Kondo, Bodenstedt et al.: 2018 Robotic Scene Segmentation Challenge."
              + " arXiv:2001.11190 (2020); instrument types: González, Bravo-Sánchez, Arbeláez:"
              + " ISINet: an instance-based approach for surgical instrument segmentation. MICCAI"
              + " 2020",
          "the challenge's academic terms, accepted on registration",
          "endoscopy",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION, Task.SEGMENTATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "miccai_challenge_2018_release_1/, miccai_challenge_release_2/, ... (those you have)",
              "  labels.json",
              "  seq_1/",
              "    left_frames/             frame000.png, ...",
              "    labels/                  frame000.png, ... (a colour per class)",
              "    instrument_labels_2017/  frame000_class1_inst0.png, ... (ISINet; then labels are"
                  + " the 7 instrument types)",
              "    right_frames/            not labelled, not converted",
              "final_labels.json or final_labels_2017.json (ISINet's class table)",
              "repairs.zip or repairs/      seq_1_frame042.png, ... (replace labels)",
              "test_data/                   seq_1/, ... (other videos than seq_1/ above; any folder"
                  + " with the word test)",
              "(or seq_1/, seq_2/, ... in one folder; or ISINet's train/ and val/ with images/ and"
                  + " binary_annotations/ or annotations/)"),
          "video",
          "ISINet's: validation is sequences 2, 5, 9 and 15, the others train; test is the"
              + " challenge's test data, which have no instrument types",
          DatasetInfo.HeldOut.VALIDATION,
          List.of(),
          2235);

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "endovis18 has no label file that carries picture sizes; its pictures are needed, so"
              + " leave --labels-only out");
    }
    try {
      String problem = problem(input, settings);
      return problem == null ? LayoutCheck.rootAt("") : LayoutCheck.problem(problem);
    } catch (ListingException e) {
      return LayoutCheck.problem(e.getMessage());
    }
  }

  private static @Nullable String problem(Store input, Settings settings) throws IOException {
    Endovis18Tree tree = Endovis18Tree.find(input);
    if (tree.sequences().isEmpty() && tree.parts().isEmpty()) {
      return ("Expected folders such as seq_1/ with left_frames/ and labels/ under %s, in one folder"
              + " or in those of the releases, or train/images/ and val/images/ of ISINet's script;"
              + " none there, %s%s. Names are case-sensitive; name the folder that holds the"
              + " releases.")
          .formatted(
              input.uri(),
              FolderNames.found(FolderNames.of(input, "")),
              tree.frameless().isEmpty()
                  ? ""
                  : ", but no left_frames/ in " + tree.frameless().get(0) + "/");
    }
    if (!tree.sequences().isEmpty() && !tree.parts().isEmpty()) {
      return "Expected the releases or the parts of ISINet's script under %s, found both: %s/ and %s/. Name the folder of one of them."
          .formatted(input.uri(), tree.sequences().get(0).path(), tree.parts().get(0));
    }
    if (tree.clash() != null) {
      return "Expected each sequence once under %s, found %s. Merge them or remove one of them."
          .formatted(input.uri(), tree.clash());
    }
    for (String table : tree.classTables()) {
      String problem = Endovis18Class.problem(input, table);
      if (problem != null) {
        return problem;
      }
    }
    Endovis18Repairs.of(input, tree);
    return Endovis18Listing.of(input, settings, tree).problem();
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    Endovis18Tree tree = Endovis18Tree.find(source.root());
    Endovis18Listing listing = Endovis18Listing.of(source.root(), source.settings(), tree);
    if (listing.problem() != null) {
      throw new ListingException(Endovis18Tree.TYPES, listing.problem());
    }
    listing.list(sink);
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Endovis18Frame frame = item.payload(Endovis18Frame.class);
    PictureInfo picture = ItemPictures.probe(source.root(), frame.image());
    List<Finding> findings = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    if (frame.labels() != null) {
      readLabels(source.root(), frame, frame.labels(), picture, findings, rejections);
    }
    int negatives = frame.asked().size() - findings.size();
    for (Endovis18Frame.Instance instance : frame.instances()) {
      Source where = new Source(instance.mask(), null);
      if (instance.label() == null || instance.name() == null) {
        rejections.add(reject(Rejection.Scope.ANNOTATION, where, "other-class", other(instance)));
      } else {
        Mask mask = ItemPictures.painted(source.root(), instance.mask(), picture);
        MaskRegion region = new MaskRegion(mask, false);
        findings.add(Finding.of(instance.label(), instance.name(), region, where));
      }
    }
    Sample sample =
        new Sample(
            NAME,
            Media.image(item.mediaId(), frame.image(), picture.width(), picture.height()),
            item.split(),
            INFO.modality(),
            item.group(),
            item.source(),
            labels(findings),
            findings);
    return new Conversion(List.of(sample), rejections, negatives);
  }

  private static void readLabels(
      Store root,
      Endovis18Frame frame,
      Source where,
      PictureInfo picture,
      List<Finding> findings,
      List<Rejection> rejections)
      throws IOException {
    LabelPicture labels =
        frame.colours()
            ? ItemPictures.labelColours(
                Endovis18Repairs.bytes(root, where), where.toString(), picture)
            : ItemPictures.labelNumbers(root, where.file(), picture);
    Map<Integer, Long> counts = new TreeMap<>(labels.counts());
    for (Endovis18Frame.Asked asked : frame.asked()) {
      if (counts.remove(asked.value()) != null) {
        MaskRegion region = new MaskRegion(labels.mask(asked.value()), true);
        findings.add(Finding.of(asked.label(), asked.name(), region, where));
      }
    }
    counts.keySet().removeIf(v -> frame.colours() ? Endovis18Class.isKnown(v) : v == 0);
    if (!counts.isEmpty()) {
      String detail = unknown(counts, frame.colours());
      String reason = frame.colours() ? "unknown-colour" : "other-class";
      rejections.add(reject(Rejection.Scope.PART, where, reason, detail));
    }
  }

  private static String unknown(Map<Integer, Long> counts, boolean colours) {
    StringJoiner some = new StringJoiner(", ");
    counts.entrySet().stream()
        .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .forEach(
            e ->
                some.add(
                    "%s in %d pixels"
                        .formatted(
                            colours ? Endovis18Class.shown(e.getKey()) : "class " + e.getKey(),
                            e.getValue())));
    return "expected the %s, found %d others in %d pixels: %s%s"
        .formatted(
            colours ? "colours of the challenge's classes" : "numbers of the seven types",
            counts.size(),
            counts.values().stream().mapToLong(Long::longValue).sum(),
            some,
            counts.size() > SHOWN ? ", ..." : "");
  }

  private static String other(Endovis18Frame.Instance instance) {
    return "expected one of the seven instrument types, found class %d%s"
        .formatted(
            instance.number(),
            instance.name() == null
                ? ", which the class table does not have"
                : " (" + instance.name() + ")");
  }

  private static List<ImageLabel> labels(List<Finding> findings) {
    TreeMap<String, ImageLabel> seen = new TreeMap<>();
    findings.forEach(f -> seen.putIfAbsent(f.label(), new ImageLabel(f.label(), f.nativeLabel())));
    return seen.isEmpty()
        ? List.of(new ImageLabel(ImageLabel.NO_FINDING, ImageLabel.NO_FINDING))
        : List.copyOf(seen.values());
  }

  private static Rejection reject(
      Rejection.Scope scope, Source where, String reason, String detail) {
    return new Rejection(NAME, scope, where.toString(), reason, detail);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return Endovis18Phantom.draw(request);
  }
}
