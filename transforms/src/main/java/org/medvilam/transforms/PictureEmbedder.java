package org.medvilam.transforms;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.medvilam.imaging.PictureEncoder;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.imaging.dicom.DicomFile;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.Rejection;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.EncodedPicture;
import org.medvilam.records.codec.PictureSource;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.UnsafePathException;

/**
 * Fetches the pictures that are stored with the records, one at a time.
 *
 * <p>A DICOM file is never stored as it is, whatever its name: its header may tell who the patient
 * is.
 *
 * <p>A volume, video or sound has none. A picture that cannot be stored leaves its records without
 * one, and is named.
 */
final class PictureEmbedder implements PictureSource {
  /** Picture files that readers of WebDataset decode by their extension. */
  private static final Set<String> KNOWN =
      Set.of("bmp", "gif", "jpeg", "jpg", "pbm", "pgm", "png", "pnm", "ppm", "tif", "tiff", "webp");

  private final ConvertJob job;
  private final Counts counts;
  private final List<Rejection> rejections = new ArrayList<>();

  PictureEmbedder(ConvertJob job, Counts counts) {
    this.job = job;
    this.counts = counts;
  }

  /** Returns what could not be stored since the last call. */
  List<Rejection> takeRejections() {
    List<Rejection> taken = List.copyOf(rejections);
    rejections.clear();
    return taken;
  }

  @Override
  public Optional<EncodedPicture> of(InstructionRecord instruction) throws InterruptedIOException {
    if (job.embedding().form() == Embedding.Form.NONE) {
      return Optional.empty();
    }
    if (instruction.media().type() != MediaType.IMAGE) {
      counts.pictures("not_a_picture", 1);
      return Optional.empty();
    }
    try {
      Optional<EncodedPicture> picture = Patience.read(() -> fetch(instruction.media()));
      counts.pictures(picture.isPresent() ? "embedded" : "other_format", 1);
      return picture;
    } catch (UnreadablePictureException e) {
      return reject(instruction, e.reason(), e.getMessage());
    } catch (UnsafePathException e) {
      return reject(instruction, "unsafe-path", e.getMessage());
    } catch (IOException e) {
      Patience.passInterruption(e);
      return reject(instruction, "unreadable-file", e.toString());
    }
  }

  private Optional<EncodedPicture> fetch(Media media) throws IOException {
    Store store = Boolean.TRUE.equals(media.derived()) ? job.output() : job.root();
    if (job.embedding().form() == Embedding.Form.ORIGINAL) {
      String name = media.uri();
      String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      if (!KNOWN.contains(extension)) {
        return Optional.empty();
      }
      byte[] data = store.readAll(name);
      return DicomFile.starts(data)
          ? Optional.empty()
          : Optional.of(new EncodedPicture(extension, data));
    }
    boolean jpeg = job.embedding().form() == Embedding.Form.JPEG;
    PictureEncoder.Form form = jpeg ? PictureEncoder.Form.JPEG : PictureEncoder.Form.PNG;
    PictureEncoder encoder = new PictureEncoder(form, job.embedding().maxSide());
    byte[] data = encoder.encode(store.readAll(media.uri()), media);
    return Optional.of(new EncodedPicture(form.extension(), data));
  }

  private Optional<EncodedPicture> reject(InstructionRecord r, String reason, String detail) {
    counts.pictures("failed", 1);
    Rejection.Scope scope = Rejection.Scope.PART;
    rejections.add(
        new Rejection(
            r.dataset(), scope, r.media().uri(), reason, "stored without its picture: " + detail));
    return Optional.empty();
  }
}
