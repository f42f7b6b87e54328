package org.medvilam.pipelines.run;

import java.io.IOException;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The engines a pipeline can run on. */
public enum Runner {
  /** Beam's direct runner, in this process. */
  DIRECT,
  /** Flink: embedded in this process, or a cluster named by Beam's own {@code --flinkMaster}. */
  FLINK;

  /** Tells which of Beam's flags the user gave. */
  @FunctionalInterface
  interface Given {
    /** Tells whether a flag was given, by its name without dashes. */
    boolean flag(String name);
  }

  /**
   * Returns pipeline options for work that needs no model.
   *
   * @param beamFlags Beam's own flags, which win over the defaults here
   * @throws UsageException if Beam does not take a flag, or the work cannot fit
   * @throws IOException if a cluster cannot take the job
   */
  public PipelineOptions options(List<String> beamFlags) throws IOException {
    return options(beamFlags, false);
  }

  /**
   * Returns pipeline options.
   *
   * @param beamFlags Beam's own flags, which win over the defaults here
   * @param model whether workers need the model's libraries
   * @throws UsageException if Beam does not take a flag, or the work cannot fit
   * @throws IOException if a cluster cannot take the job
   */
  public PipelineOptions options(List<String> beamFlags, boolean model) throws IOException {
    PipelineOptions options = parse(beamFlags);
    Given given = name -> beamFlags.stream().anyMatch(f -> isFlag(f, name));
    if (this == FLINK) {
      FlinkEngine.complete(options, given, model);
    } else {
      options.setRunner(DirectRunner.class);
      DirectOptions direct = options.as(DirectOptions.class);
      if (!given.flag("targetParallelism")) {
        direct.setTargetParallelism(Runtime.getRuntime().availableProcessors());
      }
    }
    options.setJobName("medvilam-" + Long.toHexString(System.nanoTime()));
    return options;
  }

  private static PipelineOptions parse(List<String> beamFlags) {
    try {
      return PipelineOptionsFactory.fromArgs(beamFlags.toArray(String[]::new)).create();
    } catch (IllegalArgumentException e) {
      throw new UsageException("Beam does not take the flags after --: " + e.getMessage());
    }
  }

  private static boolean isFlag(String flag, String name) {
    return flag.equals("--" + name) || flag.startsWith("--" + name + "=");
  }
}
