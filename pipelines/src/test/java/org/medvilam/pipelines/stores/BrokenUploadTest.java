package org.medvilam.pipelines.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.pipelines.command.Heard;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;

/** An upload that breaks leaves nothing that looks like a result, and a run goes on after it. */
final class BrokenUploadTest {
  @TempDir private Path folder;

  @Test
  void runWhoseUploadBrokeIsResumed() throws IOException {
    Path data = folder.resolve("data");
    Catalogue.find("busi").orElseThrow().draw(new PhantomRequest(data, 24, 1));
    try (GcsServer server = new GcsServer()) {
      Trees.copy(LocalStore.of(data), server.store("data"));
      assertThat(convert(server, "undisturbed").code()).isZero();
      server.dropUploads(name -> name.contains("records/train-00002"), true);
      Heard broken = convert(server, "broken");
      assertThat(broken.code()).as(broken.text()).isEqualTo(3);
      assertThat(server.dropped()).isPositive();
      assertThat(server.names())
          .contains("broken/.work/plan.json")
          .doesNotContain("broken/_SUCCESS", "broken/manifest.json")
          .noneMatch(name -> name.startsWith("broken/records/train-00002"));
      server.dropUploads(name -> name.contains("records/"), false);
      Heard resumed = convert(server, "broken", "--resume");
      assertThat(resumed.code()).as(resumed.text()).isZero();
      assertThat(server.dropped()).isGreaterThan(1);
      assertThat(Trees.checksums(server.store("broken")))
          .isEqualTo(Trees.checksums(server.store("undisturbed")));
    }
  }

  private static Heard convert(GcsServer server, String output, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("convert", "--dataset=busi", "--shards=4"));
    words.addAll(List.of("--input=" + server.root() + "/data"));
    words.addAll(List.of("--output=" + server.root() + "/" + output));
    words.addAll(List.of(more));
    words.add("--");
    words.addAll(server.flags());
    return Heard.of(words.toArray(String[]::new));
  }

  /** Beam's channel would complete the upload when it is closed, with the parts that went well. */
  @Test
  void objectWhoseSecondPartBrokeIsNeverThere() throws Exception {
    try (S3Server server = new S3Server(folder);
        Relay relay = new Relay(server.port())) {
      Store store = server.at(relay.port()).store("");
      byte[] part = new byte[8 << 20];
      assertThatThrownBy(
              () -> {
                try (OutputStream out = store.write("object")) {
                  out.write(part);
                  out.write(1);
                  relay.breakUploads(true);
                  out.write(part);
                  out.write(part);
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("s3://bucket/object");
      relay.breakUploads(false);
      assertThat(store.exists("object")).isFalse();
      try (OutputStream out = store.write("object")) {
        out.write(part);
      }
      assertThat(store.exists("object")).isTrue();
    }
  }
}
