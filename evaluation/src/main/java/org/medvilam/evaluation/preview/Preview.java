package org.medvilam.evaluation.preview;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
 * <p>Records of the same picture share it. Pictures are read one by one while the page is written.
 */
public final class Preview {
  private final String title;
  private final boolean rejected;
  private final long total;
  private final List<PreviewCard> cards = new ArrayList<>();
  private final List<Picture> pictures = new ArrayList<>();

  private Preview(String title, boolean rejected, long total) {
    this.title = title;
    this.rejected = rejected;
    this.total = total;
  }

  /** A picture of the page, read when its turn comes. */
  static final class Picture {
    private final int number;
    private final Supplier<ShownPicture> source;
    private @Nullable ShownPicture read;

    Picture(int number, Supplier<ShownPicture> source) {
      this.number = number;
      this.source = source;
    }

    private ShownPicture read() {
      if (read == null) {
        read = source.get();
      }
      return read;
    }

    int number() {
      return number;
    }

    String type() {
      return read().type();
    }

    String note() {
      return read().note();
    }

    /** Returns the data, which is forgotten: the template asks for it last. */
    String data() {
      String text = Base64.getEncoder().encodeToString(read().data());
      read = null;
      return text;
    }
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
      List<Picture> pictures,
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
    Map<List<Object>, Picture> byMedia = new LinkedHashMap<>();
    for (InstructionRecord r : sample.drawn()) {
      List<Object> key = List.of(r.dataset(), r.media());
      Picture picture = byMedia.computeIfAbsent(key, k -> preview.picture(() -> source.of(r)));
      preview.cards.add(PreviewCard.of(r, picture.number()));
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
      Picture picture = preview.picture(() -> source.of(r));
      preview.cards.add(PreviewCard.of(r, picture.number()));
    }
    return preview;
  }

  private Picture picture(Supplier<ShownPicture> source) {
    Picture picture = new Picture(pictures.size(), source);
    pictures.add(picture);
    return picture;
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
