package org.medvilam.imaging.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A NIfTI file put together field by field; by default a single file of 2 x 3 x 4 bytes. */
final class WrittenNifti {
  ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  boolean two;
  boolean pair;
  long[] dim = {3, 2, 3, 4, 1, 1, 1, 1};
  int datatype = 2;
  double[] pixdim = {1, 1, 1, 1, 0, 0, 0, 0};
  double offset = -1;
  double slope;
  double intercept;
  int units = 10;
  int qform;
  int sform;
  double[] quaternion = new double[6];
  double[] rows = new double[12];
  String free = "";

  /** Returns the header of a single file or of a pair. */
  byte[] header() {
    ByteBuffer b = ByteBuffer.allocate(two ? 540 : 348).order(order);
    b.putInt(0, two ? 540 : 348);
    String magic = (pair ? "ni" : "n+") + (two ? "2\0\r\n\032\n" : "1\0");
    b.put(two ? 4 : 344, magic.getBytes(StandardCharsets.ISO_8859_1));
    b.put(two ? 240 : 148, free.getBytes(StandardCharsets.ISO_8859_1));
    double start = offset >= 0 ? offset : pair ? 0 : two ? 544 : 352;
    if (two) {
      b.putShort(12, (short) datatype).putLong(168, (long) start);
      b.putDouble(176, slope).putDouble(184, intercept);
      b.putInt(344, qform).putInt(348, sform).putInt(500, units);
    } else {
      b.putShort(70, (short) datatype).putFloat(108, (float) start);
      b.putFloat(112, (float) slope).putFloat(116, (float) intercept);
      b.putShort(252, (short) qform).putShort(254, (short) sform).put(123, (byte) units);
    }
    for (int i = 0; i < 8; i++) {
      if (two) {
        b.putLong(16 + 8 * i, dim[i]).putDouble(104 + 8 * i, pixdim[i]);
      } else {
        b.putShort(40 + 2 * i, (short) dim[i]).putFloat(76 + 4 * i, (float) pixdim[i]);
      }
    }
    numbers(b, two ? 352 : 256, quaternion);
    numbers(b, two ? 400 : 280, rows);
    return b.array();
  }

  private void numbers(ByteBuffer b, int at, double[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (two) {
        b.putDouble(at + 8 * i, numbers[i]);
      } else {
        b.putFloat(at + 4 * i, (float) numbers[i]);
      }
    }
  }

  /** Returns a single file with its voxels. */
  byte[] file(byte[] voxels) {
    byte[] header = header();
    int start = (int) (offset >= 0 ? offset : two ? 544 : 352);
    ByteBuffer b = ByteBuffer.allocate(Math.max(start, header.length) + voxels.length);
    b.put(header).position(Math.max(start, header.length));
    return b.put(voxels).array();
  }

  /** States where the voxels lie by rows of the sform, which grow to right, front and top. */
  WrittenNifti at(VolumeGrid grid) {
    dim = new long[] {3, grid.ni(), grid.nj(), grid.nk(), 1, 1, 1, 1};
    sform = 1;
    Vector3[] columns = {grid.di(), grid.dj(), grid.dk(), grid.origin()};
    for (int c = 0; c < 4; c++) {
      rows[c] = -columns[c].x();
      rows[4 + c] = -columns[c].y();
      rows[8 + c] = columns[c].z();
    }
    return this;
  }
}
