package org.medvilam.pipelines.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.item.TreeFiles;
import org.medvilam.evaluation.preview.PreviewPictures;
import org.medvilam.evaluation.preview.ShownPicture;
import org.medvilam.evaluation.preview.VolumeCut;
import org.medvilam.imaging.PictureEncoder;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.imaging.volume.GreyRange;
import org.medvilam.imaging.volume.Slice;
import org.medvilam.imaging.volume.SliceAxis;
import org.medvilam.imaging.volume.UnreadableVolumeException;
import org.medvilam.imaging.volume.Volume;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.imaging.volume.Volumes;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.Rejection;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.UnsafePathException;

/** Pictures of a preview as JPEG, or in words why they cannot be shown. */
public final class ShownPictures implements PreviewPictures {
  private static final String OUTSIDE = "the path leaves its dataset";

  private final RunFolder run;
  private final PictureRoots roots;
  private final int side;
  private final Map<String, PictureIndex> indexes = new HashMap<>();

  /**
   * Creates the source.
   *
   * @param side longer side of the pictures in pixels at most
   */
  public ShownPictures(RunFolder run, PictureRoots roots, int side) {
    this.run = run;
    this.roots = roots;
    this.side = side;
  }

  @Override
  public ShownPicture of(InstructionRecord r) {
    Media media = r.media();
    if (media.type() != MediaType.IMAGE) {
      return ShownPicture.none(media.type().key() + ": its pictures are not shown here");
    }
    Store store = Boolean.TRUE.equals(media.derived()) ? run.store() : roots.of(r.dataset());
    PictureEncoder encoder = new PictureEncoder(PictureEncoder.Form.JPEG, side);
    return read(store, media.uri(), "image/jpeg", data -> encoder.encode(data, media));
  }

  @Override
  public List<ShownPicture> of(InstructionRecord r, List<VolumeCut> cuts) {
    try {
      return slices(r, cuts);
    } catch (UnreadableVolumeException e) {
      return none(cuts, "unreadable volume: " + e.reason());
    } catch (UnsafePathException e) {
      return none(cuts, OUTSIDE);
    } catch (IOException e) {
      return none(cuts, "the volume cannot be read");
    }
  }

  private List<ShownPicture> slices(InstructionRecord r, List<VolumeCut> cuts) throws IOException {
    Media media = r.media();
    Store root = roots.of(r.dataset());
    if (!VolumeCut.ORIENTATION.equals(media.orientation())) {
      return none(cuts, "slices of a volume in another orientation than LPS are not shown");
    }
    if (!root.exists(media.uri())) {
      return none(cuts, "missing volume");
    }
    Volume volume = Volumes.read(root, media.uri());
    VolumeGrid grid = volume.grid().canonical();
    if (!List.of(grid.ni(), grid.nj(), grid.nk())
        .equals(List.of(media.width(), media.height(), media.depth()))) {
      return none(cuts, "the volume has another size than its record");
    }
    List<Double> window = media.window();
    GreyRange range =
        window == null ? GreyRange.of(volume) : new GreyRange(window.get(0), window.get(1));
    PictureEncoder encoder = new PictureEncoder(PictureEncoder.Form.JPEG, side);
    List<ShownPicture> shown = new ArrayList<>();
    for (VolumeCut cut : cuts) {
      Slice slice =
          volume.slice(SliceAxis.valueOf(cut.axis().toUpperCase(Locale.ROOT)), cut.index());
      byte[] data = encoder.encode(slice.grey(range.low(), range.high()));
      shown.add(ShownPicture.of("image/jpeg", data));
    }
    return shown;
  }

  private static List<ShownPicture> none(List<VolumeCut> cuts, String why) {
    return Collections.nCopies(cuts.size(), ShownPicture.none(why));
  }

  @Override
  public ShownPicture of(Rejection r) {
    String file = r.source().replaceFirst("#.*$", "").replaceFirst("; .*$", "");
    Store root = roots.of(r.dataset());
    try {
      boolean itself = PictureIndex.isPicture(file);
      Optional<String> found = itself && root.exists(file) ? Optional.of(file) : beside(r, file);
      if (found.isEmpty()) {
        return ShownPicture.none(itself ? "missing picture" : "no picture of it was found");
      }
      String uri = found.get();
      return read(root, uri, "image/png", data -> Pictures.colour(data, uri, side).toPng());
    } catch (UnsafePathException e) {
      return ShownPicture.none(OUTSIDE);
    } catch (IOException e) {
      return ShownPicture.none("its pictures cannot be listed");
    }
  }

  /** Looks for a picture that is named as the medium, or else as the file of labels. */
  private Optional<String> beside(Rejection r, String file) throws IOException {
    PictureIndex index = indexes.get(r.dataset());
    if (index == null) {
      index = new PictureIndex(TreeFiles.of(roots.of(r.dataset())));
      indexes.put(r.dataset(), index);
    }
    for (String name : r.media() == null ? List.of(file) : List.of(r.media(), file)) {
      PictureIndex.Found found = index.alike(name.replaceFirst("\\.(txt|xml|json)$", ""), file);
      if (found.problem() == null) {
        return Optional.of(found.path());
      }
    }
    return Optional.empty();
  }

  /** Turns a file into what a page shows. */
  private interface Encoding {
    byte[] of(byte[] data);
  }

  private static ShownPicture read(Store store, String uri, String type, Encoding encoding) {
    try {
      if (!store.exists(uri)) {
        return ShownPicture.none("missing picture");
      }
      return ShownPicture.of(type, encoding.of(store.readAll(uri)));
    } catch (UnreadablePictureException e) {
      return ShownPicture.none("unreadable picture: " + e.reason());
    } catch (UnsafePathException e) {
      return ShownPicture.none(OUTSIDE);
    } catch (IOException e) {
      return ShownPicture.none("the picture cannot be read");
    }
  }
}
