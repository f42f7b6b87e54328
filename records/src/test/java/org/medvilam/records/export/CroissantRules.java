package org.medvilam.records.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules of the Croissant 1.0 specification, and of its reference reader, that a document can be
 * held against by itself: required properties, known types, a type for each field that can be
 * stored, one way to extract it, ids that are unique and references that resolve, and data that fit
 * their fields.
 *
 * <p>Not checked: that files can be fetched and read, and whatever the specification says in prose
 * alone.
 */
final class CroissantRules {
  private static final List<String> REQUIRED =
      List.of(
          "@context",
          "@type",
          "conformsTo",
          "name",
          "description",
          "license",
          "url",
          "creator",
          "datePublished",
          "distribution");
  private static final Set<String> RAI =
      Set.of(
          "dataCollection",
          "dataCollectionType",
          "dataCollectionMissingData",
          "dataCollectionRawData",
          "dataCollectionTimeframe",
          "dataImputationProtocol",
          "dataManipulationProtocol",
          "dataPreprocessingProtocol",
          "dataAnnotationProtocol",
          "dataAnnotationPlatform",
          "dataAnnotationAnalysis",
          "dataReleaseMaintenancePlan",
          "personalSensitiveInformation",
          "dataSocialImpact",
          "dataBiases",
          "dataLimitations",
          "dataUseCases",
          "annotationsPerItem",
          "annotatorDemographics",
          "machineAnnotationTools");
  private static final Set<String> STORED =
      Set.of(
          "sc:Boolean",
          "sc:Date",
          "sc:Float",
          "sc:Integer",
          "sc:Text",
          "sc:URL",
          "sc:ImageObject",
          "cr:BoundingBox");
  private static final Set<String> MEANING = Set.of("cr:Split", "cr:Label", "cr:SegmentationMask");
  private static final Set<String> EXTRACTED = Set.of("column", "fileProperty", "jsonPath");
  private static final Set<String> TRANSFORMED =
      Set.of("format", "jsonPath", "regex", "replace", "separator");
  private static final Set<String> SPLITS =
      Set.of("cr:TrainingSplit", "cr:ValidationSplit", "cr:TestSplit");
  private static final Map<String, String> VOCABULARIES =
      Map.of(
          "@vocab", "https://schema.org/",
          "sc", "https://schema.org/",
          "cr", "http://mlcommons.org/croissant/",
          "rai", "http://mlcommons.org/croissant/RAI/",
          "dct", "http://purl.org/dc/terms/",
          "conformsTo", "dct:conformsTo");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final List<String> problems = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final List<String> references = new ArrayList<>();

  private CroissantRules() {}

  /** Returns every rule that a document breaks. */
  static List<String> brokenBy(JsonNode document) {
    CroissantRules rules = new CroissantRules();
    rules.dataset(document);
    rules.collect(document);
    rules.references.stream()
        .filter(r -> !rules.ids.contains(r))
        .forEach(r -> rules.problems.add("dangling reference " + r));
    return rules.problems;
  }

