package org.medvilam.pipelines.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.pipelines.command.Heard;
import org.medvilam.records.store.LocalStore;

/** How long a conversion takes from and to each kind of storage; servers share the machine. */
@Tag("benchmark")
final class StoresBenchmark {
  private static final int PICTURES = Integer.getInteger("pictures", 2000);

  @TempDir private Path folder;

  @Test
  void convertFromAndToEachKindOfStorage() throws Exception {
    Path data = folder.resolve("data");
    Catalogue.find("busi").orElseThrow().draw(new PhantomRequest(data, PICTURES, 1));
    convert(folder.toString(), List.of(), "first");
    convert(folder.toString(), List.of(), "local");
    try (StorageServer gcs = new GcsServer()) {
      convert(data, gcs, "gs");
    }
    try (StorageServer s3 = new S3Server(Files.createDirectories(folder.resolve("s3")))) {
      convert(data, s3, "s3");
    }
    try (StorageServer hdfs = new HdfsServer(folder.resolve("hdfs"))) {
      convert(data, hdfs, "hdfs");
    }
  }

  private static void convert(Path data, StorageServer server, String name) throws IOException {
    Trees.copy(LocalStore.of(data), server.store("data"));
    convert(server.root(), server.flags(), name);
  }

  private static void convert(String top, List<String> flags, String name) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("convert", "--dataset=busi", "--shards=4", "--input=" + top + "/data"));
    words.addAll(List.of("--output=" + top + "/" + name, "--"));
    words.addAll(flags);
    long start = System.nanoTime();
    Heard heard = Heard.of(words.toArray(String[]::new));
    System.out.printf(
        Locale.ROOT,
        "%s: exit code %d, %.1f s%n",
        name,
        heard.code(),
        (System.nanoTime() - start) * 1e-9);
  }
}
