package org.medvilam.trainer;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medvilam.imaging.GreyPicture;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.instruction.AnswerText;
import org.medvilam.records.store.Store;

/**
 * Turns the records of a run into examples: pictures squashed to the model's input size, grey,
 * 0..1.
 *
 * <p>Answers are taken as they stand, so coordinates need no change: they are relative to the
 * picture's sides.
 */
public final class RecordExamples {
  private final RunFolder run;
  private final Function<String, Store> roots;
  private final int inputSize;

  /**
   * Makes a source of examples.
   *
   * @param run the run with the records
   * @param roots the tree that a dataset's picture paths start from, by the dataset's name
   * @param inputSize the side of the model's input in pixels
   */
  public RecordExamples(RunFolder run, Function<String, Store> roots, int inputSize) {
    this.run = run;
    this.roots = roots;
    this.inputSize = inputSize;
  }

  /**
   * Returns the examples to train on, in the order of the records; all of them stay in memory, and
   * records of one picture share its pixels.
   *
   * @throws IOException if a picture cannot be read, or an answer is not what its task asks for;
   *     the message names the record
   * @throws IllegalArgumentException if a record is about something other than a picture
   */
  public List<TrainingExample> training(List<InstructionRecord> records) throws IOException {
    List<TrainingExample> examples = new ArrayList<>();
    Map<Picture, float[]> known = new HashMap<>();
    for (InstructionRecord instruction : records) {
      checkAnswer(instruction);
      Picture picture = Picture.of(instruction);
      try {
        if (!known.containsKey(picture)) {
          known.put(picture, pixels(instruction));
        }
        examples.add(example(instruction, known.get(picture)));
      } catch (UnreadablePictureException | IOException e) {
        throw new IOException(
            "%s: expected a picture to train on, but %s cannot be read (%s); mend it, leave the"
                    .formatted(instruction.id(), instruction.media().uri(), reason(e))
                + " record out, or say where the pictures are now",
            e);
      }
    }
    return examples;
  }

  private static String reason(Exception e) {
    return e instanceof NoSuchFileException ? "no such file" : e.getMessage();
  }

  /** Checks that an answer states the regions of its record; its text is not repeated. */
  private static void checkAnswer(InstructionRecord instruction) throws IOException {
    String answer = instruction.answer();
    String form = null;
    if (answer.isBlank()) {
      form = "an answer";
    } else if (instruction.task() == Task.LOCALIZATION
        && !instruction.boxes().isEmpty()
        && !AnswerText.parseBoxes(answer).equals(Optional.of(instruction.boxes()))) {
      form = "its boxes as '[x1, y1, x2, y2]' joined by '; '";
    } else if (instruction.task() == Task.SEGMENTATION
        && !instruction.polygons().isEmpty()
        && !AnswerText.parseOutlines(answer).equals(Optional.of(instruction.polygons()))) {
      form = "its polygons as '<BOS> x,y ... <EOS>'";
    }
    if (form != null) {
      throw new IOException(
          "%s: expected %s as the answer to learn, found %d characters that are not; convert again"
              .formatted(instruction.id(), form, answer.length()));
    }
  }

  private static TrainingExample example(InstructionRecord instruction, float[] pixels) {
    List<int[]> boxes =
        instruction.boxes().stream()
            .map(box -> new int[] {box.x1(), box.y1(), box.x2(), box.y2()})
            .toList();
    return new TrainingExample(
        instruction.id(), pixels, instruction.instruction(), instruction.answer(), boxes);
  }

  /** Returns records by the picture they are about, in the order of each picture's first. */
  public static List<List<InstructionRecord>> byPicture(List<InstructionRecord> records) {
    return List.copyOf(
        records.stream()
            .collect(Collectors.groupingBy(Picture::of, LinkedHashMap::new, Collectors.toList()))
            .values());
  }

  /**
   * Reads the picture of a record.
   *
   * @throws IOException if it cannot be read
   * @throws UnreadablePictureException if it is damaged
   * @throws IllegalArgumentException if the record is about something other than a picture
   */
  public float[] pixels(InstructionRecord instruction) throws IOException {
    Media media = instruction.media();
    if (media.type() != MediaType.IMAGE) {
      throw new IllegalArgumentException(
          "%s: only still pictures can be learnt from, but this is a %s"
              .formatted(instruction.id(), media.type().key()));
    }
    boolean derived = Boolean.TRUE.equals(media.derived());
    Store store = derived ? run.store() : roots.apply(instruction.dataset());
    byte[] data = store.readAll(media.uri());
    List<Double> window = media.window();
    GreyPicture picture =
        window == null
            ? Pictures.grey(data, media.uri())
            : Pictures.grey(data, media.uri(), window.get(0), window.get(1));
    return picture.resized(inputSize, inputSize).values();
  }

  /** Slices and frames of one medium are different pictures. */
  private record Picture(String dataset, Media media) {
    static Picture of(InstructionRecord r) {
      return new Picture(r.dataset(), r.media());
    }
  }
}
