package org.medvilam.records.export;

import java.util.SortedMap;
import java.util.stream.Collectors;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.codec.ToolVersion;

/**
 * The text beside an export that says what it holds, where its pictures are, and whose they are.
 */
record ExportCard(ExportOptions options, RunFolder run, SortedMap<String, DatasetFacts> facts) {

  String text(String target, ExportManifest.Counted counted) {
    StringBuilder text = new StringBuilder();
    text.append("# Export to ").append(options.target().key()).append("\n\n");
    text.append("Written by ").append(ToolVersion.CURRENT).append(" from a run of `medvilam ");
    text.append(run.manifest().command())
        .append("`. Options: ")
        .append(arguments())
        .append(".\n\n");
    text.append(target).append("\n## Pictures\n\n").append(pictures()).append("\n## Records\n\n");
    text.append(counted.selected()).append(" selected = ").append(counted.exported());
    text.append(" exported + ").append(counted.selected() - counted.exported());
    text.append(" left out (named in `left-out.jsonl`)\n");
    counted
        .leftOut()
        .forEach((reason, n) -> text.append("\n- ").append(reason).append(": ").append(n));
    text.append("\n\n## Sources\n");
    for (DatasetFacts f : facts.values()) {
      text.append(
          "\n- %s: %s. Licence: %s. Cite: %s."
              .formatted(f.name(), f.title(), f.licence(), f.citation()));
    }
    return text.append('\n').toString();
  }

  private String arguments() {
    return options.arguments().entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private String pictures() {
    return switch (options.pictures()) {
      case REFERENCE -> {
        StringBuilder text =
            new StringBuilder("Paths are relative to the root of each record's dataset, ");
        text.append(
            "or to the run for pictures that the toolkit drew (`derived` in its records).\n");
        run.manifest()
            .roots()
            .forEach(
                (name, root) ->
                    text.append("\n- ").append(name).append(": `").append(root).append('`'));
        yield text.append('\n').toString();
      }
      case COPY -> "Paths are relative to this folder. `sha256sum -c images.sha256` checks them.\n";
      case LINK ->
          "Paths are relative to this folder; the files are links to those of the datasets.\n";
    };
  }
}
