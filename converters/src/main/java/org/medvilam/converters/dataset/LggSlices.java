package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemPictures;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.MaskedPictures;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * The form of LGG in which every axial slice is a pair of TIFF files, in a folder per patient.
 *
 * <p>The three channels of a picture are three sequences (before contrast, FLAIR, after contrast),
 * not colours; where one is missing, FLAIR stands in. The record names the picture whole: models
 * that take three channels get all the owners give, and brightness, which weighs the middle channel
 * most, is mainly FLAIR, on which the masks were drawn. Masks of slices without tumour are empty;
 * each component of the others is a finding. Folders carry the date of the examination, which is no
 * part of an id; a patient has one folder. {@code data.csv} codes its columns by numbers without a
 * key, so nothing of it becomes a record.
 */
final class LggSlices {
  private static final Pattern CASE = Pattern.compile("(TCGA_[A-Z0-9]{2}_[A-Z0-9]{4})_\\d{8}");
  private static final Set<String> DOCUMENTS = Set.of("data.csv", "README.md");
  private static final String NATIVE_LABEL = "FLAIR abnormality";

  private LggSlices() {}

  /**
   * The files of one slice.
   *
   * @param files picture and mask
   * @param slice 0-based index of the slice
   */
  record Slice(MaskedPictures.Pair files, int slice) {}

  /** Tells whether a folder holds cases in this form, with at least one slice. */
  static boolean areIn(Store root) throws IOException {
    for (StoreEntry entry : FolderNames.of(root, "")) {
      boolean slices =
          entry.folder()
              && CASE.matcher(entry.name()).matches()
              && FolderNames.of(root, entry.name()).stream()
                  .anyMatch(f -> f.name().endsWith(".tif"));
      if (slices) {
        return true;
      }
    }
    return false;
  }

  static void items(Store root, ItemSink sink) throws IOException {
    SortedMap<String, List<String>> folders = new TreeMap<>();
    for (StoreEntry entry : FolderNames.of(root, "")) {
      Matcher name = CASE.matcher(entry.name());
      if (entry.folder() && name.matches()) {
        folders.computeIfAbsent(name.group(1), k -> new ArrayList<>()).add(entry.name());
      } else if (entry.folder() || !DOCUMENTS.contains(entry.name())) {
        String detail = "expected folders such as TCGA_CS_4941_19960909, found another name";
        Rejection.Scope scope = Rejection.Scope.ITEM;
        sink.reject(new Rejection(Lgg.INFO.name(), scope, entry.name(), "unexpected-file", detail));
      }
    }
    for (Map.Entry<String, List<String>> one : folders.entrySet()) {
      if (one.getValue().size() == 1) {
        list(root, one.getKey(), one.getValue().get(0), sink);
        continue;
      }
      for (String folder : one.getValue()) {
        String detail = "expected one folder of %s, found several".formatted(one.getKey());
        Rejection.Scope scope = Rejection.Scope.ITEM;
        sink.reject(new Rejection(Lgg.INFO.name(), scope, folder, "shared-name", detail));
      }
    }
  }

  private static void list(Store root, String patient, String folder, ItemSink sink)
      throws IOException {
    String group = Lgg.group(patient);
    String name = "(" + folder + "_[1-9]\\d{0,3})";
    MaskedPictures slices = new MaskedPictures(Lgg.INFO.name(), root, sink);
    slices.add(
        folder,
        Pattern.compile(name + "\\.tif"),
        Pattern.compile(name + "_mask\\.tif"),
        "%1$s_1.tif or %1$s_1_mask.tif".formatted(folder));
    for (MaskedPictures.Pair pair : slices.pairs()) {
      int number = Integer.parseInt(pair.id().substring(folder.length() + 1));
      Source where = new Source(pair.mask(), null);
      Slice slice = new Slice(pair, number - 1);
      String id = patient + "_" + number;
      sink.item(Item.of(id, Lgg.split(group), group, 1, where, slice));
    }
  }

  static Conversion convert(Store root, Item item) throws IOException {
    Slice slice = item.payload(Slice.class);
    String image = slice.files().image();
    PictureInfo picture = ItemPictures.probe(root, image);
    Mask mask = ItemPictures.mask(root, slice.files().mask(), picture);
    boolean empty = mask.isEmpty();
    Sample sample =
        new Sample(
            Lgg.INFO.name(),
            Media.image(item.mediaId(), image, picture.width(), picture.height())
                .withSlice(slice.slice(), "axial"),
            item.split(),
            Lgg.INFO.modality(),
            item.group(),
            item.source(),
            List.of(
                empty
                    ? new ImageLabel(ImageLabel.NO_FINDING, ImageLabel.NO_FINDING)
                    : new ImageLabel(Lgg.LABEL, NATIVE_LABEL)),
            empty
                ? List.of()
                : List.of(
                    Finding.of(
                        Lgg.LABEL, NATIVE_LABEL, new MaskRegion(mask, true), item.source())));
    return new Conversion(List.of(sample), List.of(), empty ? 1 : 0);
  }
}
