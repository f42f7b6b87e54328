package org.medvilam.pipelines.stores;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;

final class LocalStoreContractTest extends StoreContract {
  @TempDir private Path folder;

  @Override
  Store create(String name) {
    return LocalStore.of(folder.resolve(name));
  }
}
