package org.medvilam.trainer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the driver's own program about the first device: ONNX Runtime does not tell. */
final class NvidiaSmi {
  private static final long SECONDS = 10;
  private static final int MEBI = 20;

  /** Name, compute capability and memory of a device, as the program writes them. */
  private static final Pattern LINE =
      Pattern.compile("(.+?), *(\\d+)\\.(\\d), *(\\d+) MiB", Pattern.MULTILINE);

  private NvidiaSmi() {}

  /** What is asked for the first time that somebody wants to know. */
  private static final class First {
    static final Optional<Device> DEVICE = ask();
  }

  /** Returns the first device, where the program is there and knows one; it is started once. */
  static Optional<Device> device() {
    return First.DEVICE;
  }

  private static Optional<Device> ask() {
    try {
      Process program =
          new ProcessBuilder(
                  "nvidia-smi",
                  "--query-gpu=name,compute_cap,memory.total",
                  "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!program.waitFor(SECONDS, TimeUnit.SECONDS)) {
        program.destroyForcibly();
        return Optional.empty();
      }
      byte[] said = program.getInputStream().readAllBytes();
      return parse(new String(said, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Returns the first device of what the program wrote. */
  static Optional<Device> parse(String said) {
    Matcher line = LINE.matcher(said);
    if (!line.find()) {
      return Optional.empty();
    }
    int capability = Integer.parseInt(line.group(2)) * 10 + Integer.parseInt(line.group(3));
    return Optional.of(
        new Device(line.group(1), capability, Long.parseLong(line.group(4)) << MEBI));
  }
}
