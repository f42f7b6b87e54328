package org.medvilam.trainer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.medvilam.imaging.GreyPicture;
import org.medvilam.imaging.Pictures;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/**
 * Turns the records of a run into examples: pictures squashed to the model's input size, grey,
 * 0..1.
 *
 * <p>Records of one picture share its pixels. Answers are taken as they stand, so coordinates need
 * no change: they are relative to the picture's sides.
 */
public final class RecordExamples {
  private final RunFolder run;
  private final Store pictures;
  private final int inputSize;
  private final Map<Media, float[]> pixels = new HashMap<>();

  /**
   * Makes a source of examples.
   *
   * @param run the run with the records
   * @param pictures the tree that the records' picture paths start from
   * @param inputSize the side of the model's input in pixels
   */
  public RecordExamples(RunFolder run, Store pictures, int inputSize) {
    this.run = run;
    this.pictures = pictures;
    this.inputSize = inputSize;
  }

  /**
   * Reads the examples of a split in the order of the records; all of them stay in memory.
   *
   * @param split the split, or null for all
   * @param which the records wanted
   * @throws IllegalArgumentException if a record wanted is about something other than a picture
   */
  public List<TrainingExample> read(Split split, Predicate<InstructionRecord> which)
      throws IOException {
    List<TrainingExample> examples = new ArrayList<>();
    run.forEach(
        split,
        instruction -> {
          if (which.test(instruction)) {
            examples.add(example(instruction));
          }
        });
    return examples;
  }

  /** Turns one record into an example. */
  public TrainingExample example(InstructionRecord instruction) throws IOException {
    List<int[]> boxes =
        instruction.boxes().stream()
            .map(box -> new int[] {box.x1(), box.y1(), box.x2(), box.y2()})
            .toList();
    return new TrainingExample(
        instruction.id(),
        pixels(instruction.id(), instruction.media()),
        instruction.instruction(),
        instruction.answer(),
        boxes);
  }

  private float[] pixels(String id, Media media) throws IOException {
    float[] known = pixels.get(media);
    if (known == null) {
      known = decode(id, media);
      pixels.put(media, known);
    }
    return known;
  }

  private float[] decode(String id, Media media) throws IOException {
    if (media.type() != MediaType.IMAGE) {
      throw new IllegalArgumentException(
          id + ": only still pictures can be learnt from, but this is a " + media.type().key());
    }
    Store store = Boolean.TRUE.equals(media.derived()) ? run.store() : pictures;
    byte[] data = store.readAll(media.uri());
    List<Double> window = media.window();
    GreyPicture picture =
        window == null
            ? Pictures.grey(data, media.uri())
            : Pictures.grey(data, media.uri(), window.get(0), window.get(1));
    return picture.resized(inputSize, inputSize).values();
  }
}
