package org.medvilam.pipelines.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.medvilam.evaluation.report.PictureSource;
import org.medvilam.imaging.GreyPicture;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/** Pictures of records as a page shows them: in colour, or grey where they have a window. */
public final class RunPictures implements PictureSource {
  /** Longer side of small pictures in a grid. */
  static final int THUMBNAIL = 320;

  private final RunFolder run;
  private final PictureRoots roots;
  private final int side;

  /**
   * Creates the source.
   *
   * @param side longer side of the pictures in pixels at most
   */
  public RunPictures(RunFolder run, PictureRoots roots, int side) {
    this.run = run;
    this.roots = roots;
    this.side = side;
  }

  @Override
  public Optional<byte[]> png(InstructionRecord r) {
    Media media = r.media();
    Store store = Boolean.TRUE.equals(media.derived()) ? run.store() : roots.of(r.dataset());
    try {
      byte[] data = store.readAll(media.uri());
      List<Double> window = media.window();
      if (window == null) {
        return Optional.of(Pictures.colour(data, media.uri(), side).toPng());
      }
      GreyPicture picture = Pictures.grey(data, media.uri(), window.get(0), window.get(1));
      double scale = Math.min(1, (double) side / Math.max(picture.width(), picture.height()));
      int width = (int) Math.max(1, Math.round(scale * picture.width()));
      int height = (int) Math.max(1, Math.round(scale * picture.height()));
      return Optional.of(picture.resized(width, height).toPng());
    } catch (IOException | UnreadablePictureException e) {
      return Optional.empty();
    }
  }
}
