package org.medvilam.pipelines.model;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.prediction.PredictionFile;
import org.medvilam.evaluation.report.EvaluationReport;
import org.medvilam.evaluation.score.Evaluation;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.trainer.RecordExamples;
import org.medvilam.trainer.VisionLanguageModel;

/** Scores models on one part of a run and writes the report. */
public final class Evaluate {
  private final RunFolder run;
  private final PictureRoots roots;
  private final PrintStream err;
  private final List<InstructionRecord> records;
  private final List<Evaluation> evaluations = new ArrayList<>();
  private final List<String> repeats = new ArrayList<>();
  private boolean constrained;

  /**
   * Reads the records of a part.
   *
   * @param split the part
   * @param limit most records, the first by hash of their ids; 0 for all
   */
  public Evaluate(RunFolder run, PictureRoots roots, Split split, int limit, PrintStream err)
      throws IOException {
    this.run = run;
    this.roots = roots;
    this.err = err;
    List<InstructionRecord> all = new ArrayList<>();
    run.forEach(split, all::add);
    if (all.isEmpty()) {
      throw new UsageException(
          "--data: expected %s records in %s, found none"
              .formatted(split.key(), run.store().uri()));
    }
    all.sort(Comparator.comparing(r -> Hashing.hex(r.id())));
    this.records = limit > 0 && limit < all.size() ? all.subList(0, limit) : all;
  }

  /** Holds the answers of models to the forms that the records ask for. */
  public void constrain() {
    constrained = true;
  }

  /** Returns the records that are scored. */
  public List<InstructionRecord> records() {
    return records;
  }

  /**
   * Scores a model's generated answers, and keeps them beside the report; records of volumes,
   * videos and sounds are left out, which the model cannot see.
   */
  public Evaluation model(String name, VisionLanguageModel model, Path output) throws IOException {
    RecordExamples examples = new RecordExamples(run, roots::of, model.inputSize());
    List<InstructionRecord> pictures = records.stream().filter(StillPictures::are).toList();
    StillPictures.sayLeftOut(records.size() - pictures.size(), err);
    List<Prediction> predictions =
        Answers.of(name + " answered", model, examples, pictures, constrained, err);
    PredictionFile.write(output.resolve("predictions-" + name + ".jsonl"), predictions);
    return score(name, pictures, predictions);
  }

  /** Shows the mean and deviation of models scored so far, which differ by their seeds alone. */
  public void repeat(List<String> names) {
    repeats.addAll(names);
  }

  /** Scores answers in the toolkit's own space. */
  public Evaluation predictions(String name, List<Prediction> predictions) {
    return score(name, records, predictions);
  }

  private Evaluation score(
      String name, List<InstructionRecord> scored, List<Prediction> predictions) {
    Evaluation evaluation = Evaluation.of(name, scored, predictions);
    evaluations.add(evaluation);
    return evaluation;
  }

  /**
   * Writes the report on everything scored so far.
   *
   * @param title what was evaluated
   * @param notice said at the top, or empty
   * @param facts what a reader must know, in order
   * @param losses loss of each training step, or none
   */
  public void write(
      Path output, String title, String notice, Map<String, String> facts, double[] losses)
      throws IOException {
    EvaluationReport report =
        EvaluationReport.of(title, evaluations)
            .withSummary(facts)
            .withPictures(
                EvaluationReport.DEFAULT_PICTURES,
                new RunPictures(run, roots, RunPictures.THUMBNAIL));
    if (!notice.isEmpty()) {
      report = report.withNotice(notice);
    }
    if (!repeats.isEmpty()) {
      report = report.withRepeats(repeats);
    }
    if (losses.length > 0) {
      report = report.withLoss(losses);
    }
    report.write(output);
  }
}
