package org.medvilam.pipelines.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the catalogue, or says what one dataset must look like. */
@Command(
    name = "datasets",
    description = "List the datasets, or show the tree that one must have.",
    mixinStandardHelpOptions = true,
    subcommands = DatasetsCommand.Show.class,
    footer = {"", "Example:", "  medvilam datasets", "  medvilam datasets show busi"})
public final class DatasetsCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    if (json) {
      System.out.println(
          RecordJson.mapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(Catalogue.all().stream().map(Dataset::info).toList()));
      return ExitCode.DONE;
    }
    System.out.printf("%-12s %-14s %-10s %s%n", "name", "modality", "tier", "title");
    for (Dataset dataset : Catalogue.all()) {
      DatasetInfo info = dataset.info();
      System.out.printf(
          "%-12s %-14s %-10s %s%n", info.name(), info.modality(), tier(info), info.title());
    }
    return ExitCode.DONE;
  }

  /** Returns the dataset of a name. */
  static Dataset find(String name) {
    return Catalogue.find(name)
        .orElseThrow(
            () ->
                new UsageException(
                    "--dataset: expected one of %s, found '%s'"
                        .formatted(
                            Catalogue.all().stream()
                                .map(d -> d.info().name())
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  private static String tier(DatasetInfo info) {
    return info.tier().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Shows one dataset. */
  @Command(
      name = "show",
      description = "Show a dataset: its tree, splits, group, licence and citation.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Name in the catalogue.")
    private String name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
      DatasetInfo info = find(name).info();
      if (json) {
        System.out.println(
            RecordJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(info));
        return ExitCode.DONE;
      }
      System.out.printf("%s: %s%n%n", info.name(), info.title());
      line("modality", info.modality());
      line("tier", tier(info));
      line(
          "tasks", info.tasks().stream().sorted().map(Task::key).collect(Collectors.joining(", ")));
      line("splits", info.splits());
      line("group", info.group());
      line("licence", info.licence());
      line("citation", info.citation());
      System.out.printf("%nexpected tree:%n");
      info.tree().forEach(entry -> System.out.println("  " + entry));
      return ExitCode.DONE;
    }

    private static void line(String name, String value) {
      System.out.printf("%-9s %s%n", name, value);
    }
  }
}
