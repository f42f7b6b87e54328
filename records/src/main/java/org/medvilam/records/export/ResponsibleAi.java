package org.medvilam.records.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.ToolVersion;

/**
 * What is known of how the records came to be, in sentences: for the RAI properties of a Croissant
 * document and for the dataset card. What nobody told the toolkit, such as biases, is left open.
 */
record ResponsibleAi(Manifest manifest, SortedMap<String, DatasetFacts> facts) {

  void describe(ObjectNode document) {
    document.put("rai:dataCollection", collection());
    document.putArray("rai:dataCollectionType").add("Secondary Data analysis");
    document.put("rai:dataCollectionRawData", rawData());
    document.put("rai:dataCollectionMissingData", missing());
    document.put("rai:dataAnnotationProtocol", annotation());
    all(document.putArray("rai:dataPreprocessingProtocol"), processing());
    all(document.putArray("rai:dataUseCases"), useCases());
    all(document.putArray("rai:dataLimitations"), limitations());
    document.putArray("rai:personalSensitiveInformation").add(personal());
  }

  private static void all(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static String collection() {
    return "Public datasets, as their owners distribute them, were converted to instruction records"
        + " by "
        + ToolVersion.CURRENT
        + "; nothing was collected anew.";
  }

  private String rawData() {
    return String.join(
        " ",
        facts.values().stream().map(f -> "%s (%s).".formatted(f.title(), f.citation())).toList());
  }

  /** Says how much of the input gave no record. */
  String missing() {
    Counts c = manifest.counts();
    if (c.items("read") == 0) {
      return "The records were drawn from other runs; what gave no record is named there.";
    }
    return String.format(
        Locale.ROOT,
        "%,d of %,d items and %,d of %,d annotations gave no record; each is named with a reason in"
            + " rejected/.",
        c.items("rejected"),
        c.items("read"),
        c.annotations("rejected"),
        c.annotations("read"));
  }

  private static String annotation() {
    return "Labels, boxes and outlines are those of the owners; label names are put in a standard"
        + " form, the owners' name stays in native_label. No annotation was added.";
  }

  /** Says what was done to the owners' coordinates and splits. */
  List<String> processing() {
    List<String> texts = new ArrayList<>();
    texts.add(
        "Coordinates of boxes, polygons, boxes3d and points are integers 0..1000 of each axis:"
            + " floor(1000 v / size + 0.5), clamped. The same regions stand under native in pixels or"
            + " voxels, edges included.");
    String points = manifest.arguments().getOrDefault("points", "equally many");
    texts.add(
        "Outlines have "
            + points
            + " points at equal arc lengths, clockwise on screen, from the vertex nearest the"
            + " origin; holes are filled.");
    facts.forEach(
        (name, f) ->
            texts.add(
                "Splits of %s: %s; kept together: %s.".formatted(name, f.splits(), f.group())));
    return texts;
  }

  /** Says what the records are for. */
  static List<String> useCases() {
    return List.of(
        "Training and evaluating models that answer questions about medical pictures with places.",
        "Not for clinical decisions.");
  }

  /** Says what a user must beware of. */
  List<String> limitations() {
    List<String> texts = new ArrayList<>();
    texts.add(missing());
    int labels = manifest.counts().records("by_label").size();
    texts.add("Labels are as frequent as in the sources; there are " + labels + " of them.");
    texts.add(
        manifest.counts().pictures().containsKey("embedded")
            ? "Pictures are stored with the records; their owners' terms hold for them."
            : "Pictures are not part of the records; their owners' terms hold for them.");
    return texts;
  }

  private static String personal() {
    return "Ids of pictures and groups are those of the owners. File headers and the names and dates"
        + " in them are not read into records.";
  }
}
