package org.medvilam.pipelines.run;

import java.io.IOException;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The engines a pipeline can run on. */
public enum Runner {
  /** Beam's direct runner, in this process. */
  DIRECT,
  /** Flink: embedded in this process, or a cluster named by Beam's own {@code --flinkMaster}. */
  FLINK,
  /** Google Dataflow, in a build with the profile {@code dataflow}. */
  DATAFLOW;

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
    switch (this) {
      case DIRECT -> direct(options.as(DirectOptions.class), given);
      case FLINK -> FlinkEngine.complete(options, given, model);
      case DATAFLOW -> options.setRunner(dataflow());
    }
    if (!given.flag("jobName")) {
      options.setJobName("medvilam-" + Long.toHexString(System.nanoTime()));
    }
    return options;
  }

  private static void direct(DirectOptions options, Given given) {
    options.setRunner(DirectRunner.class);
    if (!given.flag("targetParallelism")) {
      options.setTargetParallelism(Runtime.getRuntime().availableProcessors());
    }
  }

  /** Beam finds a runner by its name, where it is on the class path. */
  private static Class<? extends PipelineRunner<?>> dataflow() {
    try {
      return PipelineOptionsFactory.fromArgs("--runner=DataflowRunner").create().getRunner();
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--runner dataflow: expected Dataflow's runner on the class path, found none; build with mvn -Pdataflow package");
    }
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
