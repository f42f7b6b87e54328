package org.medvilam.imaging.volume;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.medvilam.records.store.Store;

/** Reads headers: tells the format by content, then by the file's name. */
final class VolumeHeaders {
  /** The longest header in text, in bytes. */
  private static final int MAX_TEXT = 1 << 20;

  private VolumeHeaders() {}

  static VolumeFile read(Store store, String path) throws IOException {
    byte[] head = start(store, path, NiftiHeader.LONGEST);
    boolean gzip = Encoding.isGzip(head);
    if (gzip) {
      head = unpackedStart(store, path);
    }
    String name = path.toLowerCase(Locale.ROOT);
    if (NiftiHeader.starts(head)) {
      return NiftiHeader.parse(head, store, path, gzip);
    }
    if (!gzip && NrrdHeader.starts(head)) {
      return NrrdHeader.parse(start(store, path, MAX_TEXT), path);
    }
    if (!gzip && (name.endsWith(".mhd") || name.endsWith(".mha") || MetaImageHeader.starts(head))) {
      return MetaImageHeader.parse(start(store, path, MAX_TEXT), path);
    }
    if (name.endsWith(".img") || name.endsWith(".img.gz")) {
      String header = NiftiHeader.other(store, path);
      if (!header.equals(path)) {
        return read(store, header);
      }
    }
    throw unknown(path, name, head.length);
  }

  private static UnreadableVolumeException unknown(String path, String name, int length) {
    boolean nifti = name.matches(".*\\.(nii|hdr)(\\.gz)?");
    boolean known = nifti || name.matches(".*\\.(nrrd|nhdr)");
    if (length < (nifti ? NiftiHeader.SHORTEST : 4)) {
      return UnreadableVolumeException.truncated(
          path, "expected the header of a volume, found %d bytes".formatted(length));
    }
    String message = "expected the header of a NIfTI, MetaImage or NRRD file, found something else";
    return known
        ? UnreadableVolumeException.broken(path, message)
        : new UnreadableVolumeException("unknown-format", path + ": " + message);
  }

  private static byte[] start(Store store, String path, int length) throws IOException {
    try (StoredFile in = StoredFile.open(store, path)) {
      return in.readNBytes(length);
    }
  }

  private static byte[] unpackedStart(Store store, String path) throws IOException {
    try (StoredFile stored = StoredFile.open(store, path)) {
      try (InputStream in = new GZIPInputStream(new BufferedInputStream(stored))) {
        return in.readNBytes(NiftiHeader.LONGEST);
      } catch (IOException e) {
        throw stored.trouble(e);
      }
    }
  }
}
