package org.medvilam.records.codec;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.medvilam.records.InstructionRecord;

/**
 * Writes one {@code tf.Example} per record, each with the picture of its medium.
 *
 * <p>The index has a line {@code OFFSET LENGTH} in bytes per record, frame included, in the form of
 * the {@code tfrecord} package and of DALI.
 */
final class TfRecordWriter implements RecordWriter {
  private final OutputStream out;
  private final PictureSource pictures;
  private final StringBuilder index = new StringBuilder();
  private long offset;

  TfRecordWriter(OutputStream out, PictureSource pictures) {
    this.out = new BufferedOutputStream(out, 1 << 16);
    this.pictures = pictures;
  }

  @Override
  public void write(List<InstructionRecord> item) throws IOException {
    MediaGroups.of(item, this::writeMedium);
  }

  private void writeMedium(List<InstructionRecord> records) throws IOException {
    Optional<EncodedPicture> picture = pictures.of(records.get(0));
    for (InstructionRecord r : records) {
      byte[] message = TfExample.encode(TfFeatures.of(r, picture));
      TfFrame.write(out, message);
      int length = message.length + TfFrame.OVERHEAD;
      index.append(offset).append(' ').append(length).append('\n');
      offset += length;
    }
  }

  @Override
  public Optional<String> index() {
    return Optional.of(index.toString());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
