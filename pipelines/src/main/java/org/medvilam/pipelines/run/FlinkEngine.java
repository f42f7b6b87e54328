package org.medvilam.pipelines.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/** Options of a job on Flink, for whatever the user did not set after {@code --}. */
final class FlinkEngine {
  /** Beam's name of the master in this process. */
  static final String EMBEDDED = "[local]";

  /** Where {@code flink run} or an operator started this process, Flink knows the cluster. */
  private static final String SURROUNDING = "[auto]";

  /** What a cluster has itself and loads before what a job brings, and the other engine. */
  private static final Pattern OF_THE_CLUSTER =
      Pattern.compile("(flink|slf4j|log4j|beam-runners-direct)-.*\\.jar");

  /** The model's libraries with their natives, two fifths of all bytes. */
  private static final Pattern OF_THE_MODEL =
      Pattern.compile("(openblas|javacpp|tokenizers)-.*\\.jar|.*-1\\.0\\.0-M2\\.1.*\\.jar");

  /** A worker, a disk or storage that comes back in time costs a restart, and not the run. */
  private static final List<String> RESTARTS =
      List.of(
          "restart-strategy.type: fixed-delay",
          "restart-strategy.fixed-delay.attempts: 5",
          "restart-strategy.fixed-delay.delay: 5 s");

  private FlinkEngine() {}

  /**
   * Completes options.
   *
   * @param options takes what was not given
   * @param given tells whether the user gave a flag
   * @param model whether workers need the model's libraries
   * @throws IOException if the cluster cannot take the job
   */
  static void complete(PipelineOptions options, Runner.Given given, boolean model)
      throws IOException {
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (!given.flag("flinkMaster")) {
      flink.setFlinkMaster(isSurrounded() ? SURROUNDING : EMBEDDED);
    }
    switch (flink.getFlinkMaster()) {
      case EMBEDDED -> embedded(flink, given);
      case SURROUNDING -> {} // slots, jars and settings are those of whoever started the process
      default -> cluster(flink, given, model);
    }
  }

  /** Beam runs batches on Flink's older interface, and only that one tells. */
  @SuppressWarnings("deprecation")
  private static boolean isSurrounded() {
    return !org.apache.flink.api.java.ExecutionEnvironment.areExplicitEnvironmentsAllowed();
  }

  private static void embedded(FlinkPipelineOptions flink, Runner.Given given) throws IOException {
    int slots =
        EmbeddedFlink.slots(
            Runtime.getRuntime().availableProcessors(),
            Runtime.getRuntime().maxMemory(),
            given.flag("parallelism") ? flink.getParallelism() : 0);
    flink.setParallelism(slots);
    settings(flink, given, EmbeddedFlink.settings(slots));
  }

  private static void cluster(FlinkPipelineOptions flink, Runner.Given given, boolean model)
      throws IOException {
    FlinkCluster cluster = FlinkCluster.named(flink.getFlinkMaster());
    int slots = cluster.check();
    if (!given.flag("parallelism")) {
      if (slots == 0) {
        throw new IOException(
            "--flinkMaster: expected TaskManagers registered at %s, found none; start one, or name --parallelism where they start on demand"
                .formatted(cluster.address()));
      }
      flink.setParallelism(slots);
    } else if (flink.getParallelism() > slots) {
      System.err.printf(
          "--parallelism: %s has %d slots of the %d asked for; the job waits until there are as many%n",
          cluster.address(), slots, flink.getParallelism());
    }
    if (!given.flag("attachedMode")) {
      // Attached, nothing could be shown, and a stopped command would leave its job running.
      flink.setAttachedMode(false);
    }
    if (!given.flag("jobCheckIntervalInSecs")) {
      flink.setJobCheckIntervalInSecs(1);
    }
    if (!given.flag("filesToStage")) {
      flink.setFilesToStage(staged(System.getProperty("java.class.path"), model));
    }
    settings(
        flink,
        given,
        List.of(
            // A JobManager that comes back within half a minute is waited for.
            "rest.retry.max-attempts: 10", "rest.retry.delay: 3000"));
  }

  /** Returns what workers need of a class path: jars, and folders of classes. */
  static List<String> staged(String classPath, boolean model) {
    List<String> staged = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (!entry.isEmpty() && Files.exists(Path.of(entry)) && isWanted(entry, model)) {
        staged.add(entry);
      }
    }
    return staged;
  }

  private static boolean isWanted(String entry, boolean model) {
    String name = Path.of(entry).getFileName().toString();
    return !OF_THE_CLUSTER.matcher(name).matches()
        && (model || !OF_THE_MODEL.matcher(name).matches());
  }

  /** Hands settings to Flink, which takes them from a folder only, unless the user has one. */
  private static void settings(
      FlinkPipelineOptions flink, Runner.Given given, List<String> settings) throws IOException {
    if (given.flag("flinkConfDir") || System.getenv("FLINK_CONF_DIR") != null) {
      return;
    }
    Path folder = Files.createTempDirectory("medvilam-flink-");
    List<String> lines = new ArrayList<>(RESTARTS);
    lines.addAll(settings);
    Path file = Files.write(folder.resolve("flink-conf.yaml"), lines);
    folder.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    flink.setFlinkConfDir(folder.toString());
  }
}
