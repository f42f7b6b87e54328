package org.medvilam.pipelines;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.stream.Stream;
import org.medvilam.pipelines.command.ConvertCommand;
import org.medvilam.pipelines.command.DatasetsCommand;
import org.medvilam.pipelines.command.EncodeCommand;
import org.medvilam.pipelines.command.EvaluateCommand;
import org.medvilam.pipelines.command.ExportCommand;
import org.medvilam.pipelines.command.FewshotCommand;
import org.medvilam.pipelines.command.FinetuneCommand;
import org.medvilam.pipelines.command.PretrainCommand;
import org.medvilam.pipelines.command.PreviewCommand;
import org.medvilam.pipelines.command.QuickstartCommand;
import org.medvilam.pipelines.command.ReaderStudyCommand;
import org.medvilam.pipelines.command.SampleDataCommand;
import org.medvilam.pipelines.command.StatsCommand;
import org.medvilam.pipelines.command.ValidateCommand;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.ToolVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line.
 *
 * <p>Exit codes: 0 done, 1 data rejected beyond the threshold, 2 usage, 3 failure. Results go to
 * stdout, progress and messages to stderr.
 */
@Command(
    name = "medvilam",
    description =
        "Public medical datasets to grounding-instruction records, and 20-shot fine-tuning.",
    subcommands = {
      QuickstartCommand.class,
      DatasetsCommand.class,
      SampleDataCommand.class,
      ConvertCommand.class,
      ValidateCommand.class,
      StatsCommand.class,
      PreviewCommand.class,
      ExportCommand.class,
      FewshotCommand.class,
      EncodeCommand.class,
      FinetuneCommand.class,
      EvaluateCommand.class,
      ReaderStudyCommand.class,
      PretrainCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Medvilam.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Start with:  medvilam quickstart", "Help:        medvilam COMMAND --help"})
public final class Medvilam implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    int code = ExitCode.FAILURE;
    try {
      code = run(args);
    } catch (OutOfMemoryError e) {
      System.err.printf(
          "failed: expected to fit into %,d MiB of memory, found too little (%s);"
              + " give more with MEDVILAM_JAVA_OPTS=-Xmx4g%n",
          Runtime.getRuntime().maxMemory() >> 20, e.getMessage());
    } catch (LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      System.err.printf(
          "failed: expected this build's native libraries to load, found %s; a build with -Dcuda"
              + " needs CUDA 11 and a driver, one without computes on the CPU%n",
          cause);
    }
    System.exit(code);
  }

  /** Runs a command and returns its exit code. */
  public static int run(String... args) {
    return new CommandLine(new Medvilam())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((e, line, parsed) -> explain(e, line.getErr()))
        .setParameterExceptionHandler(Medvilam::explainUse)
        .execute(args);
  }

  /** Says which word of the command line is wrong, and where help is. */
  private static int explainUse(CommandLine.ParameterException e, String[] words) {
    CommandLine line = e.getCommandLine();
    line.getErr().println(givenTwice(e, words).orElse(e.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
    if (line.getParent() == null) {
      line.usage(line.getErr());
    } else {
      line.getErr().printf("see '%s --help'%n", line.getCommandSpec().qualifiedName());
    }
    return ExitCode.USAGE;
  }

  /** Names an option given twice; of one in a group, picocli lists all that the group has. */
  private static Optional<String> givenTwice(CommandLine.ParameterException e, String[] words) {
    if (!(e instanceof CommandLine.MaxValuesExceededException)) {
      return Optional.empty();
    }
    return e.getCommandLine().getCommandSpec().options().stream()
        .filter(o -> !o.isMultiValue())
        .map(CommandLine.Model.OptionSpec::longestName)
        .filter(
            name ->
                Stream.of(words).filter(w -> w.equals(name) || w.startsWith(name + "=")).count()
                    > 1)
        .findFirst()
        .map("option '%s' should be specified only once"::formatted);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "expected a command");
  }

  /** Says in a sentence what went wrong; the stack is for those who ask. */
  private static int explain(Exception e, PrintWriter err) {
    if (e instanceof UsageException) {
      err.println(e.getMessage());
      return ExitCode.USAGE;
    }
    err.println("failed: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
    if (System.getenv("MEDVILAM_DEBUG") != null) {
      e.printStackTrace(err);
    } else {
      err.println("set MEDVILAM_DEBUG=1 to see where");
    }
    return ExitCode.FAILURE;
  }

  /** Prints the version of the build. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {ToolVersion.CURRENT};
    }
  }
}
