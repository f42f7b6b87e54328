package org.medvilam.trainer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.tensorflow.framework.Summary;

/**
 * A file of scalars that TensorBoard reads: TFRecord frames of {@code Event} messages.
 *
 * <p>A frame is the length (64 bits, little endian), the masked CRC-32C of those eight bytes, the
 * message, and the masked CRC-32C of the message. Times are seconds of training, not of the day, so
 * that no clock is written.
 */
final class EventFile implements AutoCloseable {
  /** TensorBoard takes files whose name holds {@code tfevents}. */
  static final String FILE = "events.out.tfevents.0.medvilam";

  private static final String VERSION = "brain.Event:2";
  private static final int MASK_DELTA = 0xa282ead8;

  /** The numbers of the fields of {@code tensorflow.Event}. */
  private static final int WALL_TIME = 1;

  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;

  private final OutputStream out;

  EventFile(Path file) throws IOException {
    out = Files.newOutputStream(file);
    write(event -> event.writeString(FILE_VERSION, VERSION));
  }

  void add(History.Row row) throws IOException {
    Summary.Builder summary = Summary.newBuilder();
    scalar(summary, "train/loss", row.loss());
    scalar(summary, "train/rate", row.rate());
    scalar(summary, "train/gradient_norm", row.gradientNorm());
    if (!Double.isNaN(row.validationLoss())) {
      scalar(summary, "validation/loss", row.validationLoss());
    }
    write(
        event -> {
          event.writeDouble(WALL_TIME, row.seconds());
          event.writeInt64(STEP, row.step());
          event.writeMessage(SUMMARY, summary.build());
        });
  }

  private static void scalar(Summary.Builder summary, String tag, double value) {
    summary.addValueBuilder().setTag(tag).setSimpleValue((float) value);
  }

  private void write(Fields fields) throws IOException {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    CodedOutputStream coded = CodedOutputStream.newInstance(event);
    fields.writeTo(coded);
    coded.flush();
    byte[] message = event.toByteArray();
    ByteBuffer frame =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + message.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    frame.putLong(message.length);
    frame.putInt(maskedCrc(frame.array(), 0, Long.BYTES));
    frame.put(message).putInt(maskedCrc(message, 0, message.length));
    out.write(frame.array());
    out.flush();
  }

  /** Returns the checksum, turned right by 15 bits and shifted by a constant. */
  static int maskedCrc(byte[] bytes, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, length);
    return Integer.rotateRight((int) sum.getValue(), 15) + MASK_DELTA;
  }

  private interface Fields {
    void writeTo(CodedOutputStream event) throws IOException;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
