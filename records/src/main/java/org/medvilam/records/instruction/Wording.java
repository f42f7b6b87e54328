package org.medvilam.records.instruction;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.medvilam.records.Hashing;
import org.medvilam.records.MediaType;
import org.medvilam.records.Task;

/** The phrasings of questions, read once from {@code instructions/*.yaml} of the templates. */
public final class Wording {
  private final Map<Task, List<String>> phrasings = new EnumMap<>(Task.class);

  private record Phrasings(List<String> phrasings) {}

  private Wording() {}

  /** Reads the wording that comes with the toolkit. */
  public static Wording standard() {
    Wording wording = new Wording();
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    for (Task task : Task.values()) {
      String path = "/instructions/" + task.key() + ".yaml";
      try (InputStream in = Wording.class.getResourceAsStream(path)) {
        if (in != null) {
          wording.phrasings.put(task, yaml.readValue(in, Phrasings.class).phrasings());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the wording " + path, e);
      }
    }
    return wording;
  }

  /**
   * Returns the question of a record.
   *
   * @param task what is asked
   * @param recordId picks one of several phrasings by hash
   * @param label standard label
   * @param media kind of medium
   */
  public String question(Task task, String recordId, String label, MediaType media) {
    List<String> choices = phrasings.get(task);
    if (choices == null) {
      throw new IllegalArgumentException("no wording for the task " + task.key());
    }
    int choice = choices.size() == 1 ? 0 : Hashing.index(recordId, choices.size());
    return choices.get(choice).replace("{label}", label).replace("{media}", media.key());
  }
}
