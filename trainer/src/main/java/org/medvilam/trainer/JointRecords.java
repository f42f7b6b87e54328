package org.medvilam.trainer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;
import org.medvilam.trainer.text.Tokenizer;

/**
 * Records of finished runs to pre-train from: any modality, and any question that a text answers.
 *
 * <p>All of them stay in memory, a picture once. Which record is drawn depends on the seed, the
 * records and their order alone.
 */
public final class JointRecords {
  /** Longer texts are left out: a batch takes the memory of its longest. */
  private static final int LONGEST = 512;

  private final int size;
  private final int patch;
  private final List<Lesson> lessons = new ArrayList<>();
  private final List<Lesson> placed = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final MessageDigest digest = Hashing.sha256();
  private int tooLong;

  /** Makes an empty collection for bases of a shape. */
  public JointRecords(PretrainingOptions options) {
    size = options.network().vision().imageSize();
    patch = options.network().vision().patchSize();
  }

  /**
   * Adds records of a run.
   *
   * @param run the run
   * @param roots the tree that a dataset's picture paths start from, by the dataset's name
   * @param records those to learn
   * @throws IOException if a picture cannot be read, or an answer is not what its task asks for;
   *     the message names the record
   */
  public void add(RunFolder run, Function<String, Store> roots, List<InstructionRecord> records)
      throws IOException {
    List<TrainingExample> examples = new RecordExamples(run, roots, size).training(records);
    for (int i = 0; i < examples.size(); i++) {
      InstructionRecord r = records.get(i);
      TrainingExample example = examples.get(i);
      if (tokens(example) > LONGEST) {
        tooLong++;
        continue;
      }
      Lesson lesson =
          new Lesson(
              example.pixels(),
              example.instruction(),
              example.answer(),
              PatchTruth.of(r, size, patch));
      lessons.add(lesson);
      if (lesson.patches() != null) {
        placed.add(lesson);
      }
      counts.merge(String.join(", ", r.dataset(), r.modality(), r.task().key()), 1, Integer::sum);
      example.addTo(digest);
    }
  }

  private static int tokens(TrainingExample example) {
    Tokenizer tokenizer = Tokenizer.standard();
    return tokenizer.encode(example.instruction()).length
        + tokenizer.encode(example.answer()).length;
  }

  /** Returns the number of records. */
  public int size() {
    return lessons.size();
  }

  /** Returns the number of records that have boxes or outlines. */
  public int placed() {
    return placed.size();
  }

  /** Returns the number of records that were left out since their texts are too long. */
  public int tooLong() {
    return tooLong;
  }

  /** Returns the number of records by dataset, modality and task. */
  public Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  /** Returns what a card says of them. */
  ObjectNode card() {
    ObjectNode card = new ObjectMapper().createObjectNode();
    card.put("records", lessons.size());
    counts.forEach(card.putObject("by_dataset_modality_and_task")::put);
    card.put("too_long", tooLong);
    try {
      card.put("sha256", HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest()));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
    return card;
  }

  /** Draws records, each epoch a new shuffle. */
  Draw draw(long seed, boolean onlyPlaced) {
    return new Draw(onlyPlaced ? placed : lessons, seed);
  }

  /** An endless sequence of records. */
  static final class Draw {
    private final List<Lesson> from;
    private final long seed;
    private int[] order = {};
    private long epoch = -1;

    private Draw(List<Lesson> from, long seed) {
      this.from = List.copyOf(from);
      this.seed = seed;
    }

    /** Returns the record with a number, counted from zero. */
    Lesson lesson(long number) {
      if (number / from.size() != epoch) {
        epoch = number / from.size();
        order = ExampleOrder.shuffled(seed, epoch, from.size());
      }
      return from.get(order[Math.toIntExact(number % order.length)]);
    }
  }
}
