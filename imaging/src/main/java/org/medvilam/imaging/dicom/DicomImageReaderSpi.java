package org.medvilam.imaging.dicom;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Registers {@link DicomImageReader} under the name {@code DICOM}. */
public final class DicomImageReaderSpi extends ImageReaderSpi {
  /** The name under which readers of DICOM are asked for. */
  public static final String FORMAT = "DICOM";

  private static final int START = 1 << 10;

  /** Creates the provider; {@code javax.imageio} does so. */
  public DicomImageReaderSpi() {
    super(
        "medvilam",
        "0.1",
        new String[] {FORMAT, "dicom"},
        new String[] {"dcm", "dicom", "dic"},
        new String[] {"application/dicom"},
        DicomImageReader.class.getName(),
        new Class<?>[] {ImageInputStream.class, DicomFile.class},
        null,
        false,
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        null,
        null);
  }

  @Override
  public boolean canDecodeInput(Object source) throws IOException {
    if (source instanceof DicomFile) {
      return true;
    }
    return source instanceof ImageInputStream in && DicomFile.starts(start(in));
  }

  private static byte[] start(ImageInputStream in) throws IOException {
    byte[] start = new byte[START];
    int length = 0;
    in.mark();
    try {
      int read = in.read(start, 0, START);
      while (read > 0) {
        length += read;
        read = in.read(start, length, START - length);
      }
    } finally {
      in.reset();
    }
    return Arrays.copyOf(start, length);
  }

  @Override
  public ImageReader createReaderInstance(@Nullable Object extension) {
    return new DicomImageReader(this);
  }

  @Override
  public String getDescription(@Nullable Locale locale) {
    return "medvilam DICOM image reader";
  }
}
