package org.medvilam.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.StoreUnavailableException;

/**
 * What a Flink cluster says of itself and of a job, over its REST interface.
 *
 * <p>Read as plain JSON and not through Flink's own client, which does not understand the cluster
 * of another version well enough to say that it is one.
 *
 * @param address where the JobManager answers, e.g. {@code http://localhost:8081}
 */
record FlinkCluster(String address) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** One for all requests: each client keeps a thread of its own. */
  private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  private static final Pattern SCHEME = Pattern.compile("^https?://.*");
  private static final String CAUSED_BY = "Caused by: ";

  /** Returns the cluster that options name, or empty where Flink runs in this process or not. */
  static Optional<FlinkCluster> of(PipelineOptions options) {
    if (options.getRunner() != FlinkRunner.class) {
      return Optional.empty();
    }
    String master = options.as(FlinkPipelineOptions.class).getFlinkMaster();
    return master.startsWith("[") ? Optional.empty() : Optional.of(named(master));
  }

  /** Returns the cluster of a master, {@code host:port} with or without a scheme. */
  static FlinkCluster named(String master) {
    return new FlinkCluster(SCHEME.matcher(master).matches() ? master : "http://" + master);
  }

  /**
   * Checks that the cluster answers and is of this client's version.
   *
   * @return the number of its slots now; a cluster that starts workers on demand may have none
   * @throws IOException with one sentence that says what is wrong and what to do
   */
  int check() throws IOException {
    JsonNode config = get("/config");
    String theirs = config.path("flink-version").asText("unknown");
    String ours = EnvironmentInformation.getVersion();
    if (!minor(theirs).equals(minor(ours))) {
      throw new IOException(
          "--flinkMaster: expected Flink %s.x at %s, as this client is %s, found %s; submit to a cluster of that version"
              .formatted(minor(ours), address, ours, theirs));
    }
    return get("/overview").path("slots-total").asInt();
  }

  private static String minor(String version) {
    String[] parts = version.split("\\.", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }

  /** Says what a person should know of a job beside its counts; empty where all is well. */
  String news(String jobName) {
    try {
      JsonNode job = find(jobName);
      if (job.isMissingNode()) {
        return ", sending the job";
      }
      JsonNode metrics = get("/jobs/%s/metrics?get=numRestarts".formatted(id(job)));
      int restarts = metrics.path(0).path("value").asInt();
      String state = job.path("state").asText().toLowerCase(Locale.ROOT);
      String said = waitsForSlots(job) ? "waiting for free slots" : state;
      return (said.equals("running") || said.equals("finished") ? "" : ", " + said)
          + (restarts == 0 ? "" : ", restarts: " + restarts);
    } catch (IOException e) {
      return ", the JobManager does not answer";
    }
  }

  private static boolean waitsForSlots(JsonNode job) {
    JsonNode tasks = job.path("tasks");
    return tasks.path("scheduled").asInt() > 0 && tasks.path("running").asInt() == 0;
  }

  /** Says why a job failed, with the worker where it did. */
  String failure(String jobName) {
    try {
      JsonNode exceptions = get("/jobs/%s/exceptions".formatted(id(job(jobName))));
      String worker = exceptions.at("/exceptionHistory/entries/0/taskManagerId").asText("");
      String cause = lastCause(exceptions.path("root-exception").asText(""));
      return worker.isEmpty() ? cause : cause + " (on TaskManager " + worker + ")";
    } catch (IOException e) {
      return "the cluster does not say why: " + e.getMessage();
    }
  }

  /**
   * Returns the innermost cause of a stack trace, or what says which file a storage failed at:
   * causes of that do not.
   */
  static String lastCause(String trace) {
    List<String> lines = trace.lines().toList();
    String cause = lines.isEmpty() ? "no reason given" : lines.get(0);
    for (String line : lines) {
      if (line.startsWith(CAUSED_BY)) {
        cause = line.substring(CAUSED_BY.length());
      }
      if (cause.startsWith(StoreUnavailableException.class.getName())) {
        return cause;
      }
    }
    return cause;
  }

  /** Asks the cluster to cancel a job, and waits until nothing of it runs. */
  void cancel(String jobName, Duration atMost) throws IOException, InterruptedException {
    String id = id(job(jobName));
    send(
        request("/jobs/%s?mode=cancel".formatted(id))
            .method("PATCH", HttpRequest.BodyPublishers.noBody()));
    long end = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < end && !hasEnded(get("/jobs/" + id).path("state").asText())) {
      Thread.sleep(200);
    }
  }

  private static boolean hasEnded(String state) {
    return List.of("CANCELED", "FAILED", "FINISHED").contains(state);
  }

  private JsonNode job(String name) throws IOException {
    JsonNode job = find(name);
    if (job.isMissingNode()) {
      throw new IOException("expected the job %s at %s, found none".formatted(name, address));
    }
    return job;
  }

  /** Returns the latest job of a name, or a missing node. */
  private JsonNode find(String name) throws IOException {
    return StreamSupport.stream(get("/jobs/overview").path("jobs").spliterator(), false)
        .filter(job -> job.path("name").asText().equals(name))
        .max(Comparator.comparing(job -> job.path("start-time").asLong()))
        .orElse(MissingNode.getInstance());
  }

  private static String id(JsonNode job) {
    return job.path("jid").asText();
  }

  private JsonNode get(String path) throws IOException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException("HTTP status " + answer.statusCode());
      }
      return RecordJson.mapper().readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      throw new IOException(
          "--flinkMaster: expected the REST interface of a Flink JobManager at %s, found none (%s);"
                  .formatted(
                      address,
                      e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + " is the cluster up, and is this the port of its web pages?",
          e);
    }
  }
}
