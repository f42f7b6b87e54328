package org.medvilam.pipelines.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.prediction.PredictionFile;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.openqa.selenium.Alert;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoAlertPresentException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.WheelInput.ScrollOrigin;

/** Raters at work: pages are made by the command, filled in with clicks and keys, and scored. */
final class ReaderStudyPageTest {
  private static final int RECORDS = 6;
  private static final String EVIL = "<img src=x onerror=\"document.title='hacked'\"></script>";

  @TempDir private static Path folder;

  @TempDir private Path scratch;

  private Browser browser;

  @BeforeAll
  static void makePages() throws IOException {
    Path data = folder.resolve("data");
    Path run = folder.resolve("run");
    assertRun("sample-data", "--dataset", "busi", "--output", data, "--images", "40");
    assertRun("convert", "--dataset", "busi", "--input", data, "--output", run);
    List<InstructionRecord> records = new ArrayList<>();
    RunFolder.open(LocalStore.of(run)).forEach(Split.TEST, records::add);
    Path exact = folder.resolve("exactsystem.jsonl");
    Path vague = folder.resolve("vaguesystem.jsonl");
    PredictionFile.write(exact, answers(records, false));
    PredictionFile.write(vague, answers(records, true));
    assertRun(
        "reader-study",
        "create",
        "--data",
        run,
        "--predictions",
        exact,
        "--predictions",
        vague,
        "--items",
        RECORDS,
        "--raters",
        2,
        "--output",
        folder.resolve("study"));
  }

  private static List<Prediction> answers(List<InstructionRecord> records, boolean vague) {
    return records.stream()
        .map(
            r -> {
              boolean text = r.task() == Task.CLASSIFICATION;
              String wrong = text ? EVIL : r.task() == Task.LOCALIZATION ? "[0, 0, 9, 9]" : "there";
              return new Prediction(r.id(), vague ? wrong : r.answer());
            })
        .toList();
  }

  private static void assertRun(Object... words) {
    String[] args = Stream.of(words).map(Object::toString).toArray(String[]::new);
    assertThat(Medvilam.run(args)).as(String.join(" ", args)).isZero();
  }

  @BeforeEach
  void open() throws IOException {
    browser = Browser.start(scratch);
    browser.resize(1280, 800);
    browser.open(page("R1"));
  }

  @AfterEach
  void close() {
    if (browser == null) {
      return;
    }
    try (Browser closing = browser) {
      assertThat(closing.errors()).isEmpty();
    }
  }

  @Test
  void errorsOfScriptsAreHeard() throws IOException {
    String script = "<script>missing();</script><img src='data:,x'>";
    browser.open(Files.writeString(scratch.resolve("broken.html"), "Broken" + script));
    assertThat(browser.errors()).hasSize(1).first().asString().contains("missing is not defined");
  }

  private static Path page(String rater) {
    return folder.resolve("study").resolve("raters").resolve(rater + ".html");
  }

  private WebElement find(String id) {
    return browser.driver().findElement(By.id(id));
  }

  private void type(CharSequence... keys) {
    new Actions(browser.driver()).sendKeys(keys).perform();
  }

  /** Waits until so many items are answered. */
  private void awaitCount(String start) {
    browser.await(d -> find("count").getText().startsWith(start));
  }

  /** Returns the one item that is shown, or the end of the study. */
  private WebElement shown() {
    By one = By.cssSelector(".item:not([hidden]), .end:not([hidden])");
    // Two are for a moment, while one is left for the next.
    return browser.await(
        d -> {
          List<WebElement> visible = d.findElements(one);
          return visible.size() == 1 ? visible.get(0) : null;
        });
  }

  private static JsonNode json(Path file) throws IOException {
    return RecordJson.mapper().readTree(file.toFile());
  }

