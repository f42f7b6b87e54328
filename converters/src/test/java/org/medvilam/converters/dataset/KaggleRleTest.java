package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.ItemException;
import org.medvilam.records.Split;

final class KaggleRleTest extends LabelledContract {
  @Override
  protected Dataset dataset() {
    return new KaggleRle();
  }

  @Override
  protected String expectedInMessage() {
    return "EncodedPixels";
  }

  @Override
  protected Optional<String> otherSizeReason() {
    return Optional.empty();
  }

  @Test
  void runsGoDownTheColumnsFromOne() throws IOException {
    files.png("train/a.png", PICTURE);
    files.text("train.csv", "\uFEFFimage_id,rle\r\na,20 2 43 1\r\na,-1");
    Conversion conversion = convert("train/a.png");
    assertThat(pixels(regions(conversion).get(0))).isEqualTo("1,0 2,2 0,19");
    assertThat(labels(conversion)).containsExactly("lesion");
    assertThat(conversion.negatives()).isEqualTo(1);
    assertThat(listed().item("train/a.png").split()).isEqualTo(Split.TRAIN);
  }

  @Test
  void rowsThatCannotBeUsedAreNamed() throws IOException {
    files.png("a.jpg.png", PICTURE);
    files.png("a.png", PICTURE);
    files.text(
        "rle.csv",
        "ImageId_ClassId,EncodedPixels\na.png_4,1 2 3\na.png_2,800 9\na.png_1,1\n,5 1\nb.png_1,1 1,2\n");
    Conversion conversion = convert("a.png");
    assertThat(reasons(conversion)).hasSize(3).allMatch(r -> r.equals("bad-rle"));
    assertThat(labels(conversion)).containsExactly("1", "2", "4");
    assertThat(listed().rejections())
        .extracting(r -> r.source() + " " + r.reason())
        .containsExactly("rle.csv#row 5 bad-row", "rle.csv#row 6 bad-row");
  }

  @Test
  void picturesOutsideAreRefused() throws IOException {
    files.text("rle.csv", "ImageId,EncodedPixels\n../a.png,1 1\nb.png,1 1\n");
    assertThat(listed().items())
        .extracting(i -> i.payload().at("/problem/reason").asText())
        .containsExactly("unsafe-path", "missing-file");
  }

  @Test
  void labelsOnlyNeedsTheSizeInTheTable() throws IOException {
    files.text("rle.csv", "id,rle,img_width,img_height\nx.png,1 4,8,6\n");
    DatasetSource source = source(Settings.standard().withLabelsOnly());
    Conversion conversion = dataset().convert(source, list(source).items().get(0));
    assertThat(conversion.samples().get(0).media().width()).isEqualTo(8);
    files.text("rle.csv", "id,rle\nx.png,1 4\n");
    assertThat(
            catchThrowableOfType(
                    ItemException.class,
                    () -> dataset().convert(source, list(source).items().get(0)))
                .reason())
        .isEqualTo("missing-size");
  }
}
