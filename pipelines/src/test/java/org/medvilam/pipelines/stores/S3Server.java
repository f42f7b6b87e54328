package org.medvilam.pipelines.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Adobe's S3Mock, in a process of its own. */
final class S3Server implements StorageServer {
  private static final String BUCKET = "bucket";
  private static final int SECONDS_TO_START = 60;

  private final int port;
  private final Process process;

  S3Server(Path folder) throws IOException, InterruptedException {
    // What Amazon's client asks first in its chain of credentials; the server takes any.
    System.setProperty("aws.accessKeyId", "any");
    System.setProperty("aws.secretAccessKey", "any");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                jar(),
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--com.adobe.testing.s3mock.httpPort=" + port,
                "--com.adobe.testing.s3mock.store.initialBuckets=" + BUCKET,
                "--com.adobe.testing.s3mock.store.root=" + folder,
                "--logging.level.root=warn")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    await();
  }

  private static String jar() {
    return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(p -> p.endsWith("-exec.jar") && p.contains("s3mock"))
        .findFirst()
        .orElseThrow();
  }

  private void await() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/" + BUCKET)).build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // not listening yet
      }
      Thread.sleep(100);
    }
    close();
    throw new IOException("S3Mock did not start");
  }

  int port() {
    return port;
  }

  /** Returns the server as it is reached through another port; closing that closes nothing. */
  StorageServer at(int other) {
    return new StorageServer() {
      @Override
      public String root() {
        return S3Server.this.root();
      }

      @Override
      public List<String> flags() {
        return List.of("--endpoint=http://127.0.0.1:" + other, "--awsRegion=us-east-1");
      }

      @Override
      public void close() {}
    };
  }

  private String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public String root() {
    return "s3://" + BUCKET;
  }

  @Override
  public List<String> flags() {
    return List.of("--endpoint=" + url(), "--awsRegion=us-east-1");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
