package org.medvilam.converters.yolo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.SmallFiles;
import org.medvilam.records.store.Store;

/**
 * The names of the classes, by index.
 *
 * @param names names in order
 * @param problem why there are none, in words, or null
 */
public record YoloNames(List<String> names, @Nullable String problem) {
  private static final int MAX_BYTES = 1 << 20;
  private static final int SHOWN = 3;
  private static final Set<String> TEXTS =
      Set.of("classes.txt", "labels.txt", "_darknet.labels", "predefined_classes.txt");

  /** Copies the list. */
  public YoloNames {
    names = List.copyOf(names);
  }

  /** Tells whether a file has the name of a list of classes. */
  public static boolean isNames(String path) {
    String extension = PathNames.extension(path);
    return TEXTS.contains(PathNames.name(path))
        || extension.equals("names")
        || extension.equals("yaml")
        || extension.equals("yml");
  }

  /** Finds the names in a tree; files that name different classes are a problem. */
  public static YoloNames find(Store root, List<String> files) throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    for (String path : files) {
      if (isNames(path)) {
        List<String> names = read(root, path);
        if (!names.isEmpty()) {
          found.put(path, names);
        }
      }
    }
    String looked =
        "Expected the names of the classes in data.yaml, obj.names, classes.txt or labels.txt";
    if (found.isEmpty()) {
      return new YoloNames(List.of(), looked + "; found no such file with names.");
    }
    if (new HashSet<>(found.values()).size() > 1) {
      String some = found.keySet().stream().limit(SHOWN).collect(Collectors.joining(", "));
      return new YoloNames(
          List.of(), looked + "; found different ones in " + some + ". Name one as --annotations.");
    }
    return new YoloNames(found.values().iterator().next(), null);
  }

  /** Returns the names in a file, none where it is of another form. */
  public static List<String> read(Store root, String path) throws IOException {
    byte[] data;
    try {
      data = SmallFiles.read(root, path, MAX_BYTES);
    } catch (ItemException e) {
      return List.of();
    }
    String text = new String(data, StandardCharsets.UTF_8).replace("\uFEFF", "");
    if (PathNames.extension(path).startsWith("y")) {
      return ofYaml(text);
    }
    return text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
  }

  /** Returns {@code names}, a list or a map of indices. */
  private static List<String> ofYaml(String text) {
    List<String> names = new ArrayList<>();
    try {
      JsonNode node = new YAMLMapper().readTree(text).path("names");
      for (int i = 0; i < node.size(); i++) {
        JsonNode name = node.isArray() ? node.get(i) : node.path(Integer.toString(i));
        if (!name.isValueNode()) {
          return List.of();
        }
        names.add(name.asText());
      }
    } catch (JsonProcessingException e) {
      return List.of();
    }
    return names;
  }
}
