package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.RootSearch;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * The form of LGG in which every case is a folder of NIfTI volumes (BraTS-TCGA-LGG): four sequences
 * in one place, and their labels.
 *
 * <p>Records speak of the FLAIR volume, in which all of the tumour is seen and on which the masks
 * of the other form were drawn; the other sequences of a case are read with it. Labels are those
 * that the owners corrected by hand, and where there are none, those of their program; a record's
 * source names the file. As in BraTS, 1 is necrosis and tumour that takes up no contrast, 2 oedema,
 * 4 enhancing tumour; all three together are the tumour that the other form outlines. A tumour need
 * not have each of them. Files carry the date of the examination, which is no part of an id.
 */
final class LggVolumes {
  /** The folder that the owners hand out. */
  static final String FOLDER = "Pre-operative_TCGA_LGG_NIfTI_and_Segmentations";

  /** A folder of further cases in it. */
  private static final String MORE_CASES = "BraTS2017TestingData";

  private static final Pattern CASE = Pattern.compile("TCGA-[A-Z0-9]{2}-[A-Z0-9]{4}");
  private static final Pattern FILE =
      Pattern.compile(
          "(TCGA-[A-Z0-9]{2}-[A-Z0-9]{4})_\\d{4}\\.\\d{2}\\.\\d{2}"
              + "_(flair|t1|t1Gd|t2|GlistrBoost|GlistrBoost_ManuallyCorrected)\\.nii(?:\\.gz)?");
  private static final String FLAIR = "flair";
  private static final String BY_PROGRAM = "GlistrBoost";
  private static final String BY_HAND = "GlistrBoost_ManuallyCorrected";
  private static final int[] VALUES = {1, 2, 4};
  private static final String EXPECTED =
      "expected names such as TCGA-CS-4942/TCGA-CS-4942_<date>_flair.nii.gz, found another name";

  private static final List<LabelledVolume.Part> PARTS =
      List.of(
          part(Lgg.LABEL, "whole tumour", true, VALUES),
          part("non-enhancing tumour core", "NCR/NET", false, 1),
          part("peritumoural oedema", "ED", false, 2),
          part("enhancing tumour", "ET", false, 4));

  private final Store root;
  private final ItemSink sink;

  /** Paths by case, then by what the file is. */
  private final Map<String, Map<String, List<String>>> cases = new TreeMap<>();

  private LggVolumes(Store root, ItemSink sink) {
    this.root = root;
    this.sink = sink;
  }

  private static LabelledVolume.Part part(
      String label, String nativeLabel, boolean instances, int... values) {
    List<Integer> list = Arrays.stream(values).boxed().toList();
    return new LabelledVolume.Part(label, nativeLabel, list, instances);
  }

  /** Returns the folders of an input that hold cases in this form; of a doubled tree, the first. */
  static List<String> roots(Store input) throws IOException {
    String twice = FOLDER + "/" + FOLDER;
    for (String prefix : List.of("", FOLDER, twice)) {
      if (areIn(input.below(prefix))) {
        return List.of(prefix);
      }
    }
    return RootSearch.inputOrChildren(input, LggVolumes::areIn);
  }

  private static boolean areIn(Store root) throws IOException {
    for (StoreEntry entry : FolderNames.of(root, "")) {
      boolean volumes =
          isCase(entry)
              && FolderNames.of(root, entry.name()).stream()
                  .anyMatch(f -> FILE.matcher(f.name()).matches());
      if (volumes) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCase(StoreEntry entry) {
    return entry.folder() && CASE.matcher(entry.name()).matches();
  }

  static void items(Store root, ItemSink sink) throws IOException {
    LggVolumes volumes = new LggVolumes(root, sink);
    volumes.addCases("");
    for (Map.Entry<String, Map<String, List<String>>> one : volumes.cases.entrySet()) {
      volumes.list(one.getKey(), one.getValue());
    }
  }

  private void addCases(String folder) throws IOException {
    for (StoreEntry entry : FolderNames.of(root, folder)) {
      String path = PathNames.join(folder, entry.name());
      if (isCase(entry)) {
        addFiles(path, entry.name());
      } else if (entry.folder() && path.equals(MORE_CASES)) {
        addCases(path);
      } else {
        reject(Rejection.Scope.ITEM, path, "unexpected-file", EXPECTED);
      }
    }
  }

  private void addFiles(String folder, String id) throws IOException {
    for (StoreEntry file : FolderNames.of(root, folder)) {
      String path = PathNames.join(folder, file.name());
      Matcher name = FILE.matcher(file.name());
      if (!file.folder() && name.matches() && name.group(1).equals(id)) {
        cases
            .computeIfAbsent(id, k -> new TreeMap<>())
            .computeIfAbsent(name.group(2), k -> new ArrayList<>())
            .add(path);
      } else {
        reject(Rejection.Scope.ITEM, path, "unexpected-file", EXPECTED);
      }
    }
  }

  private void list(String id, Map<String, List<String>> files) throws IOException {
    String labels = files.containsKey(BY_HAND) ? BY_HAND : BY_PROGRAM;
    if (files.values().stream().anyMatch(paths -> paths.size() > 1)) {
      String detail = "expected one file of each kind of %s, found several".formatted(id);
      rejectAll(files, "shared-name", detail);
    } else if (!files.containsKey(FLAIR)) {
      rejectAll(files, "missing-image", "expected a FLAIR volume of %s, found none".formatted(id));
    } else if (!files.containsKey(labels)) {
      String detail = "expected labels of %s, found none".formatted(id);
      reject(Rejection.Scope.ITEM, files.get(FLAIR).get(0), "missing-mask", detail);
    } else {
      sink.item(item(id, files.get(FLAIR).get(0), files.get(labels).get(0)));
    }
  }

  private static Item item(String id, String image, String labels) {
    LabelledVolume files =
        new LabelledVolume(image, List.of(new LabelledVolume.LabelFile(labels, PARTS)));
    String group = Lgg.group(id);
    Source where = new Source(labels, null);
    return Item.of(id, Lgg.split(group), group, files.annotations(), where, files);
  }

  private void rejectAll(Map<String, List<String>> files, String reason, String detail)
      throws IOException {
    for (Map.Entry<String, List<String>> kind : files.entrySet()) {
      boolean labels = kind.getKey().startsWith(BY_PROGRAM);
      for (String path : kind.getValue()) {
        reject(labels ? Rejection.Scope.ANNOTATION : Rejection.Scope.ITEM, path, reason, detail);
      }
    }
  }

  private void reject(Rejection.Scope scope, String path, String reason, String detail)
      throws IOException {
    sink.reject(new Rejection(Lgg.INFO.name(), scope, path, reason, detail));
  }

  /** Tells whether an item is of this form. */
  static boolean isOne(Item item) {
    return CASE.matcher(item.mediaId()).matches();
  }

  static Conversion convert(Store root, Item item) throws IOException {
    return LabelledVolumeReader.read(Lgg.INFO, root, item, true);
  }
}
