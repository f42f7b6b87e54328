package org.medvilam.converters.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.medvilam.converters.phantom.Blob;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomScenes;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Mask;

/**
 * Draws robotic instruments over tissue: a shaft, a wrist and a clasper each, whose brightness and
 * length tell the type; suction and probe are one piece, and a kidney lies below.
 *
 * <p>As in the release: label pictures are half transparent, the label of the first frame of
 * sequence 1 is wrong and corrected in repairs.zip, archives left shadow files of the system that
 * packed them. Masks of one instrument are 0 and 1, 0 and 255, or in colour, in turn; every seventh
 * picture shows no instrument.
 */
final class Endovis18Phantom {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 256;
  private static final int BAND = 84;
  private static final int EMPTY = 7;

  /** Training sequences; the first few have both parts and two releases. */
  private static final List<Integer> SEQUENCES =
      List.of(1, 2, 3, 5, 4, 9, 6, 15, 7, 10, 11, 12, 13, 14, 16);

  private static final int TEST_SEQUENCES = 2;
  private static final String TEST = "Test_data_and_label_release/test_data";

  /** Types that have masks of their own, with their numbers as in 2017. */
  private static final Map<String, Integer> TYPES = types();

  private final PhantomFiles files;
  private final boolean typed;
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();

  private Endovis18Phantom(PhantomFiles files, boolean typed) {
    this.files = files;
    this.typed = typed;
  }

  /** A thing of one colour. */
  private record Thing(Endovis18Class kind, Blob blob, double level) {}

  /** Things that are one instrument of a type; of no type where the label picture alone has it. */
  private record Tool(String type, List<Thing> things) {}

  /** Draws the release with ISINet's masks of instrument types, numbered as in 2017. */
  static PhantomTruth draw(PhantomRequest request) throws IOException {
    return draw(request, true);
  }

  /** Draws the challenge's own release, and its test data. */
  static PhantomTruth drawChallenge(PhantomRequest request) throws IOException {
    return draw(request, false);
  }

  private static PhantomTruth draw(PhantomRequest request, boolean typed) throws IOException {
    PhantomFiles files = new PhantomFiles(request.output());
    Endovis18Phantom phantom = new Endovis18Phantom(files, typed);
    TreeSet<String> tables = new TreeSet<>();
    int tests = typed ? 0 : request.images() / 4;
    for (int i = 0; i < request.images() - tests; i++) {
      int number = SEQUENCES.get(i % SEQUENCES.size());
      phantom.picture(request.seed(), release(number), number, false, i / SEQUENCES.size());
      tables.add(release(number));
    }
    for (int i = 0; i < tests; i++) {
      phantom.picture(request.seed(), TEST, 1 + i % TEST_SEQUENCES, true, i / TEST_SEQUENCES);
      tables.add(TEST);
    }
    for (String folder : tables) {
      files.text(folder + "/labels.json", table(folder));
    }
    files.bytes(shadow("miccai_challenge_2018_release_1/seq_1/left_frames/"), new byte[] {0, 5});
    if (typed) {
      files.text("final_labels_2017.json", RecordJson.mapper().writeValueAsString(typeTable()));
      makeMaskFolders(request.output());
    }
    return new PhantomTruth(phantom.truth);
  }

  /** Makes a sequence's folder of masks even where no frame has one. */
  private static void makeMaskFolders(Path output) throws IOException {
    for (int number : SEQUENCES) {
      Path sequence = output.resolve(release(number)).resolve("seq_" + number);
      if (Files.isDirectory(sequence)) {
        Files.createDirectories(sequence.resolve(Endovis18Tree.TYPES));
      }
    }
  }

  private static String release(int number) {
    int release = number <= 4 ? 1 : number <= 7 ? 2 : number <= 12 ? 3 : 4;
    return "miccai_challenge_" + (release == 1 ? "2018_" : "") + "release_" + release;
  }

  private static String shadow(String folder) {
    return "__MACOSX/" + folder + "._frame000.png";
  }

