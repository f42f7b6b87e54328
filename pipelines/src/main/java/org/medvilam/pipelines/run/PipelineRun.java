package org.medvilam.pipelines.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.store.StoreUnavailableException;

/**
 * Runs a pipeline to its end on any runner, in this process or on a cluster.
 *
 * <p>A job on a cluster is cancelled when this process is stopped: it would go on writing into a
 * directory that the next command takes for its own.
 */
public final class PipelineRun {
  private static final Duration CANCEL = Duration.ofSeconds(10);

  private final Pipeline pipeline;
  private final String jobName;
  private final @Nullable FlinkCluster cluster;

  private PipelineRun(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.jobName = pipeline.getOptions().getJobName();
    this.cluster = FlinkCluster.of(pipeline.getOptions()).orElse(null);
  }

  /** Shows how far a run is. */
  @FunctionalInterface
  public interface Ticker {
    /**
     * Shows it; called four times a second, or every second or so where a cluster is asked first.
     *
     * @param news what the cluster says of the job, e.g. {@code , restarts: 1}, or empty
     */
    void tick(String news) throws IOException;
  }

  /** Tells whether the work of a pipeline is done by other processes. */
  public static boolean isRemote(PipelineOptions options) {
    boolean embedded =
        options.getRunner() == FlinkRunner.class
            && options.as(FlinkPipelineOptions.class).getFlinkMaster().equals(FlinkEngine.EMBEDDED);
    return options.getRunner() != DirectRunner.class && !embedded;
  }

  /**
   * Runs a pipeline and returns when all of it is done.
   *
   * @throws IOException with the first cause, if the run did not end well
   */
  public static void await(Pipeline pipeline, Ticker ticker) throws IOException {
    PipelineRun run = new PipelineRun(pipeline);
    Thread cancel = new Thread(run::cancel);
    if (run.cluster != null) {
      Runtime.getRuntime().addShutdownHook(cancel);
    }
    try {
      run.await(ticker);
    } finally {
      if (run.cluster != null) {
        Runtime.getRuntime().removeShutdownHook(cancel);
      }
    }
  }

  private void await(Ticker ticker) throws IOException {
    CompletableFuture<PipelineResult.State> running =
        CompletableFuture.supplyAsync(
            () -> pipeline.run().waitUntilFinish(), task -> daemon(task).start());
    try {
      Optional<PipelineResult.State> end = Optional.empty();
      while (end.isEmpty()) {
        end = within(running, cluster == null ? 250 : 1000);
        if (end.isEmpty()) {
          ticker.tick(cluster == null ? "" : cluster.news(jobName));
        }
      }
      if (end.get() != PipelineResult.State.DONE) {
        throw new IOException(
            "the job ended as %s: %s"
                .formatted(end.get(), cluster == null ? "" : cluster.failure(jobName)));
      }
    } catch (ExecutionException e) {
      throw new IOException(reason(e), e);
    }
  }

  private String reason(ExecutionException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof StoreUnavailableException)) {
      cause = cause.getCause();
    }
    String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return cluster == null
        ? text
        : "the JobManager at %s was lost or refused the job: %s"
            .formatted(cluster.address(), FlinkCluster.lastCause(text));
  }

  private static Optional<PipelineResult.State> within(
      CompletableFuture<PipelineResult.State> running, long ms) throws ExecutionException {
    try {
      return Optional.of(running.get(ms, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void cancel() {
    try {
      cluster.cancel(jobName, CANCEL);
    } catch (IOException e) {
      System.err.printf("%nthe job %s could not be cancelled: %s%n", jobName, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "medvilam-run");
    thread.setDaemon(true);
    return thread;
  }
}
