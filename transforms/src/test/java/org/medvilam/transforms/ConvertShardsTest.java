package org.medvilam.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.Settings;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.imaging.Pictures;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.store.LocalStore;

final class ConvertShardsTest {
  private static final int IMAGES = 40;

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void draw() throws IOException {
    data = folder.resolve("data");
    Catalogue.find("busi").orElseThrow().draw(new PhantomRequest(data, IMAGES, 7));
  }

  @Test
  void directRunnerWritesWhatAPlainLoopWrites() throws IOException {
    ConvertJob direct = job("direct", RecordFormat.JSONL, 3);
    ConvertJob loop = job("loop", RecordFormat.JSONL, 3);
    runOnDirect(direct);
    runAsLoop(loop);
    assertThat(checksums(direct)).isEqualTo(checksums(loop));
  }

  @ParameterizedTest
  @EnumSource(value = RecordFormat.class, names = "JSONL", mode = EnumSource.Mode.EXCLUDE)
  void otherFormatsHoldTheSameRecords(RecordFormat format) throws IOException {
    ConvertJob lines = job("lines", RecordFormat.JSONL, 1);
    ConvertJob other = job("other", format, 1);
    runAsLoop(lines);
    runAsLoop(other);
    assertThat(records(other)).isEqualTo(records(lines));
  }

