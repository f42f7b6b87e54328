package org.medvilam.pipelines.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.pipelines.template.FlexTemplate;
import org.medvilam.records.store.LocalStore;

/**
 * The launcher with Dataflow's own runner, up to the request that creates the job: a service that
 * takes it stands in for Google's, which alone can run it. With {@code -Pdataflow} only.
 */
final class DataflowJobTest {
  /** The most that the service takes of a request, in bytes. */
  private static final int MOST_OF_A_REQUEST = 10 << 20;

  @TempDir private Path folder;

  private final ConcurrentLinkedQueue<byte[]> requests = new ConcurrentLinkedQueue<>();

  @Test
  void theLauncherSubmitsAJobAndReturns() throws IOException {
    assumeThat(FlexTemplate.class.getResource("/org/apache/beam/runners/dataflow"))
        .as("Dataflow's runner, which the profile dataflow brings")
        .isNotNull();
    Path data = folder.resolve("data");
    Catalogue.find("busi").orElseThrow().draw(new PhantomRequest(data, 12, 1));
    HttpServer service = service();
    try (GcsServer storage = new GcsServer()) {
      Trees.copy(LocalStore.of(data), storage.store("data"));
      FlexTemplate.main(arguments(storage, service));
      assertThat(storage.names())
          .contains("out/.work/plan.json")
          .doesNotContain("out/_SUCCESS")
          .anyMatch(name -> name.startsWith("tmp/staging/pipeline"));
    } finally {
      service.stop(0);
    }
    assertThat(requests).hasSize(1);
    assertThat(requests.element()).hasSizeLessThan(MOST_OF_A_REQUEST);
    JsonNode job = new ObjectMapper().readTree(requests.element());
    assertThat(job.path("name").asText()).isEqualTo("template-test");
    assertThat(job.path("type").asText()).isEqualTo("JOB_TYPE_BATCH");
    assertThat(job.path("steps")).hasSizeGreaterThan(2);
    assertThat(job.path("steps").toString()).contains("Convert/ConvertShard", "Convert/FinishRun");
  }

  private String[] arguments(GcsServer storage, HttpServer service) {
    List<String> arguments = new ArrayList<>(storage.flags());
    arguments.addAll(
        List.of(
            "--dataset=busi",
            "--input=" + storage.root() + "/data",
            "--output=" + storage.root() + "/out",
            "--shards=4",
            "--runner=DataflowRunner",
            "--jobName=template-test",
            "--region=us-central1",
            "--tempLocation=" + storage.root() + "/tmp",
            "--filesToStage=pom.xml", // in place of 300 MB of jars
            "--apiRootUrl=http://127.0.0.1:" + service.getAddress().getPort() + "/"));
    return arguments.toArray(String[]::new);
  }

  private HttpServer service() throws IOException {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/v1b3/projects/none/locations/us-central1/jobs", this::take);
    service.start();
    return service;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream body = exchange.getRequestBody()) {
      boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      requests.add((packed ? new GZIPInputStream(body) : body).readAllBytes());
      byte[] answer =
          "{\"id\": \"job-1\", \"projectId\": \"none\", \"name\": \"template-test\"}"
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
