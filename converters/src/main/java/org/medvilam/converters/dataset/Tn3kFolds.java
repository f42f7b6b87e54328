package org.medvilam.converters.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.medvilam.converters.item.ListingException;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.Store;

/**
 * The owners' cut of TN3K's trainval part into train and validation.
 *
 * <p>They made five for cross-validation; the first, fold 0, is the one their code takes by
 * default, and the one taken here. Its numbers are indices into the pictures in numerical order,
 * which are the numbers in their names.
 */
final class Tn3kFolds {
  static final String FILE = "tn3k-trainval-fold0.json";

  private Tn3kFolds() {}

  /**
   * Where a picture of the trainval part belongs.
   *
   * @param split train or validation
   * @param source where the file says so
   */
  record Place(Split split, Source source) {}

  /** Returns the place of each picture by its name's number; empty where there is no file. */
  static Map<String, Place> read(Store root) throws IOException {
    Map<String, Place> places = new TreeMap<>();
    if (!root.exists(FILE)) {
      return places;
    }
    JsonNode file;
    try {
      file = RecordJson.mapper().readTree(root.readAll(FILE));
    } catch (JsonProcessingException e) {
      throw new ListingException(
          FILE, "expected a whole JSON file, found a break: " + e.getOriginalMessage(), e);
    }
    read(file, "train", Split.TRAIN, places);
    read(file, "val", Split.VALIDATION, places);
    return places;
  }

  private static void read(JsonNode file, String key, Split split, Map<String, Place> places)
      throws ListingException {
    JsonNode numbers = file.path(key);
    if (!numbers.isArray()) {
      throw new ListingException(
          FILE, "expected a list of numbers under '%s', found none".formatted(key));
    }
    for (int i = 0; i < numbers.size(); i++) {
      Source where = new Source(FILE, "%s %d".formatted(key, i));
      put(places, numbers.get(i), new Place(split, where));
    }
  }

  private static void put(Map<String, Place> places, JsonNode number, Place place)
      throws ListingException {
    if (!number.isInt() || number.intValue() < 0) {
      throw new ListingException(
          FILE,
          "expected whole numbers from 0 on, found %s at %s"
              .formatted(number, place.source().record()));
    }
    Place earlier = places.put("%04d".formatted(number.intValue()), place);
    if (earlier != null) {
      throw new ListingException(
          FILE,
          "expected each number once, found %s at %s and at %s"
              .formatted(number, earlier.source().record(), place.source().record()));
    }
  }
}
