package org.medvilam.pipelines.stores;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.store.Store;

/** What trees in remote storage promise, on a server that runs as long as their tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RemoteStoreContract extends StoreContract {
  private StorageServer server;

  /** Starts the server. */
  abstract StorageServer serve(Path folder) throws Exception;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = serve(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  Store create(String name) {
    return server.store(name);
  }
}
