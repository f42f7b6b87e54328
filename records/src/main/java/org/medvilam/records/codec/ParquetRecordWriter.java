package org.medvilam.records.codec;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.medvilam.records.InstructionRecord;

/**
 * Writes Parquet with three-level lists and Snappy pages, row groups of at most 8 MiB.
 *
 * <p>Every column has one encoding (pages of version 2, no dictionaries): the library lists the
 * encodings of a column in an order that differs from one JVM to the next.
 */
final class ParquetRecordWriter implements RecordWriter {
  private static final long ROW_GROUP_BYTES = 8L << 20;

  private final ParquetWriter<GenericRecord> writer;

  ParquetRecordWriter(OutputStream out) throws IOException {
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    writer =
        AvroParquetWriter.<GenericRecord>builder(new StreamFile(out))
            .withSchema(AvroTree.SCHEMA)
            .withConf(configuration)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0)
            .withDictionaryEncoding(false)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .build();
  }

  @Override
  public void write(List<InstructionRecord> item) throws IOException {
    for (InstructionRecord instruction : item) {
      writer.write(AvroTree.toAvro(instruction));
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  /** A stream as Parquet sees a file: written once, front to back. */
  private record StreamFile(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionStream(new BufferedOutputStream(out, 1 << 16));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  /** Knows how many bytes it has passed on. */
  private static final class PositionStream extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    PositionStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      position++;
    }

    @Override
    public void write(byte[] b, int offset, int length) throws IOException {
      out.write(b, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
