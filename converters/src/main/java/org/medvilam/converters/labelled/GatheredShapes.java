package org.medvilam.converters.labelled;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.records.codec.RecordJson;

/**
 * Entries of a label file, gathered by picture on disk: a file may speak of a picture in many
 * places.
 */
public final class GatheredShapes implements AutoCloseable {
  private static final int DIGITS = 12;

  private final SortedLines lines;
  private long count;

  /** Starts without any. */
  public GatheredShapes(SortedLines.Scratch scratch) throws IOException {
    this.lines = scratch.create();
  }

  /**
   * An entry.
   *
   * @param shape a thing, or null where the entry says that there is none
   * @param position where the entry stands
   * @param width columns that the entry states, or 0
   * @param height rows that the entry states, or 0
   */
  public record Entry(@Nullable Shape shape, String position, int width, int height) {}

  /** Adds an entry of a picture. */
  public void add(String picture, Entry entry) throws IOException {
    String key = RecordJson.mapper().writeValueAsString(picture);
    String number = String.format(Locale.ROOT, "%0" + DIGITS + "d", count++);
    lines.add(key + "\t" + number + "\t" + RecordJson.mapper().writeValueAsString(entry));
  }

  /** Takes a picture and its entries, in order of the file. */
  public interface Pictures {
    /** Takes one picture. */
    void take(String picture, List<Entry> entries) throws IOException;
  }

  /** Gives out every picture once; nothing may be added after. */
  public void forEach(Pictures pictures) throws IOException {
    try (BufferedReader sorted = lines.sorted()) {
      String key = null;
      List<Entry> entries = new ArrayList<>();
      for (String line = sorted.readLine(); line != null; line = sorted.readLine()) {
        int tab = line.indexOf('\t');
        String next = line.substring(0, tab);
        if (key != null && !key.equals(next)) {
          pictures.take(RecordJson.mapper().readValue(key, String.class), entries);
          entries.clear();
        }
        key = next;
        String json = line.substring(tab + DIGITS + 2);
        entries.add(RecordJson.mapper().readValue(json, Entry.class));
      }
      if (key != null) {
        pictures.take(RecordJson.mapper().readValue(key, String.class), entries);
      }
    }
  }

  /**
   * Returns what the entries of a picture say; they must agree on its size.
   *
   * @param labels path of the label file
   */
  public static LabelledPicture picture(
      String labels, PictureIndex.Found found, List<Entry> entries) {
    List<Shape> shapes = new ArrayList<>();
    Set<String> sizes = new TreeSet<>();
    for (Entry entry : entries) {
      sizes.add(entry.width() + "x" + entry.height());
      if (entry.shape() != null) {
        shapes.add(entry.shape());
      }
    }
    Entry first = entries.get(0);
    String detail = "expected one size of a picture, found " + String.join(", ", sizes);
    return LabelledPicture.of(labels, first.position(), found, shapes)
        .sized(first.width(), first.height())
        .withNegatives(entries.size() - shapes.size())
        .withProblem(sizes.size() > 1 ? new Problem("conflicting-sizes", detail) : null);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
