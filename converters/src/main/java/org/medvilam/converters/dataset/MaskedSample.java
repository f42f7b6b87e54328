package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemPictures;
import org.medvilam.converters.item.MaskedPictures;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;

/** A picture whose mask shows one kind of finding, as a sample. */
final class MaskedSample {
  private MaskedSample() {}

  /**
   * Reads picture and mask.
   *
   * @param labels labels of the picture as a whole
   * @param finding what the mask shows
   * @param instances whether each component of the mask is a finding of its own
   */
  static Sample read(
      DatasetInfo info,
      DatasetSource source,
      Item item,
      MaskedPictures.Pair files,
      List<ImageLabel> labels,
      ImageLabel finding,
      boolean instances)
      throws IOException {
    PictureInfo picture = ItemPictures.probe(source.root(), files.image());
    Mask mask = ItemPictures.mask(source.root(), files.mask(), picture);
    return new Sample(
        info.name(),
        Media.image(item.mediaId(), files.image(), picture.width(), picture.height()),
        item.split(),
        info.modality(),
        item.group(),
        item.source(),
        labels,
        List.of(
            Finding.of(
                finding.label(),
                finding.nativeLabel(),
                new MaskRegion(mask, instances),
                new Source(files.mask(), null))));
  }
}
