package org.medvilam.evaluation.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medvilam.evaluation.report.PageTemplate;
import org.medvilam.evaluation.report.PictureSource;
import org.medvilam.records.InstructionRecord;

/**
 * Everything that one rater's page names; the template escapes what it inserts.
 *
 * <p>Nothing of the key is here: no system, no record id, no file name.
 *
 * @param study the study's hash
 * @param rater the rater
 * @param total number of items
 * @param comparisons number of items that compare two answers
 * @param ratings number of items that rate one answer
 * @param ties what happens to equal answers
 * @param pictures each picture once
 * @param items what is asked, in the rater's own order
 * @param categories kinds of errors
 * @param style the style sheet
 * @param script the script
 * @param scriptHash what the page's policy allows to run, and nothing else
 */
record RaterPage(
    String study,
    String rater,
    int total,
    int comparisons,
    int ratings,
    String ties,
    List<PagePicture> pictures,
    List<Item> items,
    List<ErrorCategory> categories,
    String style,
    String script,
    String scriptHash) {

  /**
   * One question to the rater.
   *
   * @param number its place, from 1
   * @param code its code
   * @param comparison whether it compares two answers
   * @param question what the systems were asked
   * @param picture the picture
   * @param panels the two answers; or the answer and the reference
   * @param drawn whether an answer is drawn on the picture
   */
  record Item(
      int number,
      String code,
      boolean comparison,
      String question,
      PagePicture picture,
      List<Panel> panels,
      boolean drawn) {}

  /** Tells whether the page compares answers. */
  boolean compares() {
    return comparisons > 0;
  }

  /** Tells whether the page rates answers one by one. */
  boolean rates() {
    return ratings > 0;
  }

  static RaterPage of(
      StudyDraw draw,
      String rater,
      List<StudyKey.Comparison> comparisons,
      List<StudyKey.Answer> answers,
      PictureSource source)
      throws IOException {
    Map<String, PagePicture> pictures = new LinkedHashMap<>();
    List<Item> items = new ArrayList<>();
    for (StudyKey.Comparison c : comparisons) {
      InstructionRecord record = draw.records().get(c.recordId());
      boolean firstLeft = c.left().get(rater).equals(c.first());
      String left = draw.answers().get(firstLeft ? c.first() : c.second()).get(record.id());
      String right = draw.answers().get(firstLeft ? c.second() : c.first()).get(record.id());
      List<Panel> panels =
          List.of(Panel.answer("Left", record, left), Panel.answer("Right", record, right));
      items.add(item(items.size() + 1, c.code(), true, record, panels, pictures, source));
    }
    for (StudyKey.Answer a : answers) {
      InstructionRecord record = draw.records().get(a.recordId());
      String answer = draw.answers().get(a.system()).get(record.id());
      List<Panel> panels = List.of(Panel.answer("Answer", record, answer), Panel.reference(record));
      items.add(item(items.size() + 1, a.code(), false, record, panels, pictures, source));
    }
    String script = PageTemplate.resource(RaterPage.class, "rater.js");
    return new RaterPage(
        draw.key().study(),
        rater,
        items.size(),
        comparisons.size(),
        answers.size(),
        draw.key().ties().rule(),
        List.copyOf(pictures.values()),
        items,
        List.of(ErrorCategory.values()),
        PageTemplate.houseStyle() + PageTemplate.resource(RaterPage.class, "rater.css"),
        script,
        PageTemplate.scriptHash(script));
  }

  private static Item item(
      int number,
      String code,
      boolean comparison,
      InstructionRecord record,
      List<Panel> panels,
      Map<String, PagePicture> pictures,
      PictureSource source) {
    PagePicture picture =
        pictures.computeIfAbsent(
            record.id(), id -> new PagePicture("p" + (pictures.size() + 1), record, source));
    boolean drawn = panels.stream().anyMatch(p -> !p.path().isEmpty());
    return new Item(number, code, comparison, record.instruction(), picture, panels, drawn);
  }
}
