package org.medvilam.converters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Finding;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.instruction.AnswerText;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.UnsafePathException;

/**
 * What holds for every dataset; its test inherits this class and says a few facts.
 *
 * <p>All of it runs on one phantom of {@link #images()} pictures, drawn once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DatasetContract {
  private static final long SEED = 7;

  private Path temp;
  private PhantomTruth truth;
  private Path root;

  /** Returns the dataset under test. */
  protected abstract Dataset dataset();

  /** Returns a name that the message on a wrong tree must hold, e.g. a folder looked for. */
  protected abstract String expectedInMessage();

  /** Returns the folder that the dataset may lie in below the input, where there is one. */
  protected Optional<String> namedFolder() {
    return Optional.empty();
  }

  /** Returns how many phantom pictures to draw. */
  protected int images() {
    return 24;
  }

  /** Returns by how many pixels a box may differ from what was painted. */
  protected double tolerance() {
    return 0;
  }

  /** Returns the reason of a picture whose size is not what the labels say, if they say one. */
  protected Optional<String> otherSizeReason() {
    return Optional.of("size-mismatch");
  }

  /** Returns how many of the phantom's media were wished for; all of them, where none is cut. */
  protected long wished(PhantomTruth drawn) {
    return drawn.findings().size();
  }

  /** Returns the reason of a file that is cut in the middle. */
  protected String truncatedReason() {
    return "truncated-picture";
  }

  @BeforeAll
  void drawPhantom(@TempDir Path shared) throws IOException {
    temp = shared;
    Path drawn = temp.resolve("phantom");
    truth = draw(drawn, SEED);
    root = rootOf(drawn);
  }

  private PhantomTruth draw(Path output, long seed) throws IOException {
    return draw(new PhantomRequest(output, images(), seed));
  }

  /** Draws the phantom under test: the dataset's own, unless the test is of another form of it. */
  protected PhantomTruth draw(PhantomRequest request) throws IOException {
    return dataset().draw(request);
  }

  private LayoutCheck check(Path input) throws IOException {
    return dataset().check(LocalStore.of(input), Settings.standard());
  }

  private Path rootOf(Path input) throws IOException {
    LayoutCheck check = check(input);
    assertThat(check.problem()).isNull();
    return input.resolve(check.prefix());
  }

  /** Returns the source of a tree, as a run makes it. */
  protected final DatasetSource source(Path folder) {
    return Listed.source(LocalStore.of(folder), Settings.standard(), temp.resolve("scratch"));
  }

  /** Returns what the listing of a tree gives. */
  protected final Listed list(DatasetSource source) throws IOException {
    return Listed.of(dataset(), source);
  }

  @Test
  void catalogueHasItUnderItsName() {
    DatasetInfo info = dataset().info();
    assertThat(info.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(Catalogue.find(info.name())).get().hasSameClassAs(dataset());
    assertThat(Catalogue.all()).extracting(d -> d.info().name()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void infoIsComplete() {
    DatasetInfo info = dataset().info();
    assertThat(
            List.of(
                info.title(),
                info.citation(),
                info.licence(),
                info.modality(),
                info.group(),
                info.splits()))
        .allSatisfy(text -> assertThat(text).isNotBlank());
    assertThat(info.version()).isPositive();
    assertThat(info.tasks()).isNotEmpty();
    assertThat(info.tree()).isNotEmpty();
    assertThat(info.expectedImages()).isNotNegative();
  }

  @Test
  void phantomDependsOnTheSeedAlone() throws IOException {
    draw(temp.resolve("again"), SEED);
    draw(temp.resolve("other"), SEED + 1);
    Map<String, String> first = digests(temp.resolve("phantom"));
    assertThat(digests(temp.resolve("again"))).isEqualTo(first);
    assertThat(digests(temp.resolve("other"))).isNotEqualTo(first);
  }

  @Test
  void phantomHasAsManyPicturesAsWished() {
    assertThat(wished(truth)).isEqualTo(images());
  }

  @Test
  void rootIsFoundFromWithin() throws IOException {
    assertThat(check(root)).isEqualTo(LayoutCheck.rootAt(""));
  }

  @Test
  void rootIsFoundInItsNamedFolder() throws IOException {
    if (namedFolder().isPresent()) {
      Path input = temp.resolve("outer");
      copy(root, input.resolve(namedFolder().get()));
      assertThat(check(input)).isEqualTo(LayoutCheck.rootAt(namedFolder().get()));
    }
  }

  @Test
  void emptyFolderIsAProblemThatNamesWhatIsExpected() throws IOException {
    Path empty = Files.createDirectories(temp.resolve("empty"));
    assertThat(check(empty).problem()).contains(expectedInMessage(), empty.toString(), "nothing");
  }

  @Test
  void wrongTreeIsAProblemThatNamesWhatIsFound() throws IOException {
    Path wrong = Files.createDirectories(temp.resolve("wrong/Holiday"));
    Files.writeString(wrong.resolveSibling("notes.txt"), "no data here");
    assertThat(check(wrong.getParent()).problem())
        .contains(expectedInMessage())
        .containsAnyOf("Holiday", "notes.txt");
  }

  @Test
  void listingRejectsNothingOfThePhantom() throws IOException {
    assertThat(list(source(root)).rejections()).isEmpty();
  }

  @Test
  void listingGivesEveryMediumOnce() throws IOException {
    assertThat(list(source(root)).items())
        .extracting(Item::mediaId)
        .doesNotHaveDuplicates()
        .isNotEmpty();
  }

  @Test
  void listingDoesNotDependOnTheOrderOfFiles() throws IOException {
    DatasetSource forward = source(root);
    Store reversed = new ReversedStore(forward.root());
    DatasetSource backward = new DatasetSource(reversed, forward.settings(), forward.scratch());
    assertThat(new HashSet<>(list(backward).items()))
        .isEqualTo(new HashSet<>(list(forward).items()));
  }

  @Test
  void everyItemConvertsToItsMedium() throws IOException {
    Set<String> media = new HashSet<>();
    for (Item item : list(source(root)).items()) {
      Conversion conversion = dataset().convert(source(root), item);
      assertThat(conversion.samples()).isNotEmpty();
      for (Sample sample : conversion.samples()) {
        media.add(sample.media().id());
        assertThat(sample.dataset()).isEqualTo(dataset().info().name());
        assertThat(sample.modality()).isEqualTo(dataset().info().modality());
        assertThat(sample.group()).isEqualTo(item.group()).matches("[a-z]+:.+");
        assertThat(sample.split()).isEqualTo(item.split());
        assertMediaIsThere(conversion, sample.media());
      }
    }
    assertThat(media).isEqualTo(truth.findings().keySet());
  }

  @Test
  void everyAnnotationIsAccountedFor() throws IOException {
    for (Item item : list(source(root)).items()) {
      Conversion conversion = dataset().convert(source(root), item);
      long findings = annotations(conversion);
      long rejected =
          conversion.rejections().stream()
              .filter(r -> r.scope() == Rejection.Scope.ANNOTATION)
              .count();
      assertThat(findings + rejected + conversion.negatives())
          .as(item.mediaId())
          .isEqualTo(item.annotations());
    }
  }

  private void assertMediaIsThere(Conversion conversion, Media media) {
    if (Boolean.TRUE.equals(media.derived())) {
      assertThat(conversion.pictures()).extracting(DerivedPicture::path).contains(media.uri());
    } else {
      assertThat(root.resolve(media.uri())).exists();
    }
  }

  /**
   * Returns the number of annotations: findings, which count once where several samples show one.
   */
  private static long annotations(Conversion conversion) {
    Stream<Finding> findings = conversion.samples().stream().flatMap(s -> s.findings().stream());
    return conversion.samples().size() == 1
        ? findings.count()
        : findings.map(f -> List.of(f.source(), f.nativeLabel())).distinct().count();
  }

  @Test
  void boxesAreWhereTheyWerePainted() throws IOException {
    Map<String, List<PhantomTruth.Drawn>> found = new HashMap<>();
    truth.findings().keySet().forEach(id -> found.put(id, new ArrayList<>()));
    for (InstructionRecord r : records()) {
      if (r.task() == Task.LOCALIZATION) {
        for (Box box : r.nativeRegions().boxes()) {
          found.get(r.media().id()).add(new PhantomTruth.Drawn(r.label(), box));
        }
      }
    }
    assertThat(truth.findings().values().stream().mapToInt(List::size).sum()).isPositive();
    for (String id : found.keySet()) {
      List<double[]> expected = sorted(truth.findings().get(id));
      List<double[]> actual = sorted(found.get(id));
      assertThat(actual).as(id).hasSameSizeAs(expected);
      for (int i = 0; i < actual.size(); i++) {
        assertThat(actual.get(i))
            .as(id)
            .containsExactly(expected.get(i), Offset.offset(tolerance() + 1e-9));
      }
    }
    assertThat(labels(found)).isEqualTo(labels(truth.findings()));
  }

  private static Map<String, List<String>> labels(Map<String, List<PhantomTruth.Drawn>> findings) {
    Map<String, List<String>> labels = new TreeMap<>();
    findings.forEach(
        (id, drawn) ->
            labels.put(id, drawn.stream().map(PhantomTruth.Drawn::label).sorted().toList()));
    return labels;
  }

  private static List<double[]> sorted(List<PhantomTruth.Drawn> drawn) {
    return drawn.stream()
        .map(PhantomTruth.Drawn::box)
        .map(b -> new double[] {b.x1(), b.y1(), b.x2(), b.y2()})
        .sorted(Arrays::compare)
        .toList();
  }

  private List<InstructionRecord> records() throws IOException {
    Instructor instructor =
        new Instructor(InstructionOptions.standard(), dataset().info().converter());
    List<InstructionRecord> records = new ArrayList<>();
    for (Item item : list(source(root)).items()) {
      for (Sample sample : dataset().convert(source(root), item).samples()) {
        records.addAll(instructor.instruct(sample).records());
      }
    }
    return records;
  }

  @Test
  void everyAnswerParsesBack() throws IOException {
    List<InstructionRecord> records = records();
    assertThat(records).extracting(InstructionRecord::id).doesNotHaveDuplicates();
    for (InstructionRecord r : records) {
      assertThat(dataset().info().tasks()).contains(r.task());
      if (r.task() == Task.LOCALIZATION && !r.boxes().isEmpty()) {
        assertThat(AnswerText.parseBoxes(r.answer())).contains(r.boxes());
      } else if (r.task() == Task.LOCALIZATION && !r.boxes3d().isEmpty()) {
        assertThat(AnswerText.parseBoxes3d(r.answer())).contains(r.boxes3d());
      } else if (r.task() == Task.SEGMENTATION) {
        assertThat(AnswerText.parseOutlines(r.answer())).contains(r.polygons());
      } else {
        assertThat(r.answer()).isNotBlank();
      }
    }
  }

  @Test
  void everyPromisedTaskHasRecords() throws IOException {
    assertThat(records()).extracting(InstructionRecord::task).containsAll(dataset().info().tasks());
  }

  @Test
  void splitIsStableAndNeverCutsAGroup() throws IOException {
    Map<String, Split> splits = new HashMap<>();
    for (int time = 0; time < 2; time++) {
      for (Item item : list(source(root)).items()) {
        Split before = splits.putIfAbsent(item.group(), item.split());
        assertThat(before == null || before == item.split()).as(item.group()).isTrue();
      }
    }
  }

  @Test
  void truncatedPictureIsRejectedByName() throws IOException {
    Path folder = copy(root, temp.resolve("truncated"));
    Item item = list(source(folder)).items().get(0);
    Path picture = picture(folder, item);
    byte[] whole = Files.readAllBytes(picture);
    Files.write(picture, Arrays.copyOf(whole, whole.length / 2));
    ItemException e = rejected(folder, item);
    assertThat(e.reason()).isEqualTo(truncatedReason());
    assertThat(e.source()).contains(picture.getFileName().toString());
  }

  @Test
  void missingPictureIsRejectedByName() throws IOException {
    Path folder = copy(root, temp.resolve("missing"));
    Item item = list(source(folder)).items().get(0);
    Files.delete(picture(folder, item));
    assertThat(rejected(folder, item).reason()).startsWith("missing-");
  }

  @Test
  void pictureOfAnotherSizeIsRejectedByName() throws IOException {
    if (otherSizeReason().isPresent()) {
      Path folder = copy(root, temp.resolve("resized"));
      Item item = list(source(folder)).items().get(0);
      Path picture = picture(folder, item);
      BufferedImage other = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY);
      PhantomFiles files = new PhantomFiles(picture.getParent());
      if (picture.toString().endsWith(".png")) {
        files.png(picture.getFileName().toString(), other);
      } else {
        files.jpeg(picture.getFileName().toString(), other, 0.9);
      }
      assertThat(rejected(folder, item).reason()).isEqualTo(otherSizeReason().get());
    }
  }

  @Test
  void nothingEscapesTheRoot() throws IOException {
    Path folder = copy(root, temp.resolve("jail/inside"));
    Item item = list(source(folder)).items().get(0);
    JsonNode payload = escaping(item.payload(), folder);
    Item escaped =
        new Item(
            item.mediaId(), item.split(), item.group(), item.annotations(), item.source(), payload);
    assertThat(payload).as("the payload names a file").isNotEqualTo(item.payload());
    assertThat(catchThrowable(() -> dataset().convert(source(folder), escaped)))
        .isInstanceOfAny(UnsafePathException.class, ItemException.class);
  }

  /** Returns a payload whose paths lead to the same files by way of the folder above the root. */
  protected JsonNode escaping(JsonNode node, Path folder) {
    if (node instanceof ObjectNode object) {
      ObjectNode out = object.objectNode();
      object.properties().forEach(e -> out.set(e.getKey(), escaping(e.getValue(), folder)));
      return out;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode out = array.arrayNode();
      array.forEach(e -> out.add(escaping(e, folder)));
      return out;
    }
    boolean path = node.isTextual() && Files.isRegularFile(folder.resolve(node.textValue()));
    return path ? TextNode.valueOf("../outside/" + node.textValue()) : node;
  }

  private Path picture(Path folder, Item item) throws IOException {
    return folder.resolve(dataset().convert(source(folder), item).samples().get(0).media().uri());
  }

  private ItemException rejected(Path folder, Item item) {
    return catchThrowableOfType(ItemException.class, () -> dataset().convert(source(folder), item));
  }

  /** Copies a tree. */
  protected static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return to;
  }

  private static Map<String, String> digests(Path folder) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(folder.relativize(file).toString(), Listed.sha256(Files.readAllBytes(file)));
      }
    }
    return digests;
  }
}
