package org.medvilam.pipelines.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.medvilam.records.store.Store;
import org.medvilam.transforms.store.BeamStore;
import org.medvilam.transforms.store.StoreFlags;

/** Listing very many objects takes the memory of a page of them. */
final class ListingTest {
  private static final int OBJECTS = Integer.getInteger("objects", 200_000);

  /** What Beam's client needs to start, and far less than a list of so many objects. */
  private static final String HEAP = "-Xmx40m";

  @Test
  void manyObjectsPassThroughASmallHeap() throws Exception {
    try (GcsServer server = new GcsServer()) {
      for (int i = 0; i < OBJECTS; i++) {
        server.put(
            String.format(Locale.ROOT, "data/images/picture %07d of many.png", i), new byte[0]);
      }
      server.put("data/labels.csv", new byte[10]);
      assertThat(visit(server, "data/images")).isEqualTo("children: " + OBJECTS);
      int before = server.listings();
      assertThat(visit(server, "data")).isEqualTo("children: 2");
      assertThat(server.listings() - before).isEqualTo(1);
    }
  }

  private static String visit(GcsServer server, String folder) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ListingTest.class.getName(), server.root() + "/" + folder));
    command.addAll(server.flags());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().filter(line -> line.startsWith("children")).findFirst().orElse(said);
  }

  /** Counts the children of a folder. */
  public static void main(String[] args) throws Exception {
    List<String> flags = StoreFlags.complete(List.of(args).subList(1, args.length));
    Store store = BeamStore.of(args[0], flags);
    AtomicLong children = new AtomicLong();
    store.visit("", entry -> children.incrementAndGet());
    System.out.println("children: " + children);
  }
}
