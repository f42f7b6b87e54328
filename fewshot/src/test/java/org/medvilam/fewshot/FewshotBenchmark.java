package org.medvilam.fewshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import org.medvilam.fewshot.picture.PictureCopies;
import org.medvilam.fewshot.picture.PictureMode;
import org.medvilam.records.Finding;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordWriter;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;

/**
 * Times a draw from generated records, and says how much memory it holds at its end.
 *
 * <p>Arguments: number of records (one per picture, each of a group of its own, three in ten held
 * out), {@code none}, {@code exact} or {@code perceptual}, folder. Pictures are noise of 40 x 40
 * pixels, made when they are asked for; one in a hundred training pictures is a held-out one.
 */
final class FewshotBenchmark {
  private static final int SHARD = 1 << 16;

  private FewshotBenchmark() {}

  public static void main(String[] args) throws IOException {
    int size = Integer.parseInt(args[0]);
    Path folder = Path.of(args[2]);
    RunFolder run = run(size, folder.resolve("run-" + size));
    FewshotOptions options =
        FewshotOptions.standard()
            .withPictures(PictureMode.valueOf(args[1].toUpperCase(Locale.ROOT)));
    long start = System.nanoTime();
    Path out = Files.createTempDirectory(folder, "out-");
    Fewshot fewshot = new Fewshot(List.of(run), options, d -> new NoiseStore(size), n -> {}, null);
    FewshotReport report = fewshot.write(LocalStore.of(out), 1);
    System.out.printf(
        Locale.ROOT,
        "%,d records, pictures %s: %.1f s, %,d left out, %d chosen; heap limit %,d MiB%n",
        size,
        args[1],
        (System.nanoTime() - start) * 1e-9,
        report.leaks().excludedRecords(),
        report.chosen().size(),
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static RunFolder run(int size, Path folder) throws IOException {
    LocalStore store = LocalStore.of(folder);
    if (store.exists(RunFolder.SUCCESS)) {
      return RunFolder.open(store);
    }
    Instructor instructor = new Instructor(InstructionOptions.standard(), "busi/1");
    List<Manifest.FileEntry> files = new ArrayList<>();
    int shards = (size + SHARD - 1) / SHARD;
    for (int s = 0; s < shards; s++) {
      String name = RunFolder.shardName(null, s, shards);
      String path = RunFolder.recordPath(name, RecordFormat.JSONL);
      int n = Math.min(SHARD, size - s * SHARD);
      try (RecordWriter writer = RecordFormat.JSONL.writer(store.write(path))) {
        for (int i = 0; i < n; i++) {
          writer.write(record(instructor, s * SHARD + i));
        }
      }
      files.add(new Manifest.FileEntry(path, 0, n, ""));
    }
    TreeMap<String, String> roots = new TreeMap<>();
    roots.put("busi", folder.toString());
    Manifest manifest =
        new Manifest(
            "medvilam",
            "convert",
            new TreeMap<>(),
            List.of("busi/1"),
            roots,
            "00",
            new Counts(),
            files);
    RunFolder.finish(store, manifest);
    return RunFolder.open(store);
  }

  private static InstructionRecord record(Instructor instructor, int i) {
    String id = String.format(Locale.ROOT, "picture %07d", i);
    String label = "label " + i % 14;
    Sample sample =
        new Sample(
            "busi",
            Media.image(id, "folder/" + i + ".png", 40, 40),
            i % 10 < 7 ? Split.TRAIN : Split.TEST,
            "us",
            "patient:" + i,
            TestRuns.SOURCE,
            List.of(),
            List.of(Finding.of(label, label, new Box(1, 2, 30, 35), TestRuns.SOURCE)));
    return instructor.instruct(sample).records().stream()
        .filter(r -> r.task() == Task.LOCALIZATION)
        .findFirst()
        .orElseThrow();
  }

  /** Pictures of noise by their number. */
  private record NoiseStore(int size) implements Store {
    private static byte[] picture(String path) {
      int i = Integer.parseInt(path.replaceAll("\\D", ""));
      boolean copy = i % 10 < 7 && i / 10 % 100 == 0;
      Random random = new Random(copy ? i / 10 * 10 + 7 : i);
      var image =
          new java.awt.image.BufferedImage(40, 40, java.awt.image.BufferedImage.TYPE_BYTE_GRAY);
      byte[] pixels = new byte[1600];
      random.nextBytes(pixels);
      image.getRaster().setDataElements(0, 0, 40, 40, pixels);
      try {
        return copy ? PictureCopies.otherPng(image) : PictureCopies.png(image);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String uri() {
      return "noise";
    }

    @Override
    public boolean exists(String path) {
      return true;
    }

    @Override
    public boolean isFolder(String path) {
      return false;
    }

    @Override
    public void visit(String folder, Visitor visitor) {}

    @Override
    public InputStream read(String path) {
      return new ByteArrayInputStream(picture(path));
    }

    @Override
    public byte[] readAll(String path) {
      return picture(path);
    }

    @Override
    public OutputStream write(String path) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void move(String from, String to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String path) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Store below(String folder) {
      return this;
    }
  }
}
