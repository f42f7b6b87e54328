package org.medvilam.pipelines.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.records.codec.RecordJson;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;

/** Someone looks at a run: the page is made by the command and used with clicks and keys. */
final class PreviewPageTest {
  private static final String SHARD = "records/train-00000-of-00001.jsonl";
  private static final String EVIL = "</script><img src=x onerror=\"document.title='hacked'\">";
  private static final int MANY = 4000;
  private static final String BOXES_OF_PANELS =
      "document.querySelectorAll('.panel path.truth').length";

  @TempDir private static Path folder;

  @TempDir private Path scratch;

  private Browser browser;

  @BeforeAll
  static void makePages() throws IOException {
    assertRun(
        "sample-data", "--dataset", "busi", "--output", folder.resolve("data"), "--images", "40");
    Path run = folder.resolve("run");
    assertRun("convert", "--dataset", "busi", "--input", folder.resolve("data"), "--output", run);
    assertRun("preview", run, "--output", folder.resolve("page.html"));
    assertRun("stats", run, "--output", folder.resolve("stats.html"));
    makeVolumes();
    makeOdd(run);
    assertRun("preview", run, "--output", folder.resolve("odd.html"), "--limit", MANY + 500);
    assertRun("preview", run, "--only", "rejected", "--output", folder.resolve("rejected.html"));
    assertRun("preview", run, "--limit", "7", "--output", folder.resolve("seven.html"));
  }

  private static void makeVolumes() {
    Path data = folder.resolve("volumes");
    Path run = folder.resolve("volumes-run");
    String dataset = "msd-hippocampus";
    assertRun("sample-data", "--dataset", dataset, "--output", data, "--images", "3");
    assertRun("convert", "--dataset", dataset, "--input", data, "--output", run);
    assertRun("preview", run, "--task", "localization", "--output", folder.resolve("volumes.html"));
  }

