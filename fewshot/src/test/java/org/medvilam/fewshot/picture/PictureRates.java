package org.medvilam.fewshot.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medvilam.imaging.PictureSummary;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;

/**
 * Measures how far copies of pictures lie from their originals, and different pictures from each
 * other: where the thresholds of {@link NearMatch} come from.
 *
 * <p>Arguments: folders of pictures, each with {@code =LOW,HIGH} behind it where 16-bit pictures
 * have a window. Masks and blank pictures are left out, and files of the same samples count once.
 */
final class PictureRates {
  private static final Pattern PICTURE = Pattern.compile(".*\\.(png|jpe?g|tiff?|bmp)");
  private static final Pattern MASK =
      Pattern.compile(".*(_mask|segment|/masks?/[^/]+$|panoptic|groundtruth|annotations).*");

  private final @Nullable List<Double> window;
  private final Map<String, Small> originals = new LinkedHashMap<>();
  private final Map<String, Pairs> copies = new LinkedHashMap<>();

  /** A picture as it is compared; without a thumbnail where it is blank. */
  @SuppressWarnings("ArrayRecordComponent") // compared by Thumbnail alone
  private record Small(String name, String pixels, long hash, byte @Nullable [] thumbnail) {}

  /** Distances of pairs of pictures. */
  static final class Pairs {
    private int all;
    private int matches;
    private int mostBits;
    private double leastError = 9;
    private double greatestError;

    private void add(Small a, Small b) {
      all++;
      if (a.thumbnail == null || b.thumbnail == null) {
        greatestError = 9;
        return;
      }
      int bits = Long.bitCount(a.hash ^ b.hash);
      double error = Thumbnail.error(a.thumbnail, b.thumbnail, Double.MAX_VALUE);
      mostBits = Math.max(mostBits, bits);
      greatestError = Math.max(greatestError, error);
      if (bits <= NearMatch.MAX_BITS) {
        leastError = Math.min(leastError, error);
        matches += error <= NearMatch.MAX_ERROR ? 1 : 0;
      }
    }

    /** Returns the number of pairs. */
    int all() {
      return all;
    }

    /** Returns the number of pairs taken for the same picture. */
    int matches() {
      return matches;
    }
  }

  PictureRates(@Nullable List<Double> window) {
    this.window = window;
  }

  public static void main(String[] args) throws IOException {
    for (String arg : args) {
      String[] parts = arg.split("=", 2);
      List<Double> window =
          parts.length == 1 ? null : Stream.of(parts[1].split(",")).map(Double::valueOf).toList();
      PictureRates rates = new PictureRates(window);
      rates.add(Path.of(parts[0]));
      System.out.printf("%s: %d different pictures%n", parts[0], rates.originals.size());
      rates.copies().forEach(PictureRates::print);
      print("different pictures", rates.strangers());
    }
  }

  private static void print(String what, Pairs p) {
    System.out.printf(
        Locale.ROOT,
        "  %-20s %d of %d taken for the same; at most %d bits, error %.4f; least error within %d bits %.4f%n",
        what,
        p.matches,
        p.all,
        p.mostBits,
        p.greatestError,
        NearMatch.MAX_BITS,
        p.leastError);
  }

  /** Adds the pictures of a folder, with copies. */
  void add(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> files = Files.walk(folder)) {
      paths = files.filter(Files::isRegularFile).filter(PictureRates::isPicture).sorted().toList();
    }
    for (Path file : paths) {
      byte[] data = Files.readAllBytes(file);
      Small small = small(file.toString(), data, window);
      boolean shows = small != null && small.thumbnail != null;
      if (shows && originals.putIfAbsent(small.pixels, small) == null) {
        for (Map.Entry<String, byte[]> copy : PictureCopies.of(data, window).entrySet()) {
          Small other = small(copy.getKey(), copy.getValue(), null);
          copies.computeIfAbsent(copy.getKey(), k -> new Pairs()).add(small, other);
        }
      }
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return PICTURE.matcher(name).matches() && !MASK.matcher(name).matches();
  }

  private static @Nullable Small small(String name, byte[] data, @Nullable List<Double> window) {
    try {
      PictureSummary s = Pictures.summary(data, name, window, PerceptualHash.SIDE);
      return new Small(name, s.pixelSha256(), PerceptualHash.of(s.small()), Thumbnail.of(s));
    } catch (UnreadablePictureException e) {
      return null;
    }
  }

  /** Returns the distances of copies to their originals by what was done to them. */
  Map<String, Pairs> copies() {
    return copies;
  }

  /** Returns the distances of all different pictures. */
  Pairs strangers() {
    List<Small> all = new ArrayList<>(originals.values());
    Pairs pairs = new Pairs();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        pairs.add(all.get(i), all.get(j));
      }
    }
    return pairs;
  }
}
