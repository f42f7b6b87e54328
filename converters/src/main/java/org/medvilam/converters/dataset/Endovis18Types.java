package org.medvilam.converters.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.UnsafePathException;

/**
 * What the class numbers of ISINet's instance masks stand for.
 *
 * <p>Two numberings are about: one counts the seven types of 2018 through, the other keeps the
 * places of two types that only 2017 has. Which one a tree follows is told by its class table, else
 * by the numbers in its file names: 4 and 5 are the two types of 2017 in the one, 8 and 9 are none
 * of the seven types in the other. Numbers that fit both decide nothing.
 *
 * @param names the name of each number, as the owners write it
 * @param problem why the numbering cannot be told, in words, or null
 */
record Endovis18Types(SortedMap<Integer, String> names, @Nullable String problem) {
  /** File names of ISINet's class tables, and of the one that its script writes. */
  static final Set<String> TABLES =
      Set.of("final_labels.json", "final_labels_2017.json", "labels_2017.json");

  /** An instrument of the class tables that is none of the seven types. */
  private static final String STAPLER = "stapler";

  private static final SortedMap<Integer, String> THROUGH =
      numbered(
          "Bipolar Forceps",
          "Prograsp Forceps",
          "Large Needle Driver",
          "Monopolar Curved Scissors",
          "Ultrasound Probe",
          "Suction Instrument",
          "Clip Applier");

  private static final SortedMap<Integer, String> AS_IN_2017 =
      numbered(
          "Bipolar Forceps",
          "Prograsp Forceps",
          "Large Needle Driver",
          "Vessel Sealer",
          "Grasping Retractor",
          "Monopolar Curved Scissors",
          "Ultrasound Probe",
          "Suction Instrument",
          "Clip Applier");

  private static final Set<String> LABELS =
      THROUGH.values().stream().map(Endovis18Types::plain).collect(Collectors.toUnmodifiableSet());

  /** Makes the map unmodifiable. */
  Endovis18Types {
    names = Collections.unmodifiableSortedMap(names);
  }

  /**
   * Tells the numbering of a tree.
   *
   * @param root the tree
   * @param tables its class tables
   * @param named the class table that the user named, which decides alone, or null
   * @param numbers the class numbers of its file names
   */
  static Endovis18Types of(
      Store root, List<String> tables, @Nullable String named, SortedSet<Integer> numbers)
      throws IOException {
    List<SortedMap<Integer, String>> candidates = new ArrayList<>();
    for (String path : named == null ? tables : List.of(named)) {
      SortedMap<Integer, String> table = read(root, path);
      if (table.values().stream().noneMatch(n -> LABELS.contains(plain(n)))) {
        return none(
            "Expected instrument types such as 'Bipolar Forceps' with their classid in %s under %s, found none."
                .formatted(path, root.uri()));
      }
      candidates.add(table);
    }
    if (named != null) {
      return new Endovis18Types(candidates.get(0), null);
    }
    List<SortedMap<Integer, String>> fitting =
        (candidates.isEmpty() ? List.of(THROUGH, AS_IN_2017) : candidates)
            .stream().filter(t -> fits(t, numbers)).toList();
    long different = fitting.stream().map(Endovis18Types::typesOf).distinct().count();
    if (different != 1) {
      return none(undecided(root, tables, numbers, fitting.isEmpty()));
    }
    return new Endovis18Types(fitting.get(0), null);
  }

  /** Tells whether every number is an instrument of 2018: organs have no instance masks. */
  private static boolean fits(SortedMap<Integer, String> table, SortedSet<Integer> numbers) {
    return numbers.stream()
        .map(n -> plain(table.getOrDefault(n, "")))
        .allMatch(name -> LABELS.contains(name) || name.equals(STAPLER));
  }

  private static SortedMap<Integer, String> typesOf(SortedMap<Integer, String> table) {
    SortedMap<Integer, String> types = new TreeMap<>();
    table.forEach(
        (number, name) -> {
          if (LABELS.contains(plain(name))) {
            types.put(number, plain(name));
          }
        });
    return types;
  }

  private static String undecided(
      Store root, List<String> tables, SortedSet<Integer> numbers, boolean none) {
    return ("Expected to tell ISINet's numbering of instrument types (monopolar curved scissors are"
            + " 4 or 6) under %s; file names have the classes %s, and %s. Name the class table that"
            + " the masks were made with, relative to the input: --annotations final_labels.json or"
            + " final_labels_2017.json.")
        .formatted(
            root.uri(),
            numbers,
            tables.isEmpty()
                ? (none ? "neither numbering has them all" : "both numberings have them all")
                : (none
                        ? "no class table there has them all as instruments of 2018: "
                        : "more than one class table has them all: ")
                    + String.join(", ", tables));
  }

  /** Returns no types, with the reason in words where that is a problem. */
  static Endovis18Types none(@Nullable String problem) {
    return new Endovis18Types(new TreeMap<>(), problem);
  }

  private static SortedMap<Integer, String> read(Store root, String path) throws IOException {
    SortedMap<Integer, String> names = new TreeMap<>();
    try {
      for (JsonNode entry : Endovis18Class.entries(root, path)) {
        int number = entry.path("classid").asInt(-1);
        String name = entry.path("name").asText("").strip();
        if (number >= 0 && !name.isEmpty()) {
          names.put(number, name);
        }
      }
    } catch (UnsafePathException e) {
      return new TreeMap<>();
    }
    return names;
  }

  /** Returns the seven types, as a picture of class numbers is asked for them. */
  List<Endovis18Frame.Asked> asked() {
    return typesOf(names).entrySet().stream()
        .map(e -> new Endovis18Frame.Asked(e.getKey(), names.get(e.getKey()), e.getValue()))
        .toList();
  }

  /** Returns a mask with what its class number stands for. */
  Endovis18Frame.Instance instance(String mask, int number) {
    return new Endovis18Frame.Instance(mask, number, names.get(number), typesOf(names).get(number));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]+", " ");
  }

  private static SortedMap<Integer, String> numbered(String... names) {
    SortedMap<Integer, String> table = new TreeMap<>();
    for (String name : names) {
      table.put(table.size() + 1, name);
    }
    return Collections.unmodifiableSortedMap(table);
  }
}
