package org.medvilam.imaging;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.medvilam.records.Hashing;

/**
 * What tells whether two files hold the same picture, made in one pass over its rows.
 *
 * @param width stored columns
 * @param height stored rows
 * @param channels 1 for grey, 3 for colour
 * @param pixelSha256 hex SHA-256 over width, height and channels (4 bytes each, big-endian) and
 *     then every stored sample (2 bytes, big-endian), row by row; alpha is left out. Two files have
 *     it in common if and only if they decode to the same samples
 * @param steps number of stored values from black to white
 * @param small brightness of the picture squashed to a square, each pixel the mean of its area
 */
public record PictureSummary(
    int width, int height, int channels, String pixelSha256, double steps, GreyPicture small) {

  /** Summarises rows, of which one is in memory at a time. */
  static PictureSummary of(PictureRows rows, double low, double high, int side) {
    int width = rows.width();
    int channels = rows.channels();
    MessageDigest digest = Hashing.sha256();
    digest.update(
        ByteBuffer.allocate(12).putInt(width).putInt(rows.height()).putInt(channels).flip());
    int[] samples = new int[width * channels];
    ByteBuffer stored = ByteBuffer.allocate(2 * samples.length);
    float[] row = new float[width];
    GreyShrinker small = new GreyShrinker(width, rows.height(), side);
    for (int y = 0; y < rows.height(); y++) {
      rows.next(samples);
      stored.clear();
      for (int sample : samples) {
        stored.putShort((short) sample);
      }
      digest.update(stored.flip());
      Pictures.greyRow(samples, channels, low, high, row, 0);
      small.add(row);
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    return new PictureSummary(width, rows.height(), channels, sha256, high - low, small.picture());
  }
}
