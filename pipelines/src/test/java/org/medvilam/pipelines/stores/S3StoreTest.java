package org.medvilam.pipelines.stores;

import java.nio.file.Path;

final class S3StoreTest extends RemoteStoreContract {
  @Override
  StorageServer serve(Path folder) throws Exception {
    return new S3Server(folder);
  }
}
