package org.medvilam.pipelines.run;

import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The engines a pipeline can run on. */
public enum Runner {
  /** Beam's direct runner, in this process. */
  DIRECT,
  /** Flink: embedded in this process, or a cluster named by Beam's own {@code --flinkMaster}. */
  FLINK;

  /**
   * Returns pipeline options.
   *
   * @param beamFlags Beam's own flags, which win over the defaults here
   * @throws UsageException if Beam does not take a flag
   */
  public PipelineOptions options(List<String> beamFlags) {
    try {
      PipelineOptions options =
          PipelineOptionsFactory.fromArgs(beamFlags.toArray(String[]::new)).create();
      int cores = Runtime.getRuntime().availableProcessors();
      if (this == DIRECT) {
        options.setRunner(DirectRunner.class);
        DirectOptions direct = options.as(DirectOptions.class);
        if (!given(beamFlags, "targetParallelism")) {
          direct.setTargetParallelism(cores);
        }
      } else {
        options.setRunner(FlinkRunner.class);
        FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
        if (!given(beamFlags, "flinkMaster")) {
          flink.setFlinkMaster("[local]");
        }
        if (!given(beamFlags, "parallelism")) {
          flink.setParallelism(cores);
        }
      }
      options.setJobName("medvilam-" + Long.toHexString(System.nanoTime()));
      return options;
    } catch (IllegalArgumentException e) {
      throw new UsageException("Beam does not take the flags after --: " + e.getMessage());
    }
  }

  private static boolean given(List<String> flags, String name) {
    return flags.stream().anyMatch(f -> f.startsWith("--" + name));
  }
}
