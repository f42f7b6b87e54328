package org.medvilam.evaluation.study;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.report.PageTemplate;
import org.medvilam.evaluation.report.PictureSource;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;

/**
 * A drawn study, ready to be handed out.
 *
 * <pre>{@code
 * ReaderStudy.draw(records, Map.of("ours", ours, "theirs", theirs), options, pictures)
 *     .write(Path.of("out/study"));
 * }</pre>
 *
 * <p>Records come in the order of a hash, so do the items of each rater and the sides of each pair.
 * What pages call items and what the draws start from is salted with every answer of every system:
 * whoever can compute the salt holds the answers with their names already, and needs no key.
 */
public final class ReaderStudy {
  /** The file that undoes the blinding. */
  public static final String KEY = "key.json";

  /** The folder of pages and empty forms, one of each for every rater. */
  public static final String RATERS = "raters";

  private final StudyDraw draw;
  private final PictureSource pictures;

  private ReaderStudy(StudyDraw draw, PictureSource pictures) {
    this.draw = draw;
    this.pictures = pictures;
  }

  /**
   * Draws a study.
   *
   * @param records everything that the systems may have been asked; ids are unique
   * @param systems answers in the toolkit's space by name of the system, at most one per record
   * @param options how to draw
   * @param pictures gives the pictures; a record without one is left out and named in the key
   * @throws StudyException if nothing can be shown, or if answers and records do not fit
   */
  public static ReaderStudy draw(
      Collection<InstructionRecord> records,
      Map<String, List<Prediction>> systems,
      StudyOptions options,
      PictureSource pictures)
      throws IOException {
    return new ReaderStudy(StudyDraw.of(records, systems, options, pictures), pictures);
  }

  /** Returns the key. */
  public StudyKey key() {
    return draw.key();
  }

  /** Returns the number of records that are shown. */
  public int records() {
    return draw.records().size();
  }

  /** Writes the key, the pages and the empty forms, replacing them where they exist. */
  public void write(Path directory) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(RATERS));
    for (String rater : key().raters()) {
      List<StudyKey.Comparison> comparisons = ordered(key().comparisons(), rater);
      List<StudyKey.Answer> answers = orderedAnswers(key().answers(), rater);
      Path page = folder.resolve(rater + ".html");
      try (Writer out = Files.newBufferedWriter(page, StandardCharsets.UTF_8)) {
        RaterPage view = RaterPage.of(draw, rater, comparisons, answers, pictures);
        PageTemplate.fill(RaterPage.class, "rater.mustache", view, out);
      }
      Files.writeString(
          folder.resolve("answers-" + rater + ".csv"),
          FormCsv.empty(key().study(), rater, comparisons, answers));
    }
    RunFolder.writeJson(LocalStore.of(directory), KEY, key());
  }

  private List<StudyKey.Comparison> ordered(List<StudyKey.Comparison> all, String rater) {
    return all.stream()
        .sorted(Comparator.comparing(c -> draw.salt().place(rater, c.code())))
        .toList();
  }

  private List<StudyKey.Answer> orderedAnswers(List<StudyKey.Answer> all, String rater) {
    return all.stream()
        .sorted(Comparator.comparing(a -> draw.salt().place(rater, a.code())))
        .toList();
  }
}
