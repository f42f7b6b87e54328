package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.Settings;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.evaluation.report.EvaluationReport;
import org.medvilam.fewshot.FewshotOptions;
import org.medvilam.fewshot.FewshotReport;
import org.medvilam.pipelines.model.Evaluate;
import org.medvilam.pipelines.model.FineTune;
import org.medvilam.pipelines.model.Models;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.pipelines.run.ConvertRun;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.Locations;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.Runner;
import org.medvilam.records.Split;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;
import org.medvilam.trainer.FineTuningOptions;
import org.medvilam.trainer.FineTuningResult;
import org.medvilam.trainer.VisionLanguageModel;
import org.medvilam.transforms.ConvertJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the main job end to end on phantoms. */
@Command(
    name = "quickstart",
    description =
        "The main job end to end on drawn data: generate, convert, 20 shots, fine-tune, evaluate, report.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {"", "Example:", "  medvilam quickstart --output /tmp/quickstart"})
public final class QuickstartCommand implements Callable<Integer> {
  private static final List<String> DATASETS = List.of("busi", "deeplesion", "tbx11k");
  private static final int SHOTS = 20;
  private static final String NOTICE =
      "The pictures are drawn. The conversion, the subset, the training and the scores are real,"
          + " but the scores mean nothing clinically.";

  @Option(
      names = "--output",
      defaultValue = "medvilam-quickstart",
      paramLabel = "DIR",
      description = "A new directory.")
  private Path output;

  @Option(
      names = "--images",
      defaultValue = "240",
      paramLabel = "N",
      description = "Pictures per dataset.")
  private int images;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "800",
      description = "Updates of the fine-tuning.")
  private int steps;

  @Option(names = "--overwrite", description = "Replace what an earlier quickstart left there.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    OutputFolder.prepare(
        output, overwrite ? OutputFolder.Existing.OVERWRITE : OutputFolder.Existing.REFUSE);
    System.out.println(NOTICE);
    List<RunFolder> runs = new ArrayList<>();
    for (String dataset : DATASETS) {
      runs.add(convert(dataset));
    }
    say("%nfewshot: %d shots per label", SHOTS);
    Path shots = output.resolve("fewshot");
    FewshotReport subset =
        new FewshotCommand.Drawing(
                runs,
                FewshotOptions.standard().withShots(SHOTS),
                Map.of(),
                Locations.standard(),
                null)
            .one(LocalStore.of(shots), OutputFolder.Existing.REFUSE, 1);
    FewshotCommand.print(List.of(subset), System.out);
    RunFolder data = RunFolder.open(LocalStore.of(shots));
    say("%nfinetune: the projection of %s, everything else frozen", VisionLanguageModel.TINY);
    PictureRoots roots = new PictureRoots(data, Map.of());
    FineTuningOptions options = FineTuningOptions.defaults().withSteps(steps);
    Path checkpoint = output.resolve("checkpoint");
    FineTuningResult trained =
        new FineTune(Models.base(VisionLanguageModel.TINY), data, roots, System.err)
            .run(options, checkpoint, false);
    say("%nevaluate: generated answers on the test part");
    evaluate(data, roots, subset, trained, checkpoint);
    say(
        "%nreport      %s",
        output.resolve("evaluation").resolve(EvaluationReport.PAGE).toAbsolutePath());
    return ExitCode.DONE;
  }

  private RunFolder convert(String name) throws IOException {
    Dataset dataset = DatasetsCommand.find(name);
    Path data = output.resolve("data").resolve(name);
    Path run = output.resolve("runs").resolve(name);
    say("%nconvert: %s, %d pictures", name, images);
    dataset.draw(new PhantomRequest(data, images, 1));
    Store root = ConvertRun.checkLayout(dataset, LocalStore.of(data), Settings.standard());
    ConvertJob job =
        new ConvertJob(
            name,
            root,
            LocalStore.of(run),
            Settings.standard(),
            InstructionOptions.standard(),
            RecordFormat.JSONL,
            0,
            0);
    ConvertRun conversion = new ConvertRun(job, System.err);
    Manifest manifest = conversion.run(conversion.plan(), Runner.DIRECT.options(List.of()));
    ConvertSummary.print(manifest, run.toString(), System.out);
    return RunFolder.open(LocalStore.of(run));
  }

  private void evaluate(
      RunFolder data,
      PictureRoots roots,
      FewshotReport subset,
      FineTuningResult trained,
      Path checkpoint)
      throws IOException {
    Path folder = Files.createDirectories(output.resolve("evaluation"));
    Evaluate evaluate = new Evaluate(data, roots, Split.TEST, 0, System.err);
    try (VisionLanguageModel base = Models.base(VisionLanguageModel.TINY);
        VisionLanguageModel tuned = Models.tuned(base, checkpoint.toString())) {
      evaluate.model("zero-shot", base, folder);
      evaluate.model("fine-tuned", tuned, folder);
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("data", "phantoms of " + String.join(", ", DATASETS));
    facts.put("base", VisionLanguageModel.TINY);
    facts.put("trained", "the projection alone, %d steps".formatted(trained.losses().size()));
    facts.put("shots", "%d per label, %d images".formatted(SHOTS, subset.images()));
    double[] losses = trained.losses().stream().mapToDouble(Double::doubleValue).toArray();
    evaluate.write(folder, "Twenty shots of three phantom datasets", NOTICE, facts, losses);
    System.out.write(LocalStore.of(folder).readAll(EvaluationReport.TABLE));
    System.out.flush();
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
