package org.medvilam.pipelines.stores;

import java.nio.file.Path;

final class HdfsStoreTest extends RemoteStoreContract {
  @Override
  StorageServer serve(Path folder) throws Exception {
    return new HdfsServer(folder);
  }
}
