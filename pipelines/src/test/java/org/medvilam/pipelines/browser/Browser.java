package org.medvilam.pipelines.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.NoAlertPresentException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium that tests click and type in, without network.
 *
 * <pre>{@code
 * try (Browser browser = Browser.start(scratch)) {
 *   browser.open(page);
 *   browser.driver().findElement(By.id("next")).click();
 * }
 * }</pre>
 *
 * <p>Uses {@code chromium} and {@code chromedriver} of the PATH; where they are missing, the test
 * is skipped and says so. Nothing is fetched.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Held, or its level is forgotten: the driver warns of every browser newer than itself. */
  private static final Logger LOG = Logger.getLogger("org.openqa.selenium");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver driver;
  private final Path downloads;

  private Browser(ChromeDriver driver, Path downloads) {
    this.driver = driver;
    this.downloads = downloads;
  }

  /**
   * Starts a browser with a fresh profile.
   *
   * @param scratch an empty directory for profile and downloads, removed after {@link #close}
   */
  public static Browser start(Path scratch) throws IOException {
    Optional<Path> chromium = BROWSERS.stream().flatMap(Browser::onPath).findFirst();
    Optional<Path> chromedriver = onPath("chromedriver").findFirst();
    assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "skipped: needs chromium and chromedriver on the PATH (Debian: chromium, chromium-driver)");
    LOG.setLevel(Level.SEVERE);
    Path downloads = Files.createDirectories(scratch.resolve("downloads"));
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + scratch.resolve("profile"));
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toString()));
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "SEVERE"));
    // Else the driver waves through the warning of a page that is left unfinished.
    options.enableBiDi();
    options.setCapability("unhandledPromptBehavior", Map.of("beforeUnload", "ignore"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get().toFile())
            .withSilent(true)
            .build();
    return new Browser(new ChromeDriver(service, options), downloads);
  }

  private static Stream<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }

  /** Returns the driver. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Opens a file and waits until it can be used. */
  public void open(Path page) {
    driver.get(page.toUri().toString());
    awaitPaint();
  }

  /** Waits for the first picture of a page: Chromium drops keys and clicks that come before it. */
  public void awaitPaint() {
    String painted = "return performance.getEntriesByName('first-contentful-paint').length > 0";
    await(d -> Boolean.TRUE.equals(driver.executeScript(painted)));
  }

  /** Sets the size of the page in CSS pixels. */
  public void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Writes what the window shows as PNG. */
  public void screenshot(Path file) throws IOException {
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Waits until something holds, and fails where it does not within half a minute. */
  public <T> T await(Function<? super WebDriver, T> condition) {
    return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .ignoring(NoAlertPresentException.class)
        .until(condition);
  }

  /** Returns errors since the last call: of scripts, of what could not be loaded or was blocked. */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Returns a file that the page saved, once it is there. */
  public Path download(String name) {
    Path file = downloads.resolve(name);
    await(d -> Files.exists(file));
    return file;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
