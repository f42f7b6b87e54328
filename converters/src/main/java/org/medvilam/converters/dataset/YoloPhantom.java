package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.Box;

/** Writes phantom pictures down as Ultralytics does: fractions of six digits. */
final class YoloPhantom implements LabelledPhantom.Form {
  static PhantomTruth draw(PhantomRequest request) throws IOException {
    List<LabelledPhantom.Kind> kinds =
        List.of(LabelledPhantom.Kind.BOX, LabelledPhantom.Kind.POLYGON);
    return LabelledPhantom.draw(request, kinds, new YoloPhantom());
  }

  @Override
  public String picture(int number, String part) {
    return "images/%s/scan_%04d.png".formatted(part, number + 1);
  }

  @Override
  public void labels(PhantomFiles files, String picture, List<LabelledPhantom.Thing> things)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (LabelledPhantom.Thing thing : things) {
      text.append(thing.category());
      Box box = thing.box();
      double[] numbers =
          thing.kind() == LabelledPhantom.Kind.POLYGON
              ? thing.ring().flat()
              : new double[] {
                (box.x1() + box.x2()) / 2, (box.y1() + box.y2()) / 2, box.width(), box.height()
              };
      for (int i = 0; i < numbers.length; i++) {
        int side = i % 2 == 0 ? LabelledPhantom.WIDTH : LabelledPhantom.HEIGHT;
        text.append(String.format(Locale.ROOT, " %.6f", numbers[i] / side));
      }
      text.append('\n');
    }
    files.text(picture.replace("images/", "labels/").replace(".png", ".txt"), text.toString());
  }

  @Override
  public void end(PhantomFiles files) throws IOException {
    files.text(
        "data.yaml",
        "train: images/train\nval: images/val\nnc: 2\nnames: ['%s', '%s']\n"
            .formatted(LabelledPhantom.LABELS.get(0), LabelledPhantom.LABELS.get(1)));
  }
}
