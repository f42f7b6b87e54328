package org.medvilam.pipelines.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The clinical evaluation: pages for raters, and what they answered. */
@Command(
    name = "reader-study",
    description =
        "Let people judge answers: blinded pages for raters, statistics of their answers.",
    mixinStandardHelpOptions = true,
    subcommands = {ReaderStudyCreateCommand.class, ReaderStudyScoreCommand.class},
    footer = {
      "",
      "Examples:",
      "  medvilam reader-study create --data out/busi --predictions ours.jsonl --predictions theirs.jsonl --output out/study",
      "  medvilam reader-study score --key out/study/key.json --answers answers-R1.json answers-R2.json --output out/scores"
    })
public final class ReaderStudyCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "expected create or score");
  }
}
