package org.medvilam.evaluation.preview;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.report.Format;
import org.medvilam.evaluation.report.PageTemplate;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;

/**
 * A sample of a run on one page that works from a disk, without network.
 *
 * <p>Records of the same picture share it. Pictures are read one by one while the page is written,
 * and slices volume by volume.
 */
public final class Preview {
  private final String title;
  private final boolean rejected;
  private final long total;
  private final List<PreviewCard> cards = new ArrayList<>();
  private final List<PagePicture> pictures = new ArrayList<>();

  private Preview(String title, boolean rejected, long total) {
    this.title = title;
    this.rejected = rejected;
    this.total = total;
  }

  /** What the page's template names. */
  record Page(
      String title,
      String what,
      String shown,
      String total,
      boolean whole,
      boolean rejected,
      String cards,
      List<PagePicture> pictures,
      String style,
      String script,
      String scriptHash) {}

  /**
   * Draws records by the SHA-256 of their ids.
   *
   * @param run the run
   * @param title what the page calls it
   * @param split only this split, or null for all
   * @param filter which records may be drawn
   * @param size at most so many
   * @param source the pictures
   */
  public static Preview ofRecords(
      RunFolder run,
      String title,
      @Nullable Split split,
      Predicate<InstructionRecord> filter,
      int size,
      PreviewPictures source)
      throws IOException {
    HashSample<InstructionRecord> sample = new HashSample<>(size);
    run.forEach(
        split,
        r -> {
          if (filter.test(r)) {
            sample.add(r.id(), r);
          }
        });
    Preview preview = new Preview(title, false, sample.total());
    List<InstructionRecord> drawn = sample.drawn();
    Map<List<Object>, List<InstructionRecord>> byMedia = new LinkedHashMap<>();
    drawn.forEach(r -> byMedia.computeIfAbsent(medium(r), k -> new ArrayList<>()).add(r));
    Map<List<Object>, Numbers> numbers = new HashMap<>();
    byMedia.forEach((medium, all) -> numbers.put(medium, preview.addPictures(all, source)));
    for (InstructionRecord r : drawn) {
      Numbers its = numbers.get(medium(r));
      preview.cards.add(PreviewCard.of(r, its.first(), its.cuts()));
    }
    return preview;
  }

  /** Draws rejections by the SHA-256 of their sources and reasons. */
  public static Preview ofRejections(RunFolder run, String title, int size, PreviewPictures source)
      throws IOException {
    HashSample<Rejection> sample = new HashSample<>(size);
    if (run.store().exists(RunFolder.REJECTED)) {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(
                  run.store().read(RunFolder.REJECTED), StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          Rejection r = RecordJson.mapper().readValue(line, Rejection.class);
          sample.add(r.dataset() + "|" + r.source() + "|" + r.reason(), r);
        }
      }
    }
    Preview preview = new Preview(title, true, sample.total());
    for (Rejection r : sample.drawn()) {
      preview.cards.add(PreviewCard.of(r, preview.pictures.size()));
      preview.pictures.add(new PagePicture(preview.pictures.size(), () -> source.of(r)));
    }
    return preview;
  }

  private static List<Object> medium(InstructionRecord r) {
    return List.of(r.dataset(), r.media());
  }

  /** Numbers of the pictures of one medium: of the first, and of slices where it is a volume. */
  private record Numbers(int first, SortedMap<VolumeCut, Integer> cuts) {}

  /** Adds the picture of records of one medium, or its slices where it is a volume. */
  private Numbers addPictures(List<InstructionRecord> records, PreviewPictures source) {
    InstructionRecord any = records.get(0);
    int first = pictures.size();
    SortedSet<VolumeCut> cuts = new TreeSet<>();
    records.forEach(r -> cuts.addAll(VolumeCut.of(r)));
    SortedMap<VolumeCut, Integer> numbers = new TreeMap<>();
    cuts.forEach(cut -> numbers.put(cut, first + numbers.size()));
    if (cuts.isEmpty()) {
      pictures.add(new PagePicture(first, () -> source.of(any)));
    } else {
      List<VolumeCut> wanted = List.copyOf(cuts);
      pictures.addAll(PagePicture.together(first, cuts.size(), () -> source.of(any, wanted)));
    }
    return new Numbers(first, numbers);
  }

  /** Returns how many records or rejections are on the page. */
  public int shown() {
    return cards.size();
  }

  /** Returns of how many they were drawn. */
  public long total() {
    return total;
  }

  /** Writes the page. */
  public void write(Writer out) throws IOException {
    String script = PageTemplate.resource(Preview.class, "preview.js");
    Page page =
        new Page(
            title,
            rejected ? "rejections" : "records",
            Format.count(cards.size()),
            Format.count(total),
            cards.size() == total,
            rejected,
            json(),
            pictures,
            PageTemplate.houseStyle() + PageTemplate.resource(Preview.class, "preview.css"),
            script,
            PageTemplate.scriptHash(script));
    try {
      PageTemplate.fill(Preview.class, "preview.mustache", page, out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Returns the cards as JSON that ends no script element early. */
  private String json() throws IOException {
    return RecordJson.mapper().writeValueAsString(cards).replace("<", "\\u003c");
  }
}
