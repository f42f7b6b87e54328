package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws phantom data. */
@Command(
    name = "sample-data",
    description = "Draw phantom data in the native layout of a dataset; nothing of it is real.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "Example:",
      "  medvilam sample-data --dataset busi --output /tmp/busi --images 50"
    })
public final class SampleDataCommand implements Callable<Integer> {
  @Option(names = "--dataset", required = true, paramLabel = "NAME", description = "Which layout.")
  private String dataset;

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "A new directory.")
  private Path output;

  @Option(names = "--images", defaultValue = "100", paramLabel = "N", description = "How many.")
  private int images;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "The same seed gives the same bytes.")
  private long seed;

  @Override
  public Integer call() throws IOException {
    Dataset found = DatasetsCommand.find(dataset);
    if (images < 1) {
      throw new UsageException("--images: expected at least 1, found " + images);
    }
    OutputFolder.prepare(output, OutputFolder.Existing.REFUSE);
    PhantomTruth truth = found.draw(new PhantomRequest(output, images, seed));
    int pictures = truth.findings().size();
    System.out.printf(
        "drew %s with %d findings into %s%n",
        pictures == images
            ? "%d pictures".formatted(pictures)
            : "%d volumes or videos, for records of %d of them and their slices or frames,"
                .formatted(images, pictures),
        truth.findings().values().stream().mapToInt(f -> f.size()).sum(),
        output);
    return ExitCode.DONE;
  }
}
