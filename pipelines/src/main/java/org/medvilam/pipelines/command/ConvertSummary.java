package org.medvilam.pipelines.command;

import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;
import org.medvilam.pipelines.run.Locations;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RunFolder;

/** What a person wants to know of a finished conversion. */
final class ConvertSummary {
  private ConvertSummary() {}

  static void print(Manifest manifest, String output, PrintStream to) {
    Counts c = manifest.counts();
    to.printf(
        "items        %,d read = %,d converted + %,d rejected%n",
        c.items("read"), c.items("converted"), c.items("rejected"));
    to.printf(
        "annotations  %,d read = %,d converted + %,d negative + %,d rejected + %,d not asked for%n",
        c.annotations("read"),
        c.annotations("converted"),
        c.annotations("negative"),
        c.annotations("rejected"),
        c.annotations("not_requested"));
    to.printf("records      %,d%s%n", c.records(), list(c.records("by_task")));
    to.printf("splits       %s%n", list(c.records("by_split")).replaceFirst("^: ", ""));
    if (!c.pictures().isEmpty()) {
      to.printf("pictures     %s%n", list(c.pictures()).replaceFirst("^: ", ""));
    }
    if (c.rejections() > 0) {
      to.printf("rejections   %,d%s%n", c.rejections(), list(c.rejections("by_reason")));
      to.printf("             named in %s%n", Locations.below(output, RunFolder.REJECTED));
    }
    to.printf("written to   %s%n", output);
  }

  private static String list(Map<String, Long> counts) {
    return counts.isEmpty()
        ? ""
        : counts.entrySet().stream()
            .map(e -> "%,d %s".formatted(e.getValue(), e.getKey()))
            .collect(Collectors.joining(", ", ": ", ""));
  }
}
