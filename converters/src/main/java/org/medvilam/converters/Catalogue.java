package org.medvilam.converters;

import java.util.List;
import java.util.Optional;
import org.medvilam.converters.dataset.AdniHippocampus;
import org.medvilam.converters.dataset.Busi;
import org.medvilam.converters.dataset.Coco;
import org.medvilam.converters.dataset.Cvat;
import org.medvilam.converters.dataset.DeepLesion;
import org.medvilam.converters.dataset.Endovis18;
import org.medvilam.converters.dataset.Ham10000;
import org.medvilam.converters.dataset.Isic16;
import org.medvilam.converters.dataset.KaggleRle;
import org.medvilam.converters.dataset.LabelStudio;
import org.medvilam.converters.dataset.Labelme;
import org.medvilam.converters.dataset.LdPolypVideo;
import org.medvilam.converters.dataset.Lgg;
import org.medvilam.converters.dataset.Luna16;
import org.medvilam.converters.dataset.Masks;
import org.medvilam.converters.dataset.MsdHippocampus;
import org.medvilam.converters.dataset.RsnaPneumonia;
import org.medvilam.converters.dataset.Tbx11k;
import org.medvilam.converters.dataset.Tn3k;
import org.medvilam.converters.dataset.Via;
import org.medvilam.converters.dataset.Voc;
import org.medvilam.converters.dataset.Yolo;

/** The datasets that the toolkit knows, in the order of their names. */
public final class Catalogue {
  private static final List<Dataset> DATASETS =
      List.of(
          new AdniHippocampus(),
          new Busi(),
          new Coco(),
          new Cvat(),
          new DeepLesion(),
          new Endovis18(),
          new Ham10000(),
          new Isic16(),
          new KaggleRle(),
          new LabelStudio(),
          new Labelme(),
          new LdPolypVideo(),
          new Lgg(),
          new Luna16(),
          new Masks(),
          new MsdHippocampus(),
          new RsnaPneumonia(),
          new Tbx11k(),
          new Tn3k(),
          new Via(),
          new Voc(),
          new Yolo());

  private Catalogue() {}

  /** Returns every dataset. */
  public static List<Dataset> all() {
    return DATASETS;
  }

  /** Returns the dataset of a name. */
  public static Optional<Dataset> find(String name) {
    return DATASETS.stream().filter(d -> d.info().name().equals(name)).findFirst();
  }
}