  /** Adds to the train part a volume, a lost picture, text that is no markup, and very many. */
  private static void makeOdd(Path run) throws IOException {
    List<ObjectNode> records = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve(SHARD))) {
      records.add((ObjectNode) RecordJson.mapper().readTree(line));
    }
    ObjectNode box =
        records.stream()
            .filter(r -> r.get("task").asText().equals("localization"))
            .findFirst()
            .orElseThrow();
    ObjectNode volume = box.deepCopy().put("id", "a volume").put("label", "nodule");
    volume.set(
        "media",
        RecordJson.mapper()
            .readTree(
                "{\"id\":\"v\",\"type\":\"volume\",\"uri\":\"v.nii\",\"width\":60,\"height\":50,\"depth\":40,\"orientation\":\"LPS\"}"));
    volume.putArray("boxes");
    volume.set(
        "boxes3d",
        RecordJson.mapper().readTree("[[100,100,250,500,600,750],[900,900,30,950,950,35]]"));
    volume.set("native", RecordJson.mapper().readTree("{\"boxes3d\":[[6,5,10,30,30,30]]}"));
    records.add(volume);
    ObjectNode lost = box.deepCopy().put("id", "a lost picture").put("label", "lost");
    ((ObjectNode) lost.get("media")).put("id", "lost").put("uri", "lost.png");
    records.add(lost);
    ObjectNode empty = box.deepCopy().put("id", "no points").put("task", "segmentation");
    empty.putArray("boxes");
    empty.putArray("polygons").addArray();
    records.add(empty);
    records.add(box.deepCopy().put("id", "evil").put("label", EVIL).put("instruction", EVIL));
    for (int i = 0; i < MANY; i++) {
      records.add(box.deepCopy().put("id", "copy " + i));
    }
    StringBuilder lines = new StringBuilder();
    records.forEach(r -> lines.append(r).append('\n'));
    Files.writeString(run.resolve(SHARD), lines);
    Files.writeString(
        run.resolve("rejected/rejected-00000-of-00001.jsonl"),
        """
        {"dataset":"busi","scope":"item","source":"benign/none.png","reason":"unreadable-picture","detail":"expected a picture"}
        {"dataset":"busi","scope":"annotation","source":"%s#1","reason":"empty-box","detail":"expected an area"}
        {"dataset":"busi","scope":"item","source":"list.csv#row 3","reason":"bad-row","detail":"expected 4 columns"}
        {"dataset":"busi","scope":"item","source":"list.csv#row 4","reason":"bad-box","detail":"expected a box","media":"%s"}
        {"dataset":"busi","scope":"item","source":"%s","reason":"bad-label","detail":"expected a label"}
        """
            .formatted(
                box.at("/media/uri").asText(),
                box.at("/media/id").asText(),
                box.at("/media/uri").asText().replace(".png", ".xml")));
  }

  private static void assertRun(Object... words) {
    String[] args = Stream.of(words).map(Object::toString).toArray(String[]::new);
    assertThat(Medvilam.run(args)).as(String.join(" ", args)).isZero();
  }

  @BeforeEach
  void start() throws IOException {
    browser = Browser.start(scratch);
    browser.resize(1280, 800);
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

  private void open(String page) {
    browser.open(folder.resolve(page));
  }

  private WebElement find(String id) {
    return browser.driver().findElement(By.id(id));
  }

  private List<WebElement> tiles() {
    return browser.driver().findElements(By.className("tile"));
  }

  /** Chooses from a list, and waits until the gallery is drawn anew. */
  private void choose(String id, String value) {
    WebElement old = tiles().get(0);
    new Select(find(id)).selectByValue(value);
    browser.await(ExpectedConditions.stalenessOf(old));
  }

  /** Returns all that a tile says, be it in the window or not. */
  private static String said(WebElement tile) {
    return tile.getDomProperty("textContent");
  }

  private void type(CharSequence... keys) {
    new Actions(browser.driver()).sendKeys(keys).perform();
  }

  private void awaitCount(int n, int of) {
    browser.await(d -> find("count").getText().equals(n + " of " + of + " shown"));
  }

  private long script(String expression) {
    return ((Number) browser.driver().executeScript("return " + expression)).longValue();
  }

  private static double leastIou(String said) {
    return Pattern.compile("[01]\\.[0-9]{3}")
        .matcher(said.substring(said.indexOf("IoU")))
        .results()
        .mapToDouble(m -> Double.parseDouble(m.group()))
        .min()
        .orElseThrow();
  }

  @Test
  void filtersAndSortsAreAppliedToTheGallery() {
    open("page.html");
    int all = 106;
    awaitCount(all, all);
    choose("task", "segmentation");
    browser.await(d -> tiles().stream().allMatch(t -> said(t).contains("segmentation")));
    int outlines = tiles().size();
    assertThat(outlines).isBetween(20, 48);
    awaitCount(outlines, all);
    List<Double> ious = new ArrayList<>();
    choose("sort", "iou");
    tiles().forEach(t -> ious.add(leastIou(said(t))));
    assertThat(ious).isSortedAccordingTo(Comparator.naturalOrder()).allMatch(iou -> iou > 0.8);
    choose("split", "test");
    browser.await(d -> tiles().stream().allMatch(t -> said(t).contains("· test")));
    find("text").sendKeys("malignant outline nothing-like-this");
    awaitCount(0, all);
    assertThat(find("none").isDisplayed()).isTrue();
    find("text").clear();
    find("text").sendKeys("MALIGNANT");
    browser.await(d -> !tiles().isEmpty());
    assertThat(tiles()).allMatch(t -> said(t).contains("malignant"));
  }

  @Test
  void outlinesShowStartDirectionAndTheNativeOneBeside() {
    open("page.html");
    choose("task", "segmentation");
    choose("sort", "-area");
    WebElement first = tiles().get(0);
    int outlines = first.findElements(By.className("start")).size();
    assertThat(outlines).isPositive();
    assertThat(first.findElements(By.className("dot"))).hasSize(24 * outlines);
    assertThat(first.findElements(By.className("arrow"))).hasSize(outlines);
    assertThat(first.findElement(By.tagName("image")).getDomAttribute("href"))
        .startsWith("data:image/jpeg;base64,");
    WebElement outline = first.findElement(By.cssSelector("path.native"));
    assertThat(outline.isDisplayed()).isTrue();
    find("natives").click();
    assertThat(outline.getCssValue("display")).isEqualTo("none");
    type("o");
    assertThat(outline.getCssValue("display")).isNotEqualTo("none");
    first.click();
    List<WebElement> panels = browser.driver().findElements(By.className("panel"));
    assertThat(panels).hasSize(2);
    assertThat(panels.get(0).getText()).startsWith("25 points, IoU 0.9");
    assertThat(panels.get(1).getText()).isEqualTo("native outline");
    assertThat(panels.get(1).findElements(By.className("dot"))).isEmpty();
    assertThat(find("slices").isDisplayed()).isFalse();
    find("close").click();
    browser.await(d -> !find("detail").isDisplayed());
  }

  @Test
  void keysWalkThroughTilesAndDetails() {
    open("page.html");
    type(Keys.ARROW_RIGHT);
    type(Keys.ARROW_RIGHT);
    assertThat(browser.driver().switchTo().activeElement()).isEqualTo(tiles().get(1));
    type(Keys.ARROW_DOWN);
    type(Keys.ARROW_UP);
    assertThat(browser.driver().switchTo().activeElement()).isEqualTo(tiles().get(1));
    type(Keys.ENTER);
    browser.await(d -> find("place").getText().equals("2 of 106"));
    type(Keys.ARROW_RIGHT);
    browser.await(d -> find("place").getText().equals("3 of 106"));
    find("back").click();
    browser.await(d -> find("place").getText().equals("2 of 106"));
    type(Keys.ESCAPE);
    browser.await(d -> !find("detail").isDisplayed());
    assertThat(browser.driver().switchTo().activeElement()).isEqualTo(tiles().get(1));
    type("/");
    type("benign");
    browser.await(d -> !find("count").getText().startsWith("106"));
  }

  @Test
  void volumesAreShownBySlice() {
    open("volumes.html");
    choose("label", "anterior hippocampus");
    find("text").sendKeys("center at");
    browser.await(d -> find("count").getText().startsWith("3 of "));
    WebElement tile = tiles().get(0);
    assertThat(said(tile)).matches("(?s)axial slice [0-9]+ of 32.*");
    assertThat(tile.findElement(By.tagName("image")).getDomAttribute("href"))
        .startsWith("data:image/jpeg;base64,");
    assertThat(tile.findElements(By.cssSelector("path.truth"))).hasSize(1);
    tile.click();
    assertThat(panelTexts())
        .satisfiesExactly(
            axial -> assertThat(axial).matches("axial slice [0-9]+ of 32"),
            coronal -> assertThat(coronal).matches("coronal slice [0-9]+ of 48"),
            sagittal -> assertThat(sagittal).matches("sagittal slice [0-9]+ of 36"));
    assertThat(script(BOXES_OF_PANELS)).isEqualTo(3);
    assertThat(
            script("document.querySelectorAll('.panel image[href^=\"data:image/jpeg\"]').length"))
        .isEqualTo(3);
    String middle = find("slice-text").getText();
    type(Keys.ARROW_UP);
    browser.await(d -> !find("slice-text").getText().equals(middle));
    type(Keys.ARROW_DOWN);
    browser.await(d -> find("slice-text").getText().equals(middle));
    find("slice").sendKeys(Keys.HOME);
    browser.await(d -> script(BOXES_OF_PANELS) == 2);
    find("next").click();
    browser.await(d -> find("place").getText().equals("2 of 3"));
    assertThat(script(BOXES_OF_PANELS)).isEqualTo(3);
  }

  private List<String> panelTexts() {
    return browser.driver().findElements(By.className("panel")).stream()
        .map(WebElement::getText)
        .toList();
  }

  @Test
  void lostPicturesSaySo() {
    open("odd.html");
    choose("label", "nodule");
    assertThat(said(tiles().get(0))).contains("missing volume; axial slice 21 of 40");
    tiles().get(0).click();
    assertThat(script(BOXES_OF_PANELS)).isEqualTo(3);
    type(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN);
    browser.await(d -> find("slice-text").getText().equals("10 of 40"));
    assertThat(script(BOXES_OF_PANELS)).isEqualTo(2);
    find("slice").sendKeys(Keys.HOME);
    browser.await(d -> find("slice-text").getText().equals("1 of 40"));
    type(Keys.ARROW_RIGHT);
    browser.await(d -> find("slice-text").getText().equals("2 of 40"));
    // Thinner than a slice, and shown by the one that holds it.
    assertThat(script(BOXES_OF_PANELS)).isEqualTo(3);
    find("close").click();
    choose("label", "lost");
    assertThat(said(tiles().get(0))).contains("missing picture");
  }

  @Test
  void textIsNeverMarkup() {
    open("odd.html");
    choose("label", EVIL);
    assertThat(tiles()).hasSize(1);
    tiles().get(0).click();
    assertThat(find("detail-title").getText()).isEqualTo(EVIL);
    assertThat(browser.driver().getTitle()).isEqualTo("Preview of run");
  }

  @Test
  void thousandsAreDrawnAsTheyComeIntoView() {
    open("odd.html");
    awaitCount(MANY + 110, MANY + 110);
    assertThat(tiles().size()).isLessThan(200);
    long before = System.nanoTime();
    for (int i = 0; i < 12; i++) {
      int drawn = tiles().size();
      browser.driver().executeScript("window.scrollTo(0, document.body.scrollHeight)");
      browser.await(d -> tiles().size() > drawn);
    }
    assertThat((System.nanoTime() - before) / 1_000_000_000L).isLessThan(60);
    assertThat(script("document.querySelectorAll('.tile image[href]').length")).isLessThan(100);
  }

  @Test
  void aSampleSaysOfHowMany() {
    open("seven.html");
    assertThat(tiles()).hasSize(7);
    assertThat(browser.driver().findElement(By.className("lead")).getText())
        .matches("7 of [0-9,]+ records, drawn by the SHA-256 of their ids");
  }

  @Test
  void whatWasRejectedIsShownWithItsReason() {
    open("rejected.html");
    awaitCount(5, 5);
    for (String reason : List.of("empty-box", "bad-box", "bad-label")) {
      choose("label", reason);
      assertThat(tiles()).as(reason).hasSize(1);
      assertThat(tiles().get(0).findElement(By.tagName("image")).getDomAttribute("href"))
          .as(reason)
          .startsWith("data:image/png");
    }
    choose("label", "bad-row");
    assertThat(said(tiles().get(0))).contains("no picture of it", "expected 4 columns");
    choose("label", "unreadable-picture");
    assertThat(said(tiles().get(0))).contains("missing picture");
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 400})
  void pagesFitTheWindow(int width) throws IOException {
    browser.resize(width, 800);
    for (String page : List.of("page.html", "volumes.html", "rejected.html", "stats.html")) {
      open(page);
      assertThat(script("document.documentElement.scrollWidth"))
          .as(page)
          .isEqualTo(script("document.documentElement.clientWidth"));
      browser.screenshot(scratch.resolve("shot.png"));
      assertThat(Files.size(scratch.resolve("shot.png"))).isGreaterThan(10_000);
    }
    for (String page : List.of("page.html", "volumes.html")) {
      open(page);
      tiles().get(0).click();
      assertThat(script("document.getElementById('detail').scrollWidth"))
          .as(page)
          .isLessThanOrEqualTo(width);
      assertThat(find("close").getSize().height).isGreaterThanOrEqualTo(40);
    }
  }
}
