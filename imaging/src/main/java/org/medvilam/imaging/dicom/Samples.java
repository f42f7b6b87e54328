package org.medvilam.imaging.dicom;

import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferDouble;
import java.awt.image.DataBufferFloat;
import java.awt.image.DataBufferInt;
import java.awt.image.DataBufferShort;
import java.awt.image.DataBufferUShort;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * The samples of a frame, colour by pixel, in the narrowest type that holds every value.
 *
 * <p>Bits above the high bit are dropped, as old files keep overlays there, and the high bit is
 * extended where it is a sign (PS3.5, section 8.1.1).
 */
final class Samples {
  private final PixelFormat format;
  private final DataBuffer buffer;
  private final int shift;
  private final boolean wide;

  Samples(PixelFormat format) {
    this.format = format;
    this.buffer = buffer(format);
    this.shift = format.high() + 1 - format.stored();
    this.wide = buffer.getDataType() == DataBuffer.TYPE_DOUBLE;
  }

  private static DataBuffer buffer(PixelFormat format) {
    int size = format.samples();
    if (format.real()) {
      return format.allocated() == 32 ? new DataBufferFloat(size) : new DataBufferDouble(size);
    }
    int bits = format.stored();
    if (format.signed()) {
      return bits <= 16 ? new DataBufferShort(size) : new DataBufferInt(size);
    }
    if (bits <= 16) {
      return bits <= 8 ? new DataBufferByte(size) : new DataBufferUShort(size);
    }
    return bits < 32 ? new DataBufferInt(size) : new DataBufferDouble(size);
  }

  PixelFormat format() {
    return format;
  }

  /**
   * Stores an integer sample.
   *
   * @param index of the sample: row by row, colour by pixel
   * @param bits the sample as it is written
   */
  void set(int index, int bits) {
    long value = format.value(bits >>> shift);
    if (wide) {
      buffer.setElemDouble(index, (double) value);
    } else {
      buffer.setElem(index, (int) value);
    }
  }

  /** Stores a floating point sample. */
  void set(int index, double value) {
    buffer.setElemDouble(index, value);
  }

  /** Returns the samples; changes of the raster are changes of them. */
  WritableRaster raster() {
    int bands = format.photometric().samples();
    int[] offsets = bands == 1 ? new int[] {0} : new int[] {0, 1, 2};
    ComponentSampleModel model =
        new PixelInterleavedSampleModel(
            buffer.getDataType(),
            format.columns(),
            format.rows(),
            bands,
            bands * format.columns(),
            offsets);
    return Raster.createWritableRaster(model, buffer, null);
  }
}
