package org.medvilam.transforms.store;

import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.medvilam.records.store.StoreUnavailableException;

/** A bucket of Google's storage, listed by Google's client with Beam's credentials and endpoint. */
final class GcsBucket implements Bucket {
  private final Storage storage;
  private final String bucket;

  GcsBucket(String bucket, PipelineOptions options) {
    this.bucket = bucket;
    GcsOptions gcs = options.as(GcsOptions.class);
    Credentials credentials = gcs.getGcpCredential();
    StorageOptions.Builder builder =
        StorageOptions.newBuilder()
            .setCredentials(credentials == null ? NoCredentials.getInstance() : credentials)
            .setProjectId(gcs.getProject() == null ? "none" : gcs.getProject());
    if (gcs.getGcsEndpoint() != null) {
      URI endpoint = URI.create(gcs.getGcsEndpoint());
      builder.setHost(endpoint.getScheme() + "://" + endpoint.getAuthority());
    }
    storage = builder.build().getService();
  }

  @Override
  public boolean has(String key) {
    try {
      return storage.get(BlobId.of(bucket, key), BlobGetOption.fields(Storage.BlobField.NAME))
          != null;
    } catch (StorageException e) {
      throw failed(key, e);
    }
  }

  @Override
  public void list(String prefix, boolean deep, Found found) throws IOException {
    List<BlobListOption> asked = new ArrayList<>();
    asked.add(BlobListOption.prefix(prefix));
    asked.add(BlobListOption.fields(Storage.BlobField.NAME, Storage.BlobField.SIZE));
    if (!deep) {
      asked.add(BlobListOption.currentDirectory());
    }
    try {
      for (Blob blob : storage.list(bucket, asked.toArray(BlobListOption[]::new)).iterateAll()) {
        if (!found.take(blob.getName(), blob.getSize() == null ? 0 : blob.getSize())) {
          return;
        }
      }
    } catch (StorageException e) {
      throw failed(prefix, e);
    }
  }

  private StoreUnavailableException failed(String key, StorageException e) {
    return new StoreUnavailableException("gs://%s/%s".formatted(bucket, key), e);
  }
}
