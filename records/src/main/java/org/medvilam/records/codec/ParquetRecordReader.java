package org.medvilam.records.codec;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;

/** Reads Parquet from memory; a shard is small by design. */
final class ParquetRecordReader implements RecordReader {
  private final ParquetReader<GenericRecord> reader;

  ParquetRecordReader(byte[] file) throws IOException {
    reader =
        AvroParquetReader.<GenericRecord>builder(
                new MemoryFile(file), new PlainParquetConfiguration())
            .build();
  }

  @Override
  public @Nullable InstructionRecord next() throws IOException {
    GenericRecord avro = reader.read();
    return avro == null ? null : AvroTree.toRecord(avro);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Bytes as Parquet sees a file. */
  private static final class MemoryFile implements InputFile {
    private final byte[] bytes;

    MemoryFile(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long getLength() {
      return bytes.length;
    }

    @Override
    public SeekableInputStream newStream() {
      return new MemoryStream(new Cursor(bytes));
    }
  }

  /** A byte array stream whose position can be set. */
  private static final class Cursor extends ByteArrayInputStream {
    Cursor(byte[] bytes) {
      super(bytes);
    }

    synchronized int position() {
      return pos;
    }

    synchronized void seek(long to) throws EOFException {
      if (to < 0 || to > count) {
        throw new EOFException("position " + to + " of " + count);
      }
      pos = (int) to;
    }
  }

  private static final class MemoryStream extends DelegatingSeekableInputStream {
    private final Cursor cursor;

    MemoryStream(Cursor cursor) {
      super(cursor);
      this.cursor = cursor;
    }

    @Override
    public long getPos() {
      return cursor.position();
    }

    @Override
    public void seek(long to) throws IOException {
      cursor.seek(to);
    }
  }
}
