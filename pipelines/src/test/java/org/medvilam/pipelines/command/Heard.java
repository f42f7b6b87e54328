package org.medvilam.pipelines.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.medvilam.pipelines.Medvilam;

/**
 * What a command ended with and said, on stdout and stderr together.
 *
 * @param code its exit code
 * @param text what it printed
 */
public record Heard(int code, String text) {
  /** Runs a command. */
  public static Heard of(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(both, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
    try {
      int code = Medvilam.run(args);
      return new Heard(code, both.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
