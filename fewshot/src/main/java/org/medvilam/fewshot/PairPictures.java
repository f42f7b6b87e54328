package org.medvilam.fewshot;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.medvilam.fewshot.picture.PictureRef;
import org.medvilam.imaging.GreyPicture;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.Split;

/** The two pictures that were found to be the same, for a person to look at. */
final class PairPictures {
  private static final int SIDE = 160;

  private final PictureRef.Stores stores;

  PairPictures(PictureRef.Stores stores) {
    this.stores = stores;
  }

  /**
   * Returns the picture of an excluded record as a data URI; empty where pictures are no reason.
   */
  String training(ExclusionLog.Example e) throws IOException {
    boolean pair = e.conflict().kind() == Conflict.Kind.PICTURE;
    Media media = e.instruction().media();
    return pair ? show(new PictureRef(e.instruction().dataset(), Split.TRAIN.key(), media)) : "";
  }

  /** Returns the held-out picture that is the same. */
  String heldOut(ExclusionLog.Example e) throws IOException {
    boolean pair = e.conflict().kind() == Conflict.Kind.PICTURE;
    return pair && e.conflict().match() != null ? show(e.conflict().match().heldOut()) : "";
  }

  private String show(PictureRef picture) throws IOException {
    Media media = picture.media();
    if (media.type() != MediaType.IMAGE) {
      return "";
    }
    byte[] data = stores.of(picture).readAll(media.uri());
    try {
      List<Double> window = media.window();
      GreyPicture grey =
          window == null
              ? Pictures.grey(data, media.uri())
              : Pictures.grey(data, media.uri(), window.get(0), window.get(1));
      double scale = Math.min(1, (double) SIDE / Math.max(grey.width(), grey.height()));
      int width = (int) Math.max(1, Math.round(scale * grey.width()));
      int height = (int) Math.max(1, Math.round(scale * grey.height()));
      byte[] png = grey.resized(width, height).toPng();
      return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    } catch (UnreadablePictureException e) {
      return "";
    }
  }
}
