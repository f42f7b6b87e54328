package org.medvilam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.pipelines.command.Heard;
import org.medvilam.records.store.StoreUnavailableException;

/** What is said of a cluster that cannot take a job, and what is sent to one that can. */
final class FlinkClusterTest {
  @TempDir private Path folder;

  @Test
  void anotherVersionIsNamed() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/config",
        exchange -> {
          byte[] body = "{\"flink-version\":\"1.17.2\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String master = "localhost:" + server.getAddress().getPort();
      assertThatThrownBy(() -> Runner.FLINK.options(List.of("--flinkMaster=" + master)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected Flink 1.19.x")
          .hasMessageContaining("found 1.17.2");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anUnreachableClusterIsAFailureInOneSentence() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Heard sampled =
        Heard.of("sample-data", "--dataset", "busi", "--output", folder + "/in", "--images", "3");
    assertThat(sampled.code()).isZero();
    Heard heard =
        Heard.of(
            "convert",
            "--dataset",
            "busi",
            "--input",
            folder + "/in",
            "--output",
            folder + "/out",
            "--runner",
            "flink",
            "--",
            "--flinkMaster=localhost:" + port);
    assertThat(heard.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(heard.text()).contains("expected the REST interface of a Flink JobManager at");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void workersGetWhatTheyNeed() throws IOException {
    String[] names = {
      "medvilam-transforms-0.1.0.jar",
      "beam-runners-flink-1.19-2.70.0.jar",
      "flink-runtime-1.19.3.jar",
      "slf4j-simple-2.0.17.jar",
      "nd4j-native-1.0.0-M2.1-linux-x86_64.jar",
      "openblas-0.3.19-1.5.7.jar"
    };
    for (String name : names) {
      Files.createFile(folder.resolve(name));
    }
    String missing = folder.resolve("gone.jar").toString();
    String classPath =
        String.join(
            File.pathSeparator,
            List.of(names).stream().map(n -> folder.resolve(n).toString()).toList());
    classPath = File.pathSeparator + classPath + File.pathSeparator + missing;
    assertThat(FlinkEngine.staged(classPath, false).stream().map(f -> Path.of(f).getFileName()))
        .extracting(Path::toString)
        .containsExactly(names[0], names[1]);
    assertThat(FlinkEngine.staged(classPath, true)).hasSize(4);
  }

  @Test
  void theInnermostCauseIsSaid() {
    String trace =
        "java.lang.RuntimeException: outer\n\tat a.B.c(B.java:1)\nCaused by: java.io.IOException:"
            + " No space left on device\n\t... 3 more\n";
    assertThat(FlinkCluster.lastCause(trace))
        .isEqualTo("java.io.IOException: No space left on device");
    assertThat(FlinkCluster.lastCause("")).isEqualTo("no reason given");
    String storage = StoreUnavailableException.class.getName() + ": gs://b/a";
    assertThat(FlinkCluster.lastCause("outer\nCaused by: " + storage + "\nCaused by: 503"))
        .as("what names the file")
        .isEqualTo(storage);
  }

  @Test
  void embeddedFlinkTakesAsManySlotsAsFit() {
    long mib = 1L << 20;
    assertThat(EmbeddedFlink.slots(4, 4096 * mib, 0)).isEqualTo(4);
    assertThat(EmbeddedFlink.slots(64, 512 * mib, 0)).isBetween(1, 16);
    assertThat(EmbeddedFlink.slots(2, 4096 * mib, 8)).isEqualTo(8);
    assertThatThrownBy(() -> EmbeddedFlink.slots(4, 64 * mib, 0))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("MEDVILAM_JAVA_OPTS=-Xmx")
        .hasMessageContaining("--runner direct");
    assertThatThrownBy(() -> EmbeddedFlink.slots(64, 512 * mib, 64))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--parallelism=");
  }
}
