package org.medvilam.transforms.store;

import java.io.IOException;
import org.apache.beam.sdk.io.aws2.options.S3ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.InstanceBuilder;
import org.medvilam.records.store.StoreUnavailableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of S3, listed by the client that Beam's filesystem uses, made as it makes it. */
final class S3Bucket implements Bucket {
  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final String name;

  S3Bucket(String name, PipelineOptions options) {
    this.name = name;
    S3Options s3 = options.as(S3Options.class);
    client =
        InstanceBuilder.ofType(S3ClientBuilderFactory.class)
            .fromClass(s3.getS3ClientFactoryClass())
            .build()
            .createBuilder(s3)
            .build();
  }

  @Override
  public boolean has(String key) {
    try {
      client.headObject(r -> r.bucket(name).key(key));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw failed(key, e);
    } catch (SdkException e) {
      throw failed(key, e);
    }
  }

  @Override
  public void list(String prefix, boolean deep, Found found) throws IOException {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder().bucket(name).prefix(prefix);
    if (!deep) {
      request.delimiter("/");
    }
    try {
      for (ListObjectsV2Response page : client.listObjectsV2Paginator(request.build())) {
        for (CommonPrefix common : page.commonPrefixes()) {
          if (!found.take(common.prefix(), 0)) {
            return;
          }
        }
        for (S3Object object : page.contents()) {
          if (!found.take(object.key(), object.size())) {
            return;
          }
        }
      }
    } catch (SdkException e) {
      throw failed(prefix, e);
    }
  }

  private StoreUnavailableException failed(String key, SdkException e) {
    return new StoreUnavailableException("s3://%s/%s".formatted(name, key), e);
  }
}