  private void check(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  private void dataset(JsonNode d) {
    REQUIRED.forEach(p -> check(d.hasNonNull(p), "missing " + p));
    check(d.path("@type").asText().equals("sc:Dataset"), "@type");
    check(d.path("conformsTo").asText().equals("http://mlcommons.org/croissant/1.0"), "conformsTo");
    check(d.path("datePublished").asText("2000-01-01").matches("\\d{4}-\\d\\d-\\d\\d"), "date");
    check(d.path("version").asText("1.0.0").matches("\\d+\\.\\d+\\.\\d+"), "version");
    VOCABULARIES.forEach(
        (term, iri) ->
            check(d.at("/@context").path(term).asText().equals(iri), "@context " + term));
    for (JsonNode licence : d.path("license")) {
      boolean work = licence.path("@type").asText().equals("sc:CreativeWork");
      check(
          work && licence.hasNonNull("name") || licence.asText().startsWith("https://"), "license");
    }
    for (JsonNode creator : d.path("creator")) {
      check(
          Set.of("sc:Person", "sc:Organization").contains(creator.path("@type").asText()),
          "creator");
    }
    d.fieldNames()
        .forEachRemaining(
            name -> check(!name.startsWith("rai:") || RAI.contains(name.substring(4)), name));
    d.path("distribution").forEach(this::resource);
    d.path("recordSet").forEach(this::recordSet);
  }

  private void resource(JsonNode r) {
    String at = r.path("@id").asText("a resource");
    check(r.hasNonNull("@id") && r.hasNonNull("name"), "id and name of " + at);
    check(r.path("encodingFormat").asText().contains("/"), "encodingFormat of " + at);
    if (r.path("@type").asText().equals("cr:FileObject")) {
      check(r.hasNonNull("contentUrl"), "contentUrl of " + at);
      check(r.path("contentSize").asText().matches("\\d+ B"), "contentSize of " + at);
      check(SHA256.matcher(r.path("sha256").asText()).matches(), "sha256 of " + at);
    } else {
      check(r.path("@type").asText().equals("cr:FileSet"), "@type of " + at);
      check(r.hasNonNull("includes"), "includes of " + at);
    }
  }

  private void recordSet(JsonNode set) {
    String at = set.path("@id").asText("a record set");
    check(set.path("@type").asText().equals("cr:RecordSet"), "@type of " + at);
    check(set.path("key").hasNonNull("@id"), "key of " + at);
    check(!set.path("field").isEmpty(), "fields of " + at);
    Set<String> fields = new HashSet<>();
    for (JsonNode field : set.path("field")) {
      field(field, at, set.has("data"));
      fields.add(field.path("@id").asText());
    }
    check(!set.has("data") || !set.path("data").isEmpty(), "no data of " + at);
    for (JsonNode row : set.path("data")) {
      Set<String> keys = new HashSet<>();
      row.fieldNames().forEachRemaining(keys::add);
      check(keys.equals(fields), "data of " + at);
      row.forEach(
          v -> check(!v.asText().startsWith("cr:") || SPLITS.contains(v.asText()), "split"));
    }
  }

  private void field(JsonNode field, String parent, boolean embedded) {
    String at = field.path("@id").asText("a field");
    check(field.path("@type").asText().equals("cr:Field"), "@type of " + at);
    check(at.equals(parent + "/" + field.path("name").asText()), "id of " + at);
    if (field.has("subField")) {
      field.path("subField").forEach(sub -> field(sub, at, embedded));
      return;
    }
    List<String> types = new ArrayList<>();
    JsonNode declared = field.path("dataType");
    (declared.isArray() ? declared : List.of(declared)).forEach(t -> types.add(t.asText()));
    check(types.stream().allMatch(t -> STORED.contains(t) || MEANING.contains(t)), "type of " + at);
    check(types.stream().anyMatch(STORED::contains), "no type to store " + at);
    check(
        !field.has("references") || field.at("/references/field").hasNonNull("@id"),
        "references of " + at);
    if (!embedded) {
      source(field.path("source"), at);
    }
  }

  private void source(JsonNode source, String at) {
    long from =
        Stream.of("fileSet", "fileObject", "recordSet", "field").filter(source::has).count();
    check(from == 1, "source of " + at);
    check(onlyKeysOf(EXTRACTED, source.path("extract"), 1), "extract of " + at);
    JsonNode transform = source.path("transform");
    check(transform.isMissingNode() || onlyKeysOf(TRANSFORMED, transform, 1), "transform of " + at);
  }

  private static boolean onlyKeysOf(Set<String> known, JsonNode node, int size) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys.size() == size && known.containsAll(keys);
  }

  /** An object with an id alone is a reference, one with more defines the id. */
  private void collect(JsonNode node) {
    if (node.isObject() && node.has("@id")) {
      String id = node.path("@id").asText();
      if (node.size() == 1) {
        references.add(id);
      } else {
        check(ids.add(id), "id twice: " + id);
      }
    }
    for (Map.Entry<String, JsonNode> e : node.properties()) {
      if (!e.getKey().equals("@context") && !e.getKey().equals("data")) {
        collect(e.getValue());
      }
    }
    if (node.isArray()) {
      node.forEach(this::collect);
    }
  }
}
