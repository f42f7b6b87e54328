package org.medvilam.records.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the toolkit, as its build states it. */
public final class ToolVersion {
  /** Name and version, e.g. {@code medvilam 0.1.0}. */
  public static final String CURRENT = "medvilam " + read();

  private ToolVersion() {}

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = ToolVersion.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the version", e);
    }
    return properties.getProperty("version");
  }
}
