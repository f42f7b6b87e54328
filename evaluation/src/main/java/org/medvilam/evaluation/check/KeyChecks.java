package org.medvilam.evaluation.check;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Split;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.UnsafePathException;

/**
 * Looks for ids, groups and pictures that meet where they must not. Keys are sorted outside memory;
 * a file of a picture is read once.
 */
final class KeyChecks implements Closeable {
  private static final JsonMapper JSON = RecordJson.mapper();
  private static final String ID = "id";
  private static final String GROUP = "group";
  private static final String MEDIA = "media";

  private final Tally tally;
  private final RunMedia media;
  private final KeySort keys;
  private final KeySort pictures;

  /**
   * Creates the checks.
   *
   * @param media where files of media are
   * @param scratch makes the sorted lines
   */
  KeyChecks(Tally tally, RunMedia media, KeySort.Scratch scratch) throws IOException {
    this.tally = tally;
    this.media = media;
    this.keys = scratch.create();
    this.pictures = scratch.create();
  }

  void look(InstructionRecord r) throws IOException {
    String split = Split.fileKey(r.split());
    keys.add(line(ID, r.id(), ""));
    keys.add(line(GROUP, r.dataset(), r.group(), split));
    Media m = r.media();
    String derived = Boolean.toString(Boolean.TRUE.equals(m.derived()));
    keys.add(line(MEDIA, r.dataset(), derived, m.uri(), split));
  }

  private static String line(String... fields) throws IOException {
    return JSON.writeValueAsString(fields);
  }

  /** Compares the keys; records may not follow. */
  void finish() throws IOException {
    walk(keys, this::equalKeys);
    walk(pictures, this::equalPictures);
  }

  /** Takes lines that are equal but for their last field, and the values of that, in order. */
  private interface Meeting {
    void accept(String[] first, List<String> last) throws IOException;
  }

  private static void walk(KeySort sort, Meeting meeting) throws IOException {
    try (BufferedReader in = sort.sorted()) {
      String[] first = null;
      String prefix = "";
      List<String> last = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] fields = JSON.readValue(line, String[].class);
        String end = fields[fields.length - 1];
        String start = line.substring(0, line.length() - JSON.writeValueAsString(end).length() - 1);
        if (first != null && !start.equals(prefix)) {
          meeting.accept(first, last);
          last.clear();
        }
        first = fields;
        prefix = start;
        boolean known = !last.isEmpty() && last.get(last.size() - 1).equals(end);
        if (!known || fields[0].equals(ID)) {
          last.add(end);
        }
      }
      if (first != null) {
        meeting.accept(first, last);
      }
    }
  }

  private void equalKeys(String[] key, List<String> last) throws IOException {
    if (key[0].equals(ID)) {
      last.forEach(x -> tally.examined(Check.DUPLICATE_ID));
      for (int i = 1; i < last.size(); i++) {
        tally.found(Check.DUPLICATE_ID, key[1], "expected the id once, found it again");
      }
    } else if (key[0].equals(GROUP)) {
      tally.examined(Check.GROUP_ACROSS_SPLITS);
      if (last.size() > 1) {
        tally.found(
            Check.GROUP_ACROSS_SPLITS, key[1] + "/" + key[2], "expected one split, found " + last);
      }
    } else {
      file(key[1], Boolean.parseBoolean(key[2]), key[3], last);
    }
  }

  private void file(String dataset, boolean derived, String uri, List<String> splits)
      throws IOException {
    if (tally.skips(Check.MISSING_MEDIA)) {
      return;
    }
    tally.examined(Check.MISSING_MEDIA);
    String where = dataset + "/" + uri;
    Store store = media.store(dataset, derived);
    try {
      if (!store.exists(uri)) {
        tally.found(Check.MISSING_MEDIA, where, "expected the file, found none");
      } else if (!store.isFolder(uri)) {
        picture(store, uri, where, splits);
      }
    } catch (UnsafePathException e) {
      tally.found(Check.MISSING_MEDIA, where, "expected a path within its dataset, found none");
    } catch (IOException e) {
      tally.found(Check.MISSING_MEDIA, where, "expected a file that can be read, found none");
    }
  }

  private void picture(Store store, String uri, String where, List<String> splits)
      throws IOException {
    if (tally.skips(Check.DUPLICATE_PICTURE) && tally.skips(Check.PICTURE_ACROSS_SPLITS)) {
      return;
    }
    try (InputStream in = store.read(uri)) {
      String sha256 = Checksum.of(in).hex();
      pictures.add(line(sha256, where + "\u0000" + String.join("+", splits)));
    }
  }

  private void equalPictures(String[] key, List<String> files) {
    tally.examined(Check.DUPLICATE_PICTURE);
    tally.examined(Check.PICTURE_ACROSS_SPLITS);
    TreeSet<String> splits = new TreeSet<>();
    List<String> names = new ArrayList<>();
    for (String file : files) {
      int end = file.indexOf('\u0000');
      names.add(file.substring(0, end));
      splits.addAll(List.of(file.substring(end + 1).split("\\+", -1)));
    }
    if (splits.size() > 1) {
      tally.found(
          Check.PICTURE_ACROSS_SPLITS,
          names.get(0),
          names.size() == 1
              ? "expected one split, found " + splits
              : "in %s, the same bytes as %s".formatted(splits, names.subList(1, names.size())));
    } else if (names.size() > 1) {
      tally.found(
          Check.DUPLICATE_PICTURE,
          names.get(0),
          "the same bytes as " + names.subList(1, names.size()));
    }
  }

  @Override
  public void close() throws IOException {
    try (keys) {
      pictures.close();
    }
  }
}
