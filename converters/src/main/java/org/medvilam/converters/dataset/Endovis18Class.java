package org.medvilam.converters.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.SmallFiles;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.Store;

/**
 * A class of the challenge's label pictures.
 *
 * @param id {@code classid} of labels.json
 * @param colour {@code 0xRRGGBB}
 * @param name the owners' name
 */
record Endovis18Class(int id, int colour, String name) {
  static final Endovis18Class SUCTION = new Endovis18Class(9, 0x7b0faf, "suction-instrument");
  static final Endovis18Class PROBE = new Endovis18Class(11, 0x0cff8d, "ultrasound-probe");

  /** All classes but the background, in order of their ids. */
  static final List<Endovis18Class> ALL =
      List.of(
          new Endovis18Class(1, 0x00ff00, "instrument-shaft"),
          new Endovis18Class(2, 0x00ffff, "instrument-clasper"),
          new Endovis18Class(3, 0x7dff0c, "instrument-wrist"),
          new Endovis18Class(4, 0xff3700, "kidney-parenchyma"),
          new Endovis18Class(5, 0x18377d, "covered-kidney"),
          new Endovis18Class(6, 0xbb9b19, "thread"),
          new Endovis18Class(7, 0x00ff7d, "clamps"),
          new Endovis18Class(8, 0xffff7d, "suturing-needle"),
          SUCTION,
          new Endovis18Class(10, 0x7c9b05, "small-intestine"),
          PROBE);

  static final Endovis18Class BACKGROUND = new Endovis18Class(0, 0, "background-tissue");

  /** The largest class table, in bytes. */
  static final int MAX_TABLE = 1 << 20;

  /** Returns the standard label. */
  String label() {
    return name.replace('-', ' ');
  }

  /** Tells whether a colour is that of a class or of the background. */
  static boolean isKnown(int colour) {
    return colour == BACKGROUND.colour || ALL.stream().anyMatch(c -> c.colour == colour);
  }

  /** Returns a colour as labels.json writes it. */
  static String shown(int colour) {
    return "[%d, %d, %d]".formatted(colour >> 16, colour >> 8 & 0xff, colour & 0xff);
  }

  /**
   * Compares a labels.json with the owners' table, by colour and id: names are written in several
   * ways.
   *
   * <p>A release lists its entries, the test data {@code {"classes": entries}} with an alpha after
   * each colour; a file may leave classes out.
   *
   * @return the first difference in words, or null
   */
  static @Nullable String problem(Store root, String path) throws IOException {
    JsonNode entries = entries(root, path);
    if (entries.isEmpty()) {
      return "Expected a list of classes with name, color and classid in %s, found none."
          .formatted(path);
    }
    for (JsonNode entry : entries) {
      String problem = entryProblem(entry);
      if (problem != null) {
        return "Expected the challenge's classes in %s, found %s. Fetch the owners' file."
            .formatted(path, problem);
      }
    }
    return null;
  }

  /** Returns the entries of a class table, of the challenge or of ISINet; empty where none are. */
  static JsonNode entries(Store root, String path) throws IOException {
    try {
      JsonNode file = RecordJson.mapper().readTree(SmallFiles.read(root, path, MAX_TABLE));
      return file.isArray() ? file : file.path("classes");
    } catch (JsonProcessingException | ItemException e) {
      return MissingNode.getInstance();
    }
  }

  private static @Nullable String entryProblem(JsonNode entry) {
    int id = entry.path("classid").asInt(-1);
    int colour = colour(entry.path("color"));
    if (id < 0 || colour < 0) {
      return "an entry without a classid or a color of 3 numbers";
    }
    Endovis18Class expected =
        ALL.stream().filter(c -> c.id == id || c.colour == colour).findFirst().orElse(BACKGROUND);
    return expected.id == id && expected.colour == colour
        ? null
        : "class %d of colour %s, where the owners have class %d of colour %s"
            .formatted(id, shown(colour), expected.id, shown(expected.colour));
  }

  /** Returns a colour as {@code 0xRRGGBB}, whatever follows its three numbers; -1 where none is. */
  private static int colour(JsonNode rgb) {
    int colour = 0;
    for (int c = 0; c < 3; c++) {
      int part = rgb.path(c).asInt(-1);
      if (part < 0 || part > 0xff) {
        return -1;
      }
      colour = colour << 8 | part;
    }
    return colour;
  }
}
