package org.medvilam.pipelines.template;

import java.util.ArrayList;
import java.util.List;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.pipelines.run.ExitCode;

/**
 * What Dataflow's launcher starts: a command of the command line, by a template's arguments.
 *
 * <p>Lists what there is to do, submits the job and returns, as the launcher wants it; the job
 * itself gathers what its workers did and writes the manifest and {@code _SUCCESS}. The image names
 * the command in {@code MEDVILAM_COMMAND}.
 */
public final class FlexTemplate {
  private static final String RUNNER = "--runner=";
  private static final String DATAFLOW = "DataflowRunner";

  private FlexTemplate() {}

  /**
   * Submits the job.
   *
   * @param arguments parameters of the template and options of Beam, {@code --name=value}
   * @throws IllegalStateException if the job could not be submitted; what is wrong was printed
   */
  public static void main(String[] arguments) {
    String command = System.getenv().getOrDefault("MEDVILAM_COMMAND", "convert");
    int code = start(command, List.of(arguments));
    if (code != ExitCode.DONE) {
      throw new IllegalStateException(command + " ended with exit code " + code);
    }
  }

  /** Runs a command and returns its exit code. */
  static int start(String command, List<String> arguments) {
    List<String> rest = new ArrayList<>();
    boolean dataflow = false;
    for (String argument : arguments) {
      if (argument.startsWith(RUNNER)) {
        dataflow = argument.equals(RUNNER + DATAFLOW);
      } else {
        rest.add(argument);
      }
    }
    List<String> line = new ArrayList<>(TemplateParameters.of(command).commandLine(rest));
    line.addAll(1, List.of(dataflow ? "--runner=dataflow" : "--runner=direct", "--no-wait"));
    return Medvilam.run(line.toArray(String[]::new));
  }
}
