package org.medvilam.records.export;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RunFolder;

/**
 * The dataset card of a run: {@code README.md} with the front matter that the Hugging Face Hub
 * reads (its {@code datasetcard.md}), and for people what the records hold, how they were made and
 * checked, and whose they are.
 */
record DatasetCard(
    Manifest manifest, SortedMap<String, DatasetFacts> facts, Publication publication) {
  static final String FILE = "README.md";

  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .build());
  private static final Map<String, String> CATEGORIES =
      Map.of(
          "classification", "image-classification",
          "localization", "object-detection",
          "segmentation", "image-segmentation",
          "report_generation", "image-to-text",
          "vqa", "visual-question-answering");
  private static final int LEAST_SIZE = 1000;

  String text() throws IOException {
    ResponsibleAi known = new ResponsibleAi(manifest, facts);
    StringBuilder text = new StringBuilder("---\n").append(YAML.writeValueAsString(front()));
    text.append("---\n\n# ").append(title()).append("\n\n");
    text.append(
        "Grounding-instruction records: a medium, a question, and an answer with coordinates.\n\n");
    section(text, "Intended use", ResponsibleAi.useCases());
    text.append("## Records\n");
    table(text, "split", splits());
    table(text, "task", counts().records("by_task"));
    text.append(
        "\nEvery file with its SHA-256 and every field with its type stand in `croissant.json`.\n\n");
    section(text, "How they were made", known.processing());
    section(text, "Rejected and checked", checks(known));
    section(text, "Limits", known.limitations());
    section(text, "Sources and licences", sources());
    if (!publication.missing().isEmpty()) {
      section(
          text,
          "Before publishing",
          List.of(
              "State "
                  + String.join(", ", publication.missing())
                  + ": Croissant requires them, and only who publishes knows them."));
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static void section(StringBuilder text, String title, List<String> lines) {
    text.append("## ").append(title).append("\n\n");
    lines.forEach(line -> text.append("- ").append(line).append('\n'));
    text.append('\n');
  }

  private static void table(StringBuilder text, String what, Map<String, Long> counts) {
    text.append("\n| ").append(what).append(" | records |\n|---|---|\n");
    counts.forEach((key, n) -> text.append(String.format(Locale.ROOT, "| %s | %,d |\n", key, n)));
  }

  private Counts counts() {
    return manifest.counts();
  }

  private Map<String, Long> splits() {
    return counts().records("by_split");
  }

  private String title() {
    return facts.values().stream().map(DatasetFacts::title).collect(Collectors.joining("; "));
  }

  private Map<String, Object> front() {
    Map<String, Object> front = new LinkedHashMap<>();
    front.put("pretty_name", title());
    licence(front);
    front.put("language", List.of("en"));
    front.put(
        "task_categories",
        counts().records("by_task").keySet().stream().map(CATEGORIES::get).toList());
    List<String> tags = new ArrayList<>(List.of("medical", "grounding"));
    facts.values().stream().map(DatasetFacts::modality).distinct().forEach(tags::add);
    front.put("tags", tags);
    front.put("size_categories", List.of(size(counts().records())));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("config_name", "default");
    config.put("data_files", splits().keySet().stream().map(this::files).toList());
    front.put("configs", List.of(config));
    front.put(
        "dataset_info", Map.of("splits", splits().keySet().stream().map(this::split).toList()));
    return front;
  }

  private void licence(Map<String, Object> front) {
    List<String> ids =
        facts.values().stream().map(f -> f.licenceId().orElse("other")).distinct().toList();
    front.put("license", ids.size() == 1 ? ids.get(0) : ids);
    if (ids.contains("other")) {
      front.put("license_name", "terms-of-the-owners");
      front.put(
          "license_details",
          facts.values().stream().map(DatasetFacts::licence).collect(Collectors.joining("; ")));
    }
  }

  /** Returns the Hub's name of a number of records: powers of ten from a thousand on. */
  static String size(long n) {
    if (n < LEAST_SIZE) {
      return "n<1K";
    }
    String[] steps = {"1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T"};
    int step = String.valueOf(n).length() - 4;
    return step + 1 < steps.length ? steps[step] + "<n<" + steps[step + 1] : "n>1T";
  }

  private Map<String, String> files(String split) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("split", split);
    String extension = Croissant.format(manifest).extension();
    files.put("path", "%s/%s-*.%s".formatted(RunFolder.RECORDS, split, extension));
    return files;
  }

  private Map<String, Object> split(String split) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("name", split);
    info.put(
        "num_bytes",
        manifest.files().stream()
            .filter(f -> f.path().startsWith(RunFolder.RECORDS + "/" + split + "-"))
            .mapToLong(Manifest.FileEntry::bytes)
            .sum());
    info.put("num_examples", splits().get(split));
    return info;
  }

  private List<String> checks(ResponsibleAi known) {
    List<String> checks = new ArrayList<>(List.of(known.missing()));
    counts().rejections("by_reason").forEach((reason, n) -> checks.add(reason + ": " + n));
    checks.add(
        "Items read = converted + rejected, and annotations read = converted + negative + rejected +"
            + " not asked for; a run whose counts do not add up is not finished.");
    checks.add("`croissant.json` has the SHA-256 of every file; `sha256sum` compares them.");
    return checks;
  }

  private List<String> sources() {
    return facts.values().stream()
        .map(
            f ->
                "%s: %s. Licence: %s. Cite: %s."
                    .formatted(
                        f.name().toLowerCase(Locale.ROOT), f.title(), f.licence(), f.citation()))
        .toList();
  }
}
