package org.medvilam.pipelines.stores;

import java.nio.file.Path;

final class GcsStoreTest extends RemoteStoreContract {
  @Override
  StorageServer serve(Path folder) throws Exception {
    return new GcsServer();
  }
}