  @Test
  void webDatasetStoresThePicturesAsTheyAre() throws IOException {
    ConvertJob job = job("tar", RecordFormat.WEBDATASET, 1);
    Manifest manifest = runAsLoop(job);
    assertThat(manifest.counts().pictures()).isEqualTo(Map.of("embedded", (long) IMAGES));
    String path = RunFolder.open(job.output()).manifest().files().get(0).path();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(job.output().read(path))) {
      tar.getNextEntry();
      JsonNode sample = new ObjectMapper().readTree(tar.readAllBytes());
      String uri = sample.at("/records/0/media/uri").textValue();
      tar.getNextEntry();
      assertThat(tar.readAllBytes()).isEqualTo(job.root().readAll(uri));
    }
  }

  @Test
  void picturesAreEncodedAnew() throws IOException {
    ConvertJob job =
        job("jpeg", RecordFormat.WEBDATASET, 1, new Embedding(Embedding.Form.JPEG, 32));
    runAsLoop(job);
    String path = RunFolder.open(job.output()).manifest().files().get(0).path();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(job.output().read(path))) {
      tar.getNextEntry();
      assertThat(tar.getNextEntry().getName()).endsWith(".jpg");
      PictureInfo info = Pictures.probe(tar.readAllBytes(), "sample");
      assertThat(Math.max(info.width(), info.height())).isEqualTo(32);
    }
  }

  @Test
  void lostIndexIsWrittenAgainOnResume() throws IOException {
    ConvertJob whole = job("whole-index", RecordFormat.TFRECORD, 2);
    runAsLoop(whole);
    ConvertJob broken = job("lost-index", RecordFormat.TFRECORD, 2);
    ItemPlan plan = ItemPlan.write(broken, scratch(), n -> {});
    ShardSummary first = new ShardConverter(broken).convert(plan.shards().get(0));
    assertThat(first.files().get(1).path()).startsWith("index/").endsWith(".idx");
    Files.delete(folder.resolve("lost-index").resolve(first.files().get(1).path()));
    broken.output().write("index/train-00000-of-00009.idx").close();
    runAsLoop(broken);
    assertThat(checksums(broken)).isEqualTo(checksums(whole));
  }

  @Test
  void numberOfShardsDoesNotChangeTheRecords() throws IOException {
    ConvertJob one = job("one", RecordFormat.JSONL, 1);
    ConvertJob many = job("many", RecordFormat.JSONL, 5);
    runAsLoop(one);
    runAsLoop(many);
    assertThat(records(many)).isEqualTo(records(one));
  }

  @Test
  void summaryComesOutForEachShard() throws IOException {
    ConvertJob job = job("summaries", RecordFormat.JSONL, 2);
    ItemPlan plan = ItemPlan.write(job, scratch(), n -> {});
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollection<String> names =
        pipeline
            .apply(Create.of(plan.shards()).withCoder(SerializableCoder.of(ShardSpec.class)))
            .apply(ConvertShards.of(job, plan));
    PAssert.that(names)
        .containsInAnyOrder(plan.shards().stream().map(ShardSpec::name).toArray(String[]::new));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void itemsAddUp() throws IOException {
    ConvertJob job = job("counts", RecordFormat.JSONL, 2);
    Manifest manifest = runAsLoop(job);
    assertThat(manifest.counts().items("read")).isEqualTo(IMAGES);
  }

  @Test
  void brokenPictureIsNamedAndTheOthersAreKept() throws IOException {
    Path victim = firstPicture();
    Files.write(victim, new byte[] {1, 2, 3});
    Manifest manifest = runAsLoop(job("broken", RecordFormat.JSONL, 2));
    assertThat(manifest.counts().items("rejected")).isEqualTo(1);
  }

  @Test
  void resumeKeepsFinishedShardsAndRedoesDamagedOnes() throws IOException {
    ConvertJob whole = job("whole", RecordFormat.JSONL, 4);
    runAsLoop(whole);
    ConvertJob broken = job("broken-off", RecordFormat.JSONL, 4);
    ItemPlan plan = ItemPlan.write(broken, scratch(), n -> {});
    ShardConverter converter = new ShardConverter(broken);
    String kept = converter.convert(plan.shards().get(0)).files().get(0).path();
    String damaged = converter.convert(plan.shards().get(1)).files().get(0).path();
    Files.writeString(folder.resolve("broken-off").resolve(damaged), "half a rec");
    var keptTime = Files.getLastModifiedTime(folder.resolve("broken-off").resolve(kept));
    runAsLoop(broken);
    assertThat(checksums(broken)).isEqualTo(checksums(whole));
    assertThat(Files.getLastModifiedTime(folder.resolve("broken-off").resolve(kept)))
        .isEqualTo(keptTime);
  }

  @Test
  void missingShardIsNotMarkedFinished() throws IOException {
    ConvertJob job = job("missing", RecordFormat.JSONL, 2);
    ItemPlan plan = ItemPlan.write(job, scratch(), n -> {});
    new ShardConverter(job).convert(plan.shards().get(0));
    assertThatThrownBy(() -> new RunFinisher(job, plan).finish())
        .hasMessageContaining(plan.shards().get(1).name());
    assertThat(folder.resolve("missing").resolve(RunFolder.SUCCESS)).doesNotExist();
  }

  @Test
  void finishingAgainChangesNothing() throws IOException {
    ConvertJob job = job("twice", RecordFormat.JSONL, 2);
    Manifest first = runAsLoop(job);
    ItemPlan gone = new ItemPlan(List.of(), new Counts(), "");
    assertThat(new RunFinisher(job, gone).finish()).isEqualTo(first);
  }

  @Test
  void finishedRunHoldsNothingElse() throws IOException {
    ConvertJob job = job("clean", RecordFormat.JSONL, 1);
    job.output().write("manifest.json.killed.tmp").close();
    job.output().write("records/train-00000-of-00001.jsonl.killed.tmp").close();
    runAsLoop(job);
    assertThat(job.output().list(RunFolder.RECORDS))
        .allMatch(file -> file.name().endsWith("-of-00001.jsonl"));
    try (Stream<Path> children = Files.list(folder.resolve("clean"))) {
      assertThat(children.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("records", "rejected", "manifest.json", "_SUCCESS");
    }
  }

  private ConvertJob job(String name, RecordFormat format, int shards) {
    return job(name, format, shards, Embedding.standard(format, Settings.standard()));
  }

  private ConvertJob job(String name, RecordFormat format, int shards, Embedding embedding) {
    return new ConvertJob(
        "busi",
        LocalStore.of(busiRoot()),
        LocalStore.of(folder.resolve(name)),
        Settings.standard(),
        InstructionOptions.standard(),
        format,
        shards,
        0,
        embedding);
  }

  private Path busiRoot() {
    try {
      LocalStore input = LocalStore.of(data);
      String prefix =
          Catalogue.find("busi").orElseThrow().check(input, Settings.standard()).prefix();
      return data.resolve(prefix);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path firstPicture() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(p -> p.toString().endsWith(").png")).sorted().findFirst().orElseThrow();
    }
  }

  private Path scratch() throws IOException {
    return Files.createTempDirectory(folder, "scratch");
  }

  private Manifest runAsLoop(ConvertJob job) throws IOException {
    ItemPlan plan = ItemPlan.write(job, scratch(), n -> {});
    ShardConverter converter = new ShardConverter(job);
    for (ShardSpec shard : plan.shards()) {
      converter.convert(shard);
    }
    return new RunFinisher(job, plan).finish();
  }

  private void runOnDirect(ConvertJob job) throws IOException {
    ItemPlan plan = ItemPlan.write(job, scratch(), n -> {});
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(Create.of(plan.shards()).withCoder(SerializableCoder.of(ShardSpec.class)))
        .apply(ConvertShards.of(job, plan));
    pipeline.run().waitUntilFinish();
  }

  private static List<String> records(ConvertJob job) throws IOException {
    List<String> records = new ArrayList<>();
    RunFolder.open(job.output()).forEach(null, r -> records.add(r.toString()));
    return records;
  }

  private static Map<String, String> checksums(ConvertJob job) throws IOException {
    Path root = Path.of(job.output().uri());
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (var in = Files.newInputStream(file)) {
          sums.put(root.relativize(file).toString(), Checksum.of(in).hex());
        }
      }
    }
    return sums;
  }
}