  private void picture(long seed, String folder, int number, boolean test, int index)
      throws IOException {
    String sequence = folder + "/seq_" + number + "/";
    String frame = "frame%03d".formatted(index);
    String id = Endovis18Tree.id(number, test) + "/" + frame;
    SplittableRandom random = PhantomPainter.random(seed, id);
    PhantomPainter painter = PhantomScenes.tissue(WIDTH, HEIGHT, random);
    List<Tool> tools = tools(random, SEQUENCES.indexOf(number) + index * (SEQUENCES.size() + 1));
    BufferedImage labels = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_4BYTE_ABGR);
    fill(labels, Blob.ellipse(WIDTH / 2.0, HEIGHT / 2.0, WIDTH, HEIGHT), 0);
    List<PhantomTruth.Drawn> drawn = new ArrayList<>();
    for (Tool tool : tools) {
      for (Thing thing : tool.things) {
        painter.paint(thing.blob, thing.level, 3);
        fill(labels, thing.blob, thing.kind.colour());
      }
      drawn.addAll(typed ? ofType(tool) : ofParts(tool));
    }
    if (typed) {
      masks(sequence + Endovis18Tree.TYPES + "/" + frame, tools, index);
    }
    truth.put(id, drawn);
    BufferedImage picture = painter.colour(1, 0.66, 0.6);
    files.png(sequence + "left_frames/" + frame + ".png", picture);
    files.png(sequence + "right_frames/" + frame + ".png", picture);
    files.text(sequence + "camera_calibration.txt", "Width: %d // pixels\n".formatted(WIDTH));
    labels(sequence + "labels/" + frame + ".png", labels, id);
  }

  /** Writes a label picture; that of the first frame of all is empty, and right in repairs.zip. */
  private void labels(String path, BufferedImage labels, String id) throws IOException {
    if (!id.equals("seq_1/frame000")) {
      files.png(path, labels);
      return;
    }
    files.png(path, new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_4BYTE_ABGR));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name :
          List.of("__MACOSX/repairs/._seq_1_frame000.png", "repairs/seq_1_frame000.png")) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2018, 8, 1, 12, 0));
        zip.putNextEntry(entry);
        zip.write(PhantomFiles.encodedPng(labels));
        zip.closeEntry();
      }
    }
    files.bytes("repairs.zip", bytes.toByteArray());
  }

  /** Returns an instrument in the top band, another thing in the middle and a kidney below. */
  private static List<Tool> tools(SplittableRandom random, int number) {
    List<Tool> tools = new ArrayList<>();
    if (number % EMPTY != EMPTY - 1) {
      List<String> types = List.copyOf(TYPES.keySet());
      tools.add(robotic(random, 0, types.get(number % types.size())));
      int second = number % 4;
      if (second == 3) {
        tools.add(robotic(random, 1, types.get((number + 2) % types.size())));
      } else if (second != 1) {
        tools.add(other(random, second == 0));
      }
    }
    double cx = WIDTH * (0.35 + 0.3 * random.nextDouble());
    Blob kidney = Blob.wavy(random, cx, 2.5 * BAND, WIDTH * 0.2, BAND * 0.3, 3, 0.2);
    tools.add(new Tool("", List.of(new Thing(Endovis18Class.ALL.get(3), kidney, 0.8))));
    return tools;
  }

  private static Tool robotic(SplittableRandom random, int band, String type) {
    int place = List.copyOf(TYPES.keySet()).indexOf(type);
    double level = 0.06 + 0.2 * place;
    double cy = BAND * (band + 0.4 + 0.2 * random.nextDouble());
    double half = 40 + 8 * place;
    double start = 8 + random.nextDouble() * 60;
    double wrist = start + 2 * half + 12;
    double clasper = wrist + 12 + 3 + 20;
    return new Tool(
        type,
        List.of(
            new Thing(Endovis18Class.ALL.get(0), Blob.ellipse(start + half, cy, half, 13), level),
            new Thing(Endovis18Class.ALL.get(2), Blob.ellipse(wrist, cy, 9, 9), level),
            new Thing(Endovis18Class.ALL.get(1), Blob.ellipse(clasper, cy, 20, 6 + place), level)));
  }

  /** Returns a suction instrument, long and bright, or a probe, round and dark. */
  private static Tool other(SplittableRandom random, boolean suction) {
    double cx = WIDTH * (0.4 + 0.2 * random.nextDouble());
    double cy = BAND * 1.5;
    Blob blob = suction ? Blob.ellipse(cx, cy, 90, 9) : Blob.ellipse(cx, cy, 34, 32);
    Endovis18Class kind = suction ? Endovis18Class.SUCTION : Endovis18Class.PROBE;
    return new Tool(kind.label(), List.of(new Thing(kind, blob, suction ? 0.97 : 0.12)));
  }

  private static List<PhantomTruth.Drawn> ofType(Tool tool) {
    return tool.things.stream()
        .map(t -> t.blob.box(WIDTH, HEIGHT))
        .reduce(Box::union)
        .filter(b -> !tool.type.isEmpty())
        .map(b -> List.of(new PhantomTruth.Drawn(tool.type.toLowerCase(Locale.ROOT), b)))
        .orElse(List.of());
  }

  private static List<PhantomTruth.Drawn> ofParts(Tool tool) {
    return tool.things.stream()
        .map(t -> new PhantomTruth.Drawn(t.kind.label(), t.blob.box(WIDTH, HEIGHT)))
        .toList();
  }

  /** Writes a mask for each instrument of a type with masks, in one of the owners' encodings. */
  private void masks(String path, List<Tool> tools, int index) throws IOException {
    int count = 0;
    for (Tool tool : tools) {
      Integer number = TYPES.get(tool.type);
      if (number != null) {
        boolean colour = (index + count) % 3 == 2;
        int kind = colour ? BufferedImage.TYPE_3BYTE_BGR : BufferedImage.TYPE_BYTE_GRAY;
        BufferedImage mask = new BufferedImage(WIDTH, HEIGHT, kind);
        int value = colour ? 0x00c8ff : (index + count) % 3 == 0 ? 0x010101 : 0xffffff;
        tool.things.forEach(t -> fill(mask, t.blob, value));
        files.png("%s_class%d_inst%d.png".formatted(path, number, count), mask);
        count++;
      }
    }
  }

  /** Sets samples as they are stored; alpha, where there is any, becomes half transparent. */
  private static void fill(BufferedImage image, Blob blob, int colour) {
    int[] samples = {colour >> 16, colour >> 8 & 0xff, colour & 0xff, 128};
    Mask mask = blob.mask(WIDTH, HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      if (mask.get(i % WIDTH, i / WIDTH)) {
        image.getRaster().setPixel(i % WIDTH, i / WIDTH, samples);
      }
    }
  }

  /** Returns a release's class table; the test data's has another form, the first lacks a class. */
  private static String table(String folder) throws IOException {
    boolean test = folder.equals(TEST);
    List<Map<String, Object>> entries = new ArrayList<>();
    List<Endovis18Class> classes = new ArrayList<>(Endovis18Class.ALL);
    classes.add(0, Endovis18Class.BACKGROUND);
    for (Endovis18Class c : classes) {
      List<Integer> colour =
          new ArrayList<>(List.of(c.colour() >> 16, c.colour() >> 8 & 0xff, c.colour() & 0xff));
      if (test) {
        colour.add(128);
      }
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", c.name());
      entry.put("color", colour);
      entry.put("classid", c.id());
      entries.add(entry);
    }
    if (folder.contains("2018_release_1")) {
      entries.remove(entries.size() - 1);
    }
    return RecordJson.mapper().writeValueAsString(test ? Map.of("classes", entries) : entries);
  }

  private static List<Map<String, Object>> typeTable() {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (String name :
        List.of(
            "Background",
            "Bipolar Forceps",
            "Prograsp Forceps",
            "Large Needle Driver",
            "Vessel Sealer",
            "Grasping Retractor",
            "Monopolar Curved Scissors",
            "Ultrasound Probe",
            "Suction Instrument",
            "Clip Applier",
            "Stapler")) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", name);
      entry.put("classid", entries.size());
      entries.add(entry);
    }
    return entries;
  }

  private static Map<String, Integer> types() {
    Map<String, Integer> types = new LinkedHashMap<>();
    types.put("Bipolar Forceps", 1);
    types.put("Prograsp Forceps", 2);
    types.put("Large Needle Driver", 3);
    types.put("Monopolar Curved Scissors", 6);
    types.put("Clip Applier", 9);
    return types;
  }
}
