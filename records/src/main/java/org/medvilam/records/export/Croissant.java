package org.medvilam.records.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.records.Split;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;

/**
 * A run described in Croissant 1.0 (JSON-LD): its files with checksums, its records with their
 * fields and types, its splits, licences and citations, and what the vocabulary of Croissant RAI
 * 1.0 asks of those who made it.
 *
 * <p>{@code conformsTo} names Croissant 1.0 alone: the specification gives it the cardinality one,
 * and its reference reader takes no list. Paths of files are relative to the run's root, where the
 * document belongs.
 */
final class Croissant {
  static final String FILE = "croissant.json";
  static final String RECORDS = "records";
  static final String RECORD_FILES = "record-files";
  static final String SPLITS = "splits";
  private static final String CONFORMS_TO = "http://mlcommons.org/croissant/1.0";
  private static final Map<String, String> MIME =
      Map.of(
          "jsonl", "application/jsonlines",
          "parquet", "application/x-parquet",
          "tar", "application/x-tar",
          "tfrecord", "application/x-tfrecord",
          "idx", "text/plain",
          "sha256", "text/plain");

  private final Manifest manifest;
  private final SortedMap<String, DatasetFacts> facts;
  private final Publication publication;
  private final RecordFormat format;

  Croissant(Manifest manifest, SortedMap<String, DatasetFacts> facts, Publication publication) {
    this.manifest = manifest;
    this.facts = facts;
    this.publication = publication;
    this.format = format(manifest);
  }

  /** Returns the file form of a run's shards. */
  static RecordFormat format(Manifest manifest) {
    return manifest.files().stream()
        .map(Manifest.FileEntry::path)
        .filter(p -> p.startsWith(RunFolder.RECORDS + "/"))
        .map(RecordFormat::ofPath)
        .findFirst()
        .orElse(RecordFormat.JSONL);
  }

  /** Returns a node of a type with an id and a name. */
  static ObjectNode node(String type, String id, String name) {
    return RecordJson.mapper()
        .createObjectNode()
        .put("@type", type)
        .put("@id", id)
        .put("name", name);
  }

  /** Returns a reference to another node. */
  static ObjectNode reference(String id) {
    return RecordJson.mapper().createObjectNode().put("@id", id);
  }

  ObjectNode document() {
    ObjectNode document = RecordJson.mapper().createObjectNode();
    document.set("@context", CroissantContext.context());
    document.put("@type", "sc:Dataset");
    document.put("conformsTo", CONFORMS_TO);
    document.put("name", String.join("-", facts.keySet()));
    document.put("description", description());
    document.set("license", licences());
    document.put(
        "citeAs",
        String.join("; ", facts.values().stream().map(DatasetFacts::citation).distinct().toList()));
    publish(document);
    document.put("inLanguage", "en");
    document.set("keywords", keywords());
    document.set("distribution", distribution());
    document.set("recordSet", recordSets());
    new ResponsibleAi(manifest, facts).describe(document);
    return document;
  }

  private String description() {
    return String.format(
        Locale.ROOT,
        "%,d grounding-instruction records (picture, question, answer with coordinates) of: %s.",
        manifest.counts().records(),
        String.join("; ", facts.values().stream().map(DatasetFacts::title).toList()));
  }

  private ArrayNode licences() {
    ArrayNode licences = RecordJson.mapper().createArrayNode();
    for (DatasetFacts f : facts.values()) {
      if (f.licenceUrl().isPresent()) {
        licences.add(f.licenceUrl().get());
      } else {
        licences.addObject().put("@type", "sc:CreativeWork").put("name", f.licence());
      }
    }
    return licences;
  }

  private void publish(ObjectNode document) {
    if (publication.url() != null) {
      document.put("url", publication.url());
    }
    if (!publication.creators().isEmpty()) {
      ArrayNode creators = document.putArray("creator");
      publication
          .creators()
          .forEach(c -> creators.addObject().put("@type", "sc:Organization").put("name", c));
    }
    if (publication.date() != null) {
      document.put("datePublished", publication.date());
    }
    if (manifest.converters().size() == 1) {
      String converter = manifest.converters().get(0);
      document.put("version", converter.substring(converter.indexOf('/') + 1) + ".0.0");
    }
  }

