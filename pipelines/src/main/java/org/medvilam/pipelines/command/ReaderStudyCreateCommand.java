package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.prediction.CoordinateSpace;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.prediction.PredictionFile;
import org.medvilam.evaluation.study.Design;
import org.medvilam.evaluation.study.ReaderStudy;
import org.medvilam.evaluation.study.StudyKey;
import org.medvilam.evaluation.study.StudyOptions;
import org.medvilam.evaluation.study.Ties;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.pipelines.model.RunPictures;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws a study. */
@Command(
    name = "create",
    description = "Write blinded pages for raters, and the key that undoes the blinding.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  medvilam reader-study create --data out/busi --predictions ours.jsonl --predictions theirs.jsonl --raters 3 --output out/study",
      "  medvilam reader-study create --data out/reports --predictions ours.jsonl --design independent --items 200 --output out/study",
      "",
      "A system is called by the name of its file. Hand out DIR/raters: a page for each rater that needs no network, and an empty CSV form for those who print it. Keep DIR/key.json to yourself."
    })
final class ReaderStudyCreateCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "RUN", description = "A subset or a run.")
  private Path data;

  @Option(
      names = "--predictions",
      required = true,
      paramLabel = "FILE",
      description = "A system's answers; once for each system.")
  private List<Path> predictions;

  @Option(
      names = "--space",
      paramLabel = "SYSTEM=SPACE",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Coordinates of a system: pixel, unit or qwen (default: medvilam).")
  private Map<String, String> spaces = Map.of();

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "test",
      description = "train, validation or test.")
  private Split split;

  @Option(names = "--task", paramLabel = "TASK", description = "One task only (default: all).")
  private @Nullable String task;

  @Option(
      names = "--design",
      paramLabel = "DESIGN",
      defaultValue = "both",
      description = "pairwise (which is better), independent (errors of each) or both.")
  private Design design;

  @Option(
      names = "--ties",
      paramLabel = "TIES",
      defaultValue = "exclude",
      description = "How equal answers will count, said on the pages: exclude or split.")
  private Ties ties;

  @Option(
      names = "--items",
      defaultValue = "50",
      paramLabel = "N",
      description = "At most N records, by hash.")
  private int items;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "What orders and sides are drawn from.")
  private long seed;

  @Option(
      names = "--raters",
      defaultValue = "1",
      paramLabel = "N",
      description = "Raters; each gets every item.")
  private int raters;

  @Option(
      names = "--pixels",
      defaultValue = "1024",
      paramLabel = "N",
      description = "Longer side of the pictures at most.")
  private int pixels;

  @Mixin private PictureRootOption pictureRoot;

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "A new directory.")
  private Path output;

  @Option(names = "--json", description = "Print key.json.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (pixels < 1) {
      throw new UsageException("--pixels: expected at least 1, found " + pixels);
    }
    if (!LocalStore.of(output).list("").isEmpty()) {
      throw new UsageException(
          "--output: expected a new or empty directory, found entries in %s; what was handed out is not replaced, name another one"
              .formatted(output));
    }
    ReaderStudy study = draw();
    OutputFolder.prepare(output, OutputFolder.Existing.REFUSE);
    study.write(output);
    print(study);
    return ExitCode.DONE;
  }

  private ReaderStudy draw() throws IOException {
    RunFolder run = Runs.open("--data", data);
    List<InstructionRecord> records = new ArrayList<>();
    run.forEach(split, records::add);
    RunPictures pictures = new RunPictures(run, new PictureRoots(run, pictureRoot.moved()), pixels);
    try {
      Task only = task == null ? null : Task.of(task);
      StudyOptions options = new StudyOptions(design, ties, only, items, seed, raters);
      return ReaderStudy.draw(records, systems(records), options, pictures);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private Map<String, List<Prediction>> systems(List<InstructionRecord> records) {
    Map<String, List<Prediction>> systems = new LinkedHashMap<>();
    for (Path file : predictions) {
      String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
      CoordinateSpace space = CoordinateSpace.of(spaces.getOrDefault(name, "medvilam"));
      List<Prediction> own = space.toGrid(read(file), records);
      if (systems.put(name, own) != null) {
        throw new UsageException(
            "--predictions: expected files of different names, found '%s' twice; rename one, since a system is called by its file"
                .formatted(name));
      }
    }
    for (String name : spaces.keySet()) {
      if (!systems.containsKey(name)) {
        throw new UsageException(
            "--space: expected one of %s, found '%s'".formatted(systems.keySet(), name));
      }
    }
    return systems;
  }

  private static List<Prediction> read(Path file) {
    try {
      return PredictionFile.read(file);
    } catch (NoSuchFileException e) {
      throw new UsageException("--predictions: expected a file, found no " + file);
    } catch (IOException e) {
      throw new UsageException("--predictions: " + e.getMessage());
    }
  }

  private void print(ReaderStudy study) throws IOException {
    StudyKey key = study.key();
    if (json) {
      System.out.print(Files.readString(output.resolve(ReaderStudy.KEY)));
    } else {
      System.out.printf(
          "study     %s: %,d records, %,d comparisons and %,d ratings for each of %d raters%n",
          key.study(),
          study.records(),
          key.comparisons().size(),
          key.answers().size(),
          key.raters().size());
      System.out.printf("hand out  %s%n", output.resolve(ReaderStudy.RATERS));
      System.out.printf("keep      %s%n", output.resolve(ReaderStudy.KEY));
    }
    long unanswered = key.leftOut().stream().filter(l -> !l.systems().isEmpty()).count();
    long unseen = key.leftOut().size() - unanswered;
    if (!key.leftOut().isEmpty()) {
      System.err.printf(
          "left out %,d records without an answer of every system and %,d without a picture; key.json names them%n",
          unanswered, unseen);
    }
    if (study.records() < items) {
      System.err.printf("%,d of %,d items available%n", study.records(), items);
    }
  }
}
