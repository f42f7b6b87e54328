package org.medvilam.fewshot;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.medvilam.fewshot.picture.Fingerprints;
import org.medvilam.fewshot.picture.PictureMode;
import org.medvilam.fewshot.picture.PictureReader;
import org.medvilam.fewshot.picture.PictureRef;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.JsonLines;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordReader;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/**
 * Takes the fingerprints of all pictures that a draw may compare, on a pipeline's workers.
 *
 * <p>Reading and decoding pictures is what costs time: 10 to 20 ms each, against 20 µs for a
 * record. The files of records are cut into pieces of {@value #RECORDS_PER_PIECE} records; a worker
 * writes the fingerprints of a piece into one file, so no picture is shuffled and a retried piece
 * writes the same bytes. Pictures that are known to be held out by their group's name are looked at
 * too, since a worker sees one piece alone.
 */
final class FingerprintJob implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What is there while a draw goes on, and deleted in the end. */
  static final String WORK = ".work";

  /** The folder that the files lie in. */
  static final String FOLDER = WORK + "/pictures";

  private static final long RECORDS_PER_PIECE = 2048;
  private static final int LANES = 256;

  private final List<Store> runs = new ArrayList<>();
  private final List<Piece> pieces = new ArrayList<>();
  private final PictureMode mode;
  private final KnownStores stores;
  private final Store output;

  /** Records {@code from} to {@code to} (exclusive), counted from 0, of a file of a run. */
  record Piece(int number, int run, String path, long from, long to) implements Serializable {}

  /**
   * Cuts runs into pieces.
   *
   * @param runs the runs, in the order in which they will be read
   * @param mode how pictures are compared
   * @param stores where they are
   * @param output the tree to write into
   */
  FingerprintJob(List<RunFolder> runs, PictureMode mode, KnownStores stores, Store output) {
    this.mode = mode;
    this.stores = stores;
    this.output = output;
    for (RunFolder run : runs) {
      for (Manifest.FileEntry file : run.recordFiles(null)) {
        for (long from = 0; from < file.records(); from += RECORDS_PER_PIECE) {
          long to = from + RECORDS_PER_PIECE;
          pieces.add(new Piece(pieces.size(), this.runs.size(), file.path(), from, to));
        }
      }
      this.runs.add(run.store());
    }
  }

  /** Returns the path of a piece's file. */
  static String file(int piece) {
    return "%s/%06d.jsonl".formatted(FOLDER, piece);
  }

  /** Takes all fingerprints; half-finished work of an earlier attempt is done again. */
  Fingerprints run(Engine engine) throws IOException {
    if (!pieces.isEmpty()) {
      engine.run(this::steps, pieces.size(), this::finished);
    }
    return new TakenFingerprints(output, pieces.size());
  }

  /** Adds the work to a pipeline; what comes out are the numbers of finished pieces. */
  PCollection<Integer> steps(Pipeline pipeline) {
    return pipeline
        .apply("Pieces", Create.of(pieces).withCoder(SerializableCoder.of(Piece.class)))
        .apply("SpreadPieces", Reshuffle.<Piece>viaRandomKey().withNumBuckets(LANES))
        .apply("TakeFingerprints", ParDo.of(new TakeFn(this)));
  }

  private long finished() throws IOException {
    return output.list(FOLDER).stream()
        .filter(file -> !file.name().endsWith(RunFolder.TEMPORARY))
        .count();
  }

  private void take(Piece piece) throws IOException {
    String path = file(piece.number);
    String temporary = path + "." + UUID.randomUUID() + RunFolder.TEMPORARY;
    try (RecordReader records =
            RecordFormat.ofPath(piece.path).reader(runs.get(piece.run), piece.path);
        PictureReader pictures = new PictureReader(mode, stores, 1);
        BufferedWriter out = JsonLines.writer(output, temporary)) {
      PictureRef last = null;
      InstructionRecord r = records.next();
      for (long n = 0; r != null && n < piece.to; n++, r = records.next()) {
        PictureRef picture = n < piece.from ? null : PictureComparison.wanted(r);
        if (picture != null && !picture.equals(last)) {
          last = picture;
          pictures.read(picture, seen -> JsonLines.write(out, seen));
        }
      }
      pictures.finish();
    }
    output.move(temporary, path);
  }

  /** Takes the fingerprints of pieces, each into a file of its own. */
  private static final class TakeFn extends DoFn<Piece, Integer> {
    private static final long serialVersionUID = 1L;

    private final FingerprintJob job;

    TakeFn(FingerprintJob job) {
      this.job = job;
    }

    @ProcessElement
    public void process(@Element Piece piece, OutputReceiver<Integer> out) throws IOException {
      job.take(piece);
      out.output(piece.number);
    }
  }
}
