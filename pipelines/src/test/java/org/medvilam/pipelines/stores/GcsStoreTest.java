package org.medvilam.pipelines.stores;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.medvilam.records.store.Store;

final class GcsStoreTest extends StoreContract {

  private static StorageServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new GcsServer();
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
