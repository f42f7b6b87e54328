package org.medvilam.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.medvilam.records.codec.RecordJson;

/** The cluster of {@code templates/flink/standalone.sh}, its processes in reach of a test. */
final class StandaloneFlink {
  private final Path home;
  private final int port = freePort();
  private final int rpcPort = freePort();
  private int taskManagers;

  /** Prepares a cluster that lives in a new folder. */
  StandaloneFlink(Path home) throws IOException {
    this.home = Files.createDirectories(home);
  }

  /** Starts a JobManager and two TaskManagers of two slots each. */
  void start() throws IOException, InterruptedException {
    script("start");
    taskManagers = 2;
  }

  /** Kills a TaskManager, and starts another one as a cluster's manager does. */
  void replaceTaskManager() throws IOException, InterruptedException {
    kill("taskmanager-" + taskManagers++);
    script("taskmanager");
  }

  /** Kills the JobManager, and leaves the TaskManagers alone. */
  void killJobManager() throws IOException, InterruptedException {
    kill("jobmanager");
  }

  /** Kills a process as the operating system does when memory is short. */
  private void kill(String process) throws IOException, InterruptedException {
    long pid = Long.parseLong(Files.readString(home.resolve(process + ".pid")).strip());
    ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
    handle.destroyForcibly();
    while (handle.isAlive()) {
      Thread.sleep(10);
    }
  }

  /** Returns Beam's flags for a job on this cluster. */
  List<String> flags(int slots) {
    return List.of("--flinkMaster=localhost:" + port, "--parallelism=" + slots);
  }

  /** Returns what all processes have used of processors. */
  Duration cpu() throws IOException {
    Duration sum = Duration.ZERO;
    try (DirectoryStream<Path> ids = Files.newDirectoryStream(home, "*.pid")) {
      for (Path id : ids) {
        Optional<ProcessHandle> process =
            ProcessHandle.of(Long.parseLong(Files.readString(id).strip()));
        sum = sum.plus(process.flatMap(p -> p.info().totalCpuDuration()).orElse(Duration.ZERO));
      }
    }
    return sum;
  }

  /** Returns how often tasks of the job that was submitted last have failed. */
  int failures() throws IOException, InterruptedException {
    return get("/jobs/" + latestJob().path("jid").asText() + "/exceptions")
        .at("/exceptionHistory/entries")
        .size();
  }

  /** Returns the state of the job that was submitted last. */
  String state() throws IOException, InterruptedException {
    return latestJob().path("state").asText();
  }

  private JsonNode latestJob() throws IOException, InterruptedException {
    return StreamSupport.stream(get("/jobs/overview").path("jobs").spliterator(), false)
        .max(Comparator.comparing(job -> job.path("start-time").asLong()))
        .orElseThrow();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
    String body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return RecordJson.mapper().readTree(body);
  }

  private void script(String action, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(script().toString());
    command.addAll(List.of(action, "--home", home.toString(), "--port", Integer.toString(port)));
    command.addAll(List.of("--rpc-port", Integer.toString(rpcPort)));
    command.addAll(List.of(more));
    Path log = Files.createTempFile(home, "script", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException(action + " failed: " + Files.readString(log));
    }
  }

  private static Path script() {
    return Path.of("..", "templates", "flink", "standalone.sh").toAbsolutePath().normalize();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Ends all processes. */
  void stop() throws IOException, InterruptedException {
    script("stop");
  }
}
