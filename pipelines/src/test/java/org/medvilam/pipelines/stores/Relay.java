package org.medvilam.pipelines.stores;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A wire between clients and a server on loopback, which can be cut. */
final class Relay implements AutoCloseable {
  /** More than a request without data has. */
  private static final int BYTES_BEFORE_CUT = 1 << 16;

  private final int target;
  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean broken;

  Relay(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** From now on, connections are cut that send more than a request without data has, or not. */
  void breakUploads(boolean breaks) {
    broken = breaks;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        threads.execute(() -> pass(client, server, true));
        threads.execute(() -> pass(server, client, false));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void pass(Socket from, Socket to, boolean upload) {
    byte[] buffer = new byte[1 << 14];
    int sent = 0;
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sent = broken ? sent + n : 0;
        if (upload && sent > BYTES_BEFORE_CUT) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // one side went away
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
