package org.medvilam.imaging;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates and unfilters a PNG file that is not interlaced, row by row (ISO/IEC 15948, clause 9).
 *
 * <p>Memory: two rows, however many pixels the header declares.
 */
final class PngRows implements PictureRows {
  private final PngFile file;
  private final Inflater inflater = new Inflater();
  private final int pixelBytes;
  private final int channels;
  private final int[] brightestOfEntry = new int[256];
  private byte[] row;
  private byte[] above;
  private int span;
  private int rowsRead;

  PngRows(PngFile file) {
    this.file = file;
    int bits = file.samples() * file.depth();
    this.pixelBytes = Math.max(1, bits / 8);
    int rowBytes = (int) (((long) file.width() * bits + 7) / 8);
    this.row = new byte[rowBytes + 1];
    this.above = new byte[rowBytes + 1];
    boolean palette = file.colourType() == PngFile.PALETTE;
    this.channels = palette || file.samples() >= 3 ? 3 : 1;
    for (int i = 0; palette && i < file.palette().length / 3; i++) {
      brightestOfEntry[i] = Math.max(entry(i, 0), Math.max(entry(i, 1), entry(i, 2)));
    }
  }

  @Override
  public int width() {
    return file.width();
  }

  @Override
  public int height() {
    return file.height();
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int black() {
    return 0;
  }

  @Override
  public int white() {
    return file.colourType() == PngFile.PALETTE ? 255 : (1 << file.depth()) - 1;
  }

  @Override
  public void next(int[] samples) {
    advance();
    if (file.colourType() == PngFile.PALETTE) {
      for (int x = 0; x < file.width(); x++) {
        int index = stored(x);
        for (int c = 0; c < channels; c++) {
          samples[x * channels + c] = entry(index, c);
        }
      }
      return;
    }
    int step = file.samples();
    for (int x = 0; x < file.width(); x++) {
      for (int c = 0; c < channels; c++) {
        samples[x * channels + c] = stored(x * step + c);
      }
    }
  }

  @Override
  public int nextMask(int[] samples, byte[] pixels, int at) {
    if (file.colourType() == 0 && file.depth() == 1) {
      advance();
      return maskOfBits(pixels, at);
    }
    if (file.colourType() == 0 && file.depth() == 8) {
      advance();
      return maskOfBytes(pixels, at);
    }
    if (file.colourType() == PngFile.PALETTE) {
      advance();
      return maskOfPalette(pixels, at);
    }
    return PictureRows.super.nextMask(samples, pixels, at);
  }

  private int maskOfBits(byte[] pixels, int at) {
    int any = 0;
    for (int x = 0; x < file.width(); x++) {
      int bit = row[1 + (x >> 3)] >> (7 - (x & 7)) & 1;
      pixels[at + x] = (byte) bit;
      any |= bit;
    }
    return any * 255;
  }

  private int maskOfBytes(byte[] pixels, int at) {
    int brightest = 0;
    for (int x = 0; x < file.width(); x++) {
      int v = row[1 + x] & 0xff;
      pixels[at + x] = (byte) (v >> 7);
      brightest = Math.max(brightest, v);
    }
    return brightest;
  }

  private int maskOfPalette(byte[] pixels, int at) {
    int brightest = 0;
    for (int x = 0; x < file.width(); x++) {
      int v = brightestOfEntry[stored(x)];
      pixels[at + x] = (byte) (v >> 7);
      brightest = Math.max(brightest, v);
    }
    return brightest;
  }

  /** Returns a sample of the row as it is stored; an index without an entry is black. */
  private int stored(int i) {
    return switch (file.depth()) {
      case 16 -> (row[1 + 2 * i] & 0xff) << 8 | row[2 + 2 * i] & 0xff;
      case 8 -> row[1 + i] & 0xff;
      default -> {
        int perByte = 8 / file.depth();
        int shift = 8 - file.depth() * (i % perByte + 1);
        yield (row[1 + i / perByte] & 0xff) >> shift & ((1 << file.depth()) - 1);
      }
    };
  }

  private int entry(int index, int channel) {
    byte[] palette = file.palette();
    int at = 3 * index + channel;
    return at < palette.length ? palette[at] & 0xff : 0;
  }

  private void advance() {
    byte[] swap = above;
    above = row;
    row = swap;
    inflate();
    rowsRead++;
    switch (row[0]) {
      case 0 -> {}
      case 1 -> unfilterSub();
      case 2 -> unfilterUp();
      case 3 -> unfilterAverage();
      case 4 -> unfilterPaeth();
      default ->
          throw PngFile.broken(
              file.name(),
              "expected filter 0 to 4 in row %d, found %d".formatted(rowsRead, row[0]));
    }
  }

  private void inflate() {
    int filled = 0;
    try {
      while (filled < row.length) {
        int n = inflater.inflate(row, filled, row.length - filled);
        filled += n;
        if (n == 0 && !feed()) {
          throw new UnreadablePictureException(
              "truncated-picture",
              "%s: expected %d rows, found the end of the pixels in row %d"
                  .formatted(file.name(), file.height(), rowsRead + 1));
        }
      }
    } catch (DataFormatException e) {
      throw new UnreadablePictureException(
          "unreadable-picture",
          "%s: expected compressed pixels, found in row %d: %s"
              .formatted(file.name(), rowsRead + 1, e.getMessage()),
          e);
    }
  }

  /** Hands the next chunk of pixels to the inflater, unless it is done or there is none. */
  private boolean feed() {
    if (inflater.finished() || inflater.needsDictionary() || span >= file.spans().length) {
      return false;
    }
    inflater.setInput(file.data(), file.spans()[span], file.spans()[span + 1]);
    span += 2;
    return true;
  }

  private void unfilterSub() {
    for (int i = 1 + pixelBytes; i < row.length; i++) {
      row[i] += row[i - pixelBytes];
    }
  }

  private void unfilterUp() {
    for (int i = 1; i < row.length; i++) {
      row[i] += above[i];
    }
  }

  private void unfilterAverage() {
    for (int i = 1; i < row.length; i++) {
      int left = i > pixelBytes ? row[i - pixelBytes] & 0xff : 0;
      row[i] += (byte) ((left + (above[i] & 0xff)) >> 1);
    }
  }

  private void unfilterPaeth() {
    for (int i = 1; i < row.length; i++) {
      int left = i > pixelBytes ? row[i - pixelBytes] & 0xff : 0;
      int up = above[i] & 0xff;
      int corner = i > pixelBytes ? above[i - pixelBytes] & 0xff : 0;
      int byLeft = Math.abs(up - corner);
      int byUp = Math.abs(left - corner);
      int byCorner = Math.abs(left + up - 2 * corner);
      int nearest = byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
      row[i] += (byte) nearest;
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