  private ArrayNode keywords() {
    ArrayNode keywords = RecordJson.mapper().createArrayNode();
    keywords.add("medical imaging").add("visual grounding");
    facts.values().stream().map(DatasetFacts::modality).distinct().forEach(keywords::add);
    manifest.counts().records("by_task").keySet().forEach(keywords::add);
    return keywords;
  }

  private ArrayNode distribution() {
    ArrayNode distribution = RecordJson.mapper().createArrayNode();
    ArrayNode shards = RecordJson.mapper().createArrayNode();
    boolean pictures = false;
    for (Manifest.FileEntry file : manifest.files()) {
      distribution.add(fileObject(file));
      if (file.path().startsWith(RunFolder.RECORDS + "/")) {
        shards.add(reference(file.path()));
      }
      pictures |= file.path().startsWith(RunFolder.IMAGES + "/");
    }
    distribution.add(recordFiles(shards));
    return pictures ? distribution.add(pictureFiles()) : distribution;
  }

  private static ObjectNode fileObject(Manifest.FileEntry file) {
    String extension = file.path().substring(file.path().lastIndexOf('.') + 1);
    String name = file.path().substring(file.path().lastIndexOf('/') + 1);
    return node("cr:FileObject", file.path(), name)
        .put("contentUrl", file.path())
        .put("contentSize", file.bytes() + " B")
        .put("encodingFormat", MIME.getOrDefault(extension, "application/octet-stream"))
        .put("sha256", file.sha256());
  }

  private static ObjectNode pictureFiles() {
    return node("cr:FileSet", "picture-files", "picture-files")
        .put("description", "Pictures that the toolkit drew from volumes and videos.")
        .put("encodingFormat", "image/png")
        .put("includes", RunFolder.IMAGES + "/**/*.png");
  }

  /** The shards; inside them, where they are archives, the files that hold records. */
  private ObjectNode recordFiles(ArrayNode shards) {
    ObjectNode files = node("cr:FileSet", RECORD_FILES, RECORD_FILES);
    if (format == RecordFormat.WEBDATASET) {
      files.set("containedIn", shards);
      return files.put("encodingFormat", "application/json").put("includes", "*.json");
    }
    return files
        .put("encodingFormat", MIME.get(format.extension()))
        .put("includes", RunFolder.RECORDS + "/*." + format.extension());
  }

  private ArrayNode recordSets() {
    ArrayNode sets = RecordJson.mapper().createArrayNode();
    SortedMap<String, Long> splits = splits(manifest.counts());
    if (!splits.isEmpty()) {
      sets.add(splitSet(splits));
    }
    ObjectNode records = node("cr:RecordSet", RECORDS, RECORDS);
    records.put("description", "One instruction about one medium with its answer.");
    records.set("key", reference(RECORDS + "/id"));
    records.set("field", new CroissantFields(format, !splits.isEmpty()).fields());
    return sets.add(records);
  }

  /** Returns the records of each split that has a name. */
  static SortedMap<String, Long> splits(Counts counts) {
    SortedMap<String, Long> splits = new TreeMap<>(counts.records("by_split"));
    splits.remove(Split.fileKey(null));
    return splits;
  }

  private static ObjectNode splitSet(SortedMap<String, Long> splits) {
    ObjectNode set = node("cr:RecordSet", SPLITS, SPLITS);
    set.put("dataType", "cr:Split");
    set.set("key", reference(SPLITS + "/name"));
    ArrayNode fields = set.putArray("field");
    fields.add(node("cr:Field", SPLITS + "/name", "name").put("dataType", "sc:Text"));
    // A reader takes the first type that it can store; cr:Split alone it cannot.
    ObjectNode url = node("cr:Field", SPLITS + "/url", "url");
    url.putArray("dataType").add("sc:URL").add("cr:Split");
    fields.add(url);
    ArrayNode data = set.putArray("data");
    Map<String, String> urls =
        Map.of(
            Split.TRAIN.key(), "cr:TrainingSplit",
            Split.VALIDATION.key(), "cr:ValidationSplit",
            Split.TEST.key(), "cr:TestSplit");
    for (String split : splits.keySet()) {
      data.addObject().put(SPLITS + "/name", split).put(SPLITS + "/url", urls.get(split));
    }
    return set;
  }
}
