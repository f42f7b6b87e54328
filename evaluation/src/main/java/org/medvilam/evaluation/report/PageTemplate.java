package org.medvilam.evaluation.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.medvilam.records.Hashing;

/** Pages of one file in the look of the house: templates that escape what they insert. */
public final class PageTemplate {
  private PageTemplate() {}

  /** Returns the style sheet that every page starts from. */
  public static String houseStyle() throws IOException {
    return resource(PageTemplate.class, "report.css");
  }

  /**
   * Fills a template and writes the page piece by piece.
   *
   * @param owner a class beside the template
   * @param template the template's file name
   * @param data what the template names; its methods are called when their turn comes
   */
  public static void fill(Class<?> owner, String template, Object data, Writer out)
      throws IOException {
    Mustache.compiler().nullValue("").compile(resource(owner, template)).execute(data, out);
  }

  /** Returns what a page's policy names a script by: the base64 of its SHA-256. */
  public static String scriptHash(String script) {
    byte[] digest = Hashing.sha256().digest(script.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }

  /** Returns a text resource beside a class. */
  public static String resource(Class<?> owner, String name) throws IOException {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("expected the resource " + name + " in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
