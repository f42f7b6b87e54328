package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.prediction.CoordinateSpace;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.prediction.PredictionException;
import org.medvilam.evaluation.prediction.PredictionFile;
import org.medvilam.evaluation.report.EvaluationReport;
import org.medvilam.pipelines.model.Evaluate;
import org.medvilam.pipelines.model.Models;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.trainer.Engine;
import org.medvilam.trainer.VisionLanguageModel;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores a model or a file of predictions. */
@Command(
    name = "evaluate",
    description = "Score generated answers: Acc@0.5, mIoU, tables and a self-contained report.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  medvilam evaluate --data out/shots --split test --model out/checkpoint --zero-shot --output out/eval",
      "  medvilam evaluate --data out/draws/seed-1 --model out/tuned-1 --model out/tuned-2 --random-projection --output out/eval",
      "  medvilam evaluate --data out/shots --predictions theirs.jsonl --space qwen --output out/theirs",
      "",
      "A predictions file has one JSON object per line: {\"id\": record id, \"answer\": text}."
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final long PROJECTION_SEED = 1;

  /** Whose answers. */
  static final class Who {
    @Option(
        names = "--model",
        paramLabel = "CKPT",
        description = {
          "A checkpoint of 'finetune', or a base.",
          "Several checkpoints of one recipe with other seeds: each, their mean and deviation."
        })
    private List<String> models = List.of();

    @Option(names = "--predictions", paramLabel = "FILE", description = "Another system's answers.")
    private @Nullable Path predictions;
  }

  @Option(names = "--data", required = true, paramLabel = "RUN", description = "A subset or a run.")
  private Path data;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "test",
      description = "train, validation or test.")
  private Split split;

  @ArgGroup(multiplicity = "1")
  private Who who;

  @Option(
      names = "--base",
      defaultValue = VisionLanguageModel.TINY,
      paramLabel = "BASE",
      description = "The base of the checkpoint.")
  private String base;

  @Option(
      names = "--decoder",
      paramLabel = "llama:DIR",
      description = "A decoder in Hugging Face's layout, beside --base clip:DIR.")
  private @Nullable String decoder;

  @Option(names = "--zero-shot", description = "Score the base itself beside the checkpoint.")
  private boolean zeroShot;

  @Option(
      names = "--random-projection",
      description =
          "Score the base with a projection that has learnt nothing beside the checkpoint.")
  private boolean randomProjection;

  @Option(
      names = "--constrained",
      description =
          "Hold the answers of --model to the form asked for: boxes, outlines, yes or no.")
  private boolean constrained;

  @Mixin private EngineOption engine;

  @Option(
      names = "--space",
      paramLabel = "SPACE",
      defaultValue = "medvilam",
      description = "Coordinates of --predictions: medvilam, pixel, unit or qwen.")
  private String space;

  @Option(
      names = "--limit",
      defaultValue = "0",
      paramLabel = "N",
      description = "At most N records, by hash; 0 for all.")
  private int limit;

  @Mixin private PictureRootOption pictureRoot;

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "A new directory.")
  private Path output;

  @Option(names = "--overwrite", description = "Replace what an earlier run left there.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print metrics.json.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunFolder run = Runs.open("--data", data);
    PictureRoots roots = new PictureRoots(run, pictureRoot.moved());
    checkBeside("--constrained", constrained);
    checkBeside("--zero-shot", zeroShot);
    checkBeside("--random-projection", randomProjection);
    List<String> names = names();
    Evaluate evaluate = new Evaluate(run, roots, split, limit, System.err);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("data", "%s, %s part".formatted(run.manifest().roots().keySet(), split.key()));
    OutputFolder.prepare(
        output, overwrite ? OutputFolder.Existing.OVERWRITE : OutputFolder.Existing.REFUSE);
    if (who.predictions != null) {
      facts.put("predictions", who.predictions.getFileName() + ", coordinates " + space);
      evaluate.predictions("predictions", read(who.predictions, evaluate));
    } else {
      facts.put("model", String.join(", ", who.models));
      if (constrained) {
        facts.put("answers", "held to the form asked for");
        evaluate.constrain();
      }
      score(evaluate, names);
    }
    evaluate.write(output, "Evaluation of " + title(), "", facts, new double[0]);
    print();
    return ExitCode.DONE;
  }

  private void checkBeside(String option, boolean given) {
    if (given && who.models.isEmpty()) {
      throw new UsageException(option + ": expected --model beside it, found --predictions");
    }
  }

  private void score(Evaluate evaluate, List<String> names) throws IOException {
    Engine chosen = engine.chosen();
    System.err.printf("engine      %s%n", chosen);
    VisionLanguageModel known =
        (names.isEmpty() ? Models.base(who.models.get(0)) : Models.base(base, decoder))
            .withEngine(chosen);
    if (zeroShot || names.isEmpty()) {
      score(evaluate, "zero-shot", known);
    }
    if (randomProjection) {
      score(evaluate, "random-projection", known.withRandomProjection(PROJECTION_SEED));
    }
    for (int i = 0; i < names.size(); i++) {
      score(evaluate, names.get(i), Models.tuned(known, who.models.get(i)));
    }
    if (names.size() > 1) {
      evaluate.repeat(names);
    }
  }

  private void score(Evaluate evaluate, String name, VisionLanguageModel model) throws IOException {
    try (model) {
      evaluate.model(name, model, output);
    }
  }

  /** Returns what the checkpoints are called in the report; none where there is only a base. */
  private List<String> names() throws IOException {
    if (who.models.size() == 1) {
      return Models.isCheckpoint(who.models.get(0)) ? List.of("fine-tuned") : List.of();
    }
    List<String> names = new ArrayList<>();
    for (String model : who.models) {
      if (!Models.isCheckpoint(model)) {
        throw new UsageException(
            "--model: expected checkpoints of one recipe, found the base %s; --zero-shot scores it"
                .formatted(model));
      }
      names.add("checkpoint-%d".formatted(names.size() + 1));
    }
    return names;
  }

  private List<Prediction> read(Path file, Evaluate evaluate) throws IOException {
    try {
      return CoordinateSpace.of(space).toGrid(PredictionFile.read(file), evaluate.records());
    } catch (PredictionException e) {
      throw new UsageException("--predictions: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--space: " + e.getMessage());
    }
  }

  private String title() {
    if (who.models.isEmpty()) {
      return who.predictions.toString();
    }
    int count = who.models.size();
    return count == 1 ? who.models.get(0) : "%d checkpoints".formatted(count);
  }

  private void print() throws IOException {
    LocalStore written = LocalStore.of(output);
    String file = json ? EvaluationReport.METRICS : EvaluationReport.TABLE;
    System.out.write(written.readAll(file));
    System.out.flush();
    System.err.printf("report      %s%n", output.resolve(EvaluationReport.PAGE));
  }
}
