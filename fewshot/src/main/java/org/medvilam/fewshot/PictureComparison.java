package org.medvilam.fewshot;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.medvilam.fewshot.picture.Fingerprint;
import org.medvilam.fewshot.picture.Fingerprints;
import org.medvilam.fewshot.picture.HashKey;
import org.medvilam.fewshot.picture.HeldOutPictures;
import org.medvilam.fewshot.picture.PictureMatch;
import org.medvilam.fewshot.picture.PictureRef;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.Split;
import org.medvilam.records.Task;

/**
 * Compares the pictures of training candidates with every held-out picture.
 *
 * <p>First all held-out pictures are taken, then candidates. Records of one picture that follow
 * each other, as in every run, cost one look.
 */
final class PictureComparison implements Closeable {
  private final LongConsumer progress;
  private final @Nullable Fingerprints reader;
  private final @Nullable HeldOutPictures heldOut;
  private final Map<HashKey, PictureMatch> matches = new HashMap<>();
  private final SortedMap<String, PictureCounts> counts = new TreeMap<>();
  private @Nullable PictureRef last;
  private long looked;

  /** Takes what is found of a candidate. */
  interface Found {
    /** Takes a held-out picture that is the same as the candidate's, and tells of its group. */
    void match(InstructionRecord candidate, PictureMatch match);
  }

  /**
   * Prepares a comparison.
   *
   * @param reader where fingerprints come from, or null to compare no pictures
   * @param progress takes the number of pictures looked at so far
   */
  PictureComparison(@Nullable Fingerprints reader, LongConsumer progress) throws IOException {
    this.progress = progress;
    this.reader = reader;
    this.heldOut = reader == null ? null : new HeldOutPictures();
  }

  /**
   * Returns the picture of a record that may have to be looked at: one of a held-out record, or one
   * of a training record that asks where something is; otherwise null.
   */
  static @Nullable PictureRef wanted(InstructionRecord r) {
    Split part = HeldOutGroups.part(r);
    boolean train = part == Split.TRAIN && r.task() == Task.LOCALIZATION;
    return train || part == Split.TEST || part == Split.VALIDATION
        ? new PictureRef(r.dataset(), part.key(), r.media())
        : null;
  }

  /** Takes the picture of a held-out record. */
  void heldOut(InstructionRecord r) throws IOException {
    PictureRef picture = wanted(r);
    if (picture == null || reader == null || heldOut == null || !isNew(picture)) {
      return;
    }
    reader.read(
        picture,
        seen -> {
          count(seen);
          if (seen.fingerprint() != null) {
            heldOut.add(picture, seen.fingerprint());
          }
        });
  }

  /** Compares the picture of a training candidate with all held-out ones. */
  void candidate(InstructionRecord r, Found found) throws IOException {
    PictureRef picture = wanted(r);
    if (picture == null || reader == null || heldOut == null || !isNew(picture)) {
      return;
    }
    reader.read(
        picture,
        seen -> {
          count(seen);
          Optional<PictureMatch> match =
              seen.fingerprint() == null ? Optional.empty() : heldOut.match(seen.fingerprint());
          if (match.isPresent()) {
            matches.put(key(r), match.get());
            if (tellsOfTheGroup(r.media(), seen.fingerprint(), match.get())) {
              found.match(r, match.get());
            }
          }
        });
  }

  /**
   * Tells whether the whole group must go with a picture that is the same as a held-out one.
   *
   * <p>Blank pictures are the same whoever they show; and the empty slices of two volumes, or the
   * dark frames of two videos, look the same. Where those were really copied, each is found by
   * itself.
   */
  private static boolean tellsOfTheGroup(Media media, Fingerprint print, PictureMatch match) {
    boolean oneOfMany = media.slice() != null || media.frame() != null;
    return !print.blank() && !(oneOfMany && match.kind() == PictureMatch.Kind.LOOKS);
  }

  private boolean isNew(PictureRef picture) {
    boolean same = picture.equals(last);
    last = picture;
    return !same;
  }

  /** Waits for the pictures asked for. */
  void finish() throws IOException {
    last = null;
    if (reader != null) {
      reader.finish();
    }
  }

  /** Returns the held-out picture that is the same as a candidate's. */
  Optional<PictureMatch> match(InstructionRecord r) {
    return matches.isEmpty() ? Optional.empty() : Optional.ofNullable(matches.get(key(r)));
  }

  /** Returns what was looked at, by dataset. */
  SortedMap<String, PictureCounts> counts() {
    return counts;
  }

  private static HashKey key(InstructionRecord r) {
    return HashKey.of(r.dataset() + "|" + r.media());
  }

  private void count(Fingerprints.Seen seen) {
    progress.accept(++looked);
    PictureCounts c =
        counts.computeIfAbsent(seen.picture().dataset(), dataset -> new PictureCounts());
    Fingerprint fingerprint = seen.fingerprint();
    if (seen.problem() != null || fingerprint == null) {
      c.problem(String.valueOf(seen.problem()), seen.picture().media().uri());
    } else if (seen.picture().media().type() != MediaType.IMAGE) {
      c.bytesOnly++;
    } else if (fingerprint.blank()) {
      c.blank++;
    } else {
      c.compared++;
    }
  }

  @Override
  public void close() throws IOException {
    if (heldOut != null) {
      heldOut.close();
    }
  }
}
