package org.medvilam.pipelines.stores;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.store.Store;

final class HdfsStoreTest extends StoreContract {
  @TempDir private static Path folder;

  private static StorageServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new HdfsServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  Store create(String name) {
    return server.store(name);
  }
}
