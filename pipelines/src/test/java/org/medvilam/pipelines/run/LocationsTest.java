package org.medvilam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.pipelines.command.Heard;
import org.medvilam.records.store.LocalStore;

final class LocationsTest {
  @ParameterizedTest
  @ValueSource(strings = {"out", "../out", "/data/out", "C:\\data", "C:/data", "a b/c#d"})
  void pathIsOnTheLocalDisk(String place) {
    assertThat(Locations.standard().store("--input", place)).isInstanceOf(LocalStore.class);
  }

  @ParameterizedTest
  @CsvSource({
    "gs://bucket/a b/c/, gs://bucket/a b/c",
    "GS://bucket, gs://bucket",
    "s3://bucket/, s3://bucket",
    "hdfs://host:8020/data/set, hdfs://host:8020/data/set",
    "hdfs:///data, hdfs:///data"
  })
  void uriIsInRemoteStorage(String place, String shown) {
    assertThat(Locations.standard().store("--input", place).uri()).isEqualTo(shown);
  }

  @Test
  void unknownSchemeIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Locations.standard().store("--input", "ftp://host/data"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--input: expected a path, or one of gs://, s3://, hdfs://, found ftp://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:/bucket/data",
        "gs:///data",
        "gs://bucket:80/data",
        "hdfs://host:port/data",
        "gs://bucket/a//b",
        "gs://bucket/../other",
        "s3://bucket/./a"
      })
  void uriWithoutBucketOrNamesIsRefused(String place) {
    assertThatThrownBy(() -> Locations.standard().store("--output", place))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--output: expected ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://AKIA:topsecret@bucket/data",
        "s3://AKIA:top/topsecret@bucket/data",
        "hdfs://me:topsecret@host/",
        "ftp://me:topsecret@host/"
      })
  void secretInAnUriIsRefusedAndNotRepeated(String place) {
    Heard heard = Heard.of("convert", "--dataset=busi", "--input=" + place, "--output=out");
    assertThat(heard.code()).isEqualTo(ExitCode.USAGE);
    assertThat(heard.text()).contains("credentials come from").doesNotContain("topsecret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"topsecret\"}",
        "--SSECustomerKey={\"key\":\"topsecret\"}",
        "--hdfsConfiguration=[{\"hadoop.ssl.keystore.password\":\"topsecret\"}]"
      })
  void secretInAFlagIsRefusedAndNotRepeated(String flag) {
    Heard heard = Heard.of("validate", "s3://bucket/run", "--", flag);
    assertThat(heard.code()).isEqualTo(ExitCode.USAGE);
    assertThat(heard.text())
        .contains(flag.substring(0, flag.indexOf('=')))
        .doesNotContain("topsecret");
  }

  @Test
  void flagThatBeamDoesNotTakeIsRefused() {
    Locations locations = Locations.of(List.of("--noSuchFlag=1"));
    assertThatThrownBy(() -> locations.store("--input", "gs://bucket/data"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("noSuchFlag");
  }

  @Test
  void flagsAreCompletedOnceAPlaceIsRemote() {
    Locations locations = Locations.of(List.of("--endpoint=http://127.0.0.1:9000"));
    locations.store("--input", "data");
    assertThat(locations.beamFlags()).containsExactly("--endpoint=http://127.0.0.1:9000");
    locations.store("--output", "s3://bucket/out");
    assertThat(locations.beamFlags())
        .contains("--endpoint=http://127.0.0.1:9000", "--s3UploadBufferSizeBytes=8388608")
        .anyMatch(flag -> flag.startsWith("--s3ClientFactoryClass="));
  }

  @Test
  void placesBelowAreShownAsTheyWereTyped() {
    assertThat(Locations.below("gs://bucket/out/", "rejected"))
        .isEqualTo("gs://bucket/out/rejected");
    assertThat(Locations.below("out", "rejected")).isEqualTo("out/rejected");
    assertThat(Locations.name("s3://bucket/a run/")).isEqualTo("a run");
    assertThat(Locations.name("out/busi")).isEqualTo("busi");
  }
}