  private static JsonNode entry(JsonNode list, String code) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(e -> e.get("code").asText().equals(code))
        .findFirst()
        .orElseThrow();
  }

  private Path saved(String rater) {
    return browser.download("answers-" + rater + ".json");
  }

  /** Answers every item by keys alone: the exact system is better and has no error. */
  private void answerByKeys(JsonNode key, String rater) {
    for (int i = 0; i < 3 * RECORDS; i++) {
      String code = shown().getDomAttribute("data-code");
      if (code.startsWith("c-")) {
        String left = entry(key.get("comparisons"), code).get("left").get(rater).asText();
        type(left.equals("exactsystem") ? "l" : "r");
      } else if (entry(key.get("answers"), code).get("system").asText().equals("exactsystem")) {
        type("y");
      } else {
        type(Keys.TAB, Keys.TAB, Keys.TAB, "2", Keys.TAB, Keys.ARROW_UP, "n");
      }
      awaitCount(i + 1 + " of 18");
      type(Keys.ENTER);
      browser.await(d -> !code.equals(shown().getDomAttribute("data-code")));
    }
  }

  @Test
  void aRaterAnswersByKeysAndTheAnswersAreScored() throws IOException {
    JsonNode key = json(folder.resolve("study/key.json"));
    answerByKeys(key, "R1");
    assertThat(shown().getText()).contains("Every item has an answer");
    assertThat(find("count").getText()).isEqualTo("18 of 18 answered");
    type("s");
    Path answers = saved("R1");
    browser.driver().navigate().to("about:blank");
    assertThat(browser.driver().getCurrentUrl()).isEqualTo("about:blank");

    Path scores = folder.resolve("scores");
    assertRun(
        "reader-study",
        "score",
        "--key",
        folder.resolve("study/key.json"),
        "--answers",
        answers,
        "--output",
        scores);
    JsonNode study = json(scores.resolve("study.json"));
    assertThat(study.at("/preferences/0/first").asText()).isEqualTo("exactsystem");
    assertThat(study.at("/preferences/0/first_better").asInt()).isEqualTo(RECORDS);
    assertThat(study.at("/preferences/0/preferred/trials").asInt()).isEqualTo(RECORDS);
    assertThat(study.at("/ratings/0/acceptable/records/successes").asInt()).isEqualTo(RECORDS);
    assertThat(study.at("/ratings/1/acceptable/records/successes").asInt()).isZero();
    assertThat(study.at("/ratings/1/errors/b/significant/total").asInt()).isEqualTo(2 * RECORDS);
    assertThat(study.at("/ratings/1/errors/b/insignificant/total").asInt()).isEqualTo(RECORDS);
    assertThat(study.at("/forms/0/answered").asInt()).isEqualTo(3 * RECORDS);
    browser.open(scores.resolve("study.html"));
    assertThat(find("top").getText()).contains("exactsystem better than vaguesystem", "100.0 %");
  }

  @Test
  void clicksAreKeptWhenThePageIsLoadedAgain() throws IOException {
    click(shown(), "Right");
    find("next").click();
    click(shown(), "Equal");
    goTo(RECORDS);
    WebElement rating = shown();
    WebElement more = rating.findElements(By.cssSelector("[data-step='1']")).get(0);
    more.click();
    more.click();
    rating.findElements(By.cssSelector("[data-step='-1']")).get(0).click();
    click(rating, "Not acceptable");
    find("save").click();
    JsonNode before = json(saved("R1"));
    assertThat(before.get("comparisons"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("right", "equal");
    assertThat(before.get("ratings")).hasSize(1);
    JsonNode first = before.get("ratings").elements().next();
    assertThat(first.at("/errors/a/significant").asInt()).isEqualTo(1);
    assertThat(first.at("/acceptable").asBoolean(true)).isFalse();

    leaveFor(page("R1")).accept();
    browser.await(d -> shown().getText().contains("3 of 18"));
    browser.awaitPaint();
    assertThat(find("count").getText()).isEqualTo("3 of 18 answered");
    Files.delete(saved("R1"));
    find("save").click();
    assertThat(json(saved("R1"))).isEqualTo(before);
  }

  private void click(WebElement item, String text) {
    WebElement label =
        item.findElements(By.cssSelector(".choice label")).stream()
            .filter(l -> l.getText().startsWith(text))
            .findFirst()
            .orElseThrow();
    new Actions(browser.driver()).scrollFromOrigin(ScrollOrigin.fromViewport(), 0, 2000).perform();
    label.click();
  }

  /** Follows a link as a person would, which the page answers by a question. */
  private Alert leaveFor(Path page) {
    browser
        .driver()
        .executeScript(
            "setTimeout(link => { location.href = link; }, 0, arguments[0])",
            page.toUri().toString());
    return browser.await(d -> d.switchTo().alert());
  }

  private void goTo(int index) {
    while (!shown().getDomAttribute("id").equals("item-" + (index + 1))) {
      find("next").click();
    }
  }

  @Test
  void leavingAnUnfinishedPageIsWarnedOf() {
    type("e");
    awaitCount("1 of 18");
    leaveFor(page("R2")).dismiss();
    assertThat(browser.driver().getCurrentUrl()).endsWith("R1.html");
  }

  @Test
  void savedAnswersOfTheSameRaterCanBeLoaded() throws IOException {
    type("l");
    awaitCount("1 of 18");
    find("save").click();
    Path mine = saved("R1");
    browser.driver().executeScript("localStorage.clear()");
    leaveFor(page("R2")).accept();
    browser.await(d -> d.getTitle().endsWith("R2"));
    find("load").sendKeys(mine.toString());
    browser.await(d -> !find("loaded").getText().isEmpty());
    assertThat(find("loaded").getText()).startsWith("These are not answers of rater R2");
    browser.open(page("R1"));
    assertThat(find("count").getText()).startsWith("0 of");
    find("load").sendKeys(mine.toString());
    awaitCount("1 of 18");
  }

  @Test
  void markupInAnswersStaysText() {
    Predicate<WebElement> evil = e -> e.getDomProperty("textContent").equals(EVIL);
    assertThat(browser.driver().findElements(By.tagName("blockquote"))).anyMatch(evil);
    assertThat(browser.driver().findElements(By.tagName("img"))).isEmpty();
    assertThat(browser.driver().getTitle()).isEqualTo("Reader study, R1");
    assertThatThrownBy(() -> browser.driver().switchTo().alert())
        .isInstanceOf(NoAlertPresentException.class);
  }

  @Test
  void nothingIsFetchedAndPicturesAreDrawn() {
    assertThat(
            browser
                .driver()
                .executeScript(
                    "return performance.getEntriesByType('resource').map(e => e.name)"
                        + ".filter(name => !name.startsWith('data:'))"))
        .isEqualTo(List.of());
    Object size =
        browser
            .driver()
            .executeScript(
                "const box = document.querySelector('.item:not([hidden]) .picture use').getBBox();"
                    + " return box.width > 0 && box.height > 0");
    assertThat(size).isEqualTo(true);
    type("h");
    browser.await(d -> find("draw").getText().startsWith("Show"));
    assertThat(browser.driver().findElements(By.cssSelector(".drawn")))
        .isNotEmpty()
        .noneMatch(WebElement::isDisplayed);
  }

  @Test
  void aNarrowWindowNeedsNoSidewaysScrollingAndKeepsTargetsLarge() {
    browser.resize(400, 800);
    for (int index : List.of(0, RECORDS)) {
      goTo(index);
      Object[] widths = {
        browser.driver().executeScript("return document.documentElement.scrollWidth"),
        browser.driver().executeScript("return document.documentElement.clientWidth")
      };
      assertThat(widths[0]).isEqualTo(widths[1]);
      Map<String, Integer> small =
          browser.driver().findElements(By.cssSelector("button, .choice label")).stream()
              .filter(WebElement::isDisplayed)
              .filter(e -> e.getSize().height < 44 || e.getSize().width < 44)
              .collect(Collectors.toMap(WebElement::getText, e -> e.getSize().height));
      assertThat(small).isEmpty();
    }
  }
}
