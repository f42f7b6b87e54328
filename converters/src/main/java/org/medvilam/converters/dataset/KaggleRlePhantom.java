package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.RunLength;

/**
 * Writes phantom pictures down as a competition does: a row per mask, 1-based, column by column.
 */
final class KaggleRlePhantom implements LabelledPhantom.Form {
  private final Map<String, StringBuilder> tables = new TreeMap<>();

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    return LabelledPhantom.draw(
        request, List.of(LabelledPhantom.Kind.MASK), new KaggleRlePhantom());
  }

  @Override
  public String picture(int number, String part) {
    return "%s_images/%08x.png".formatted(part, number * 2654435761L & 0xffffffffL);
  }

  @Override
  public void labels(PhantomFiles files, String picture, List<LabelledPhantom.Thing> things) {
    String part = picture.substring(0, picture.indexOf('_'));
    String name = picture.substring(picture.indexOf('/') + 1);
    StringBuilder table =
        tables.computeIfAbsent(part, k -> new StringBuilder("ImageId,ClassId,EncodedPixels\n"));
    if (things.isEmpty()) {
      table.append(name).append(",,\n");
    }
    for (LabelledPhantom.Thing thing : things) {
      table.append(name).append(',').append(thing.label()).append(',');
      table.append(runs(RunLength.toCocoCounts(thing.mask()))).append('\n');
    }
  }

  /** Returns start and length of each run of foreground, of counts that begin with background. */
  private static String runs(long[] counts) {
    StringJoiner runs = new StringJoiner(" ");
    long start = 1;
    for (int i = 0; i < counts.length; i++) {
      if (i % 2 == 1) {
        runs.add(start + " " + counts[i]);
      }
      start += counts[i];
    }
    return runs.toString();
  }

  @Override
  public void end(PhantomFiles files) throws IOException {
    for (Map.Entry<String, StringBuilder> table : tables.entrySet()) {
      files.text(table.getKey() + ".csv", table.getValue().toString());
    }
  }
}
