package org.medvilam.transforms.store;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.records.store.UnsafePathException;

/**
 * A place in remote storage.
 *
 * @param scheme {@code gs}, {@code s3} or {@code hdfs}
 * @param authority the bucket, or host and port; empty where Hadoop's configuration names them
 * @param key names with {@code /} between them; empty for the top
 */
record StorePlace(String scheme, String authority, String key) implements Serializable {
  static final String GS = "gs";
  static final String S3 = "s3";
  static final String HDFS = "hdfs";

  /** Bytes of a key in {@code gs://} and {@code s3://}. */
  private static final int MOST_OF_A_KEY = 1024;

  /** A key of Amazon's may hold slashes, so that part of one may look like a path. */
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9._-]+");

  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])(:\\d+)?");
  private static final String NOT_SHOWN =
      "something else, which is not shown here as it may be secret; credentials come from the platform's own chain";

  private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)/?(.*)");

  /**
   * Reads what the user typed.
   *
   * @throws IllegalArgumentException with what is wrong; a password is not repeated
   */
  static StorePlace parse(String uri) {
    Matcher form = FORM.matcher(uri);
    if (!form.matches()) {
      throw new IllegalArgumentException("expected SCHEME://BUCKET/PATH");
    }
    String scheme = form.group(1).toLowerCase(Locale.ROOT);
    String authority = form.group(2);
    boolean known = (scheme.equals(HDFS) ? HOST : BUCKET).matcher(authority).matches();
    if (!known) {
      throw new IllegalArgumentException(
          "expected %s after %s://, found %s"
              .formatted(
                  scheme.equals(HDFS) ? "HOST:PORT" : "a bucket",
                  scheme,
                  authority.isEmpty() ? "none" : NOT_SHOWN));
    }
    String key = form.group(3).replaceFirst("/+$", "");
    for (String name : key.isEmpty() ? new String[0] : key.split("/", -1)) {
      if (isNoName(name)) {
        throw new IllegalArgumentException(
            "expected names between slashes, found '%s' in %s".formatted(name, key));
      }
    }
    return new StorePlace(scheme, authority, key);
  }

  /** Tells whether a part of a key is none that a relative path can hold. */
  static boolean isNoName(String name) {
    return name.isEmpty() || name.equals(".") || name.equals("..");
  }

  /**
   * Returns the place of a relative path.
   *
   * @throws UnsafePathException if the path leaves this place, read with slashes or, as files
   *     written on Windows are, with backslashes
   */
  StorePlace resolve(String path) {
    if (path.startsWith("/") || path.startsWith("\\") || path.indexOf('\0') >= 0) {
      throw new UnsafePathException(path);
    }
    steps(path, path.replace('\\', '/'));
    String below = String.join("/", steps(path, path));
    if (below.isEmpty()) {
      return this;
    }
    return at(key.isEmpty() ? below : key + "/" + below);
  }

  private static Deque<String> steps(String path, String read) {
    Deque<String> steps = new ArrayDeque<>();
    for (String step : read.split("/", -1)) {
      if (step.equals("..")) {
        if (steps.pollLast() == null) {
          throw new UnsafePathException(path);
        }
      } else if (!isNoName(step)) {
        steps.addLast(step);
      }
    }
    return steps;
  }

  /** Tells whether no object can have this key: asking a bucket for it would be an error. */
  boolean isTooLong() {
    return !scheme.equals(HDFS) && key.getBytes(StandardCharsets.UTF_8).length > MOST_OF_A_KEY;
  }

  /** Returns another place in the same bucket. */
  StorePlace at(String other) {
    return new StorePlace(scheme, authority, other);
  }

  /** Returns the key as the beginning of the keys below it. */
  String prefix() {
    return key.isEmpty() ? "" : key + "/";
  }

  /** Returns the form that Beam's filesystems take: Hadoop's is a URI with escapes. */
  String spec() {
    if (!scheme.equals(HDFS)) {
      return toString();
    }
    return uri().toASCIIString();
  }

  /** Returns the place as a URI with escapes. */
  URI uri() {
    try {
      return new URI(scheme, authority.isEmpty() ? null : authority, "/" + key, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected a host and port, found: " + authority, e);
    }
  }

  /** Returns the form that users type. */
  @Override
  public String toString() {
    String top = scheme + "://" + authority;
    return key.isEmpty() ? top + (authority.isEmpty() ? "/" : "") : top + "/" + key;
  }
}
