package org.medvilam.records.export;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The systems whose forms a run can be written in. */
public enum ExportTarget {
  /** LLaVA: conversations of a human and a model about a picture. */
  LLAVA("llava"),
  /** OFA and OmniFM-DR: tab-separated rows in pixels. */
  OFA_TSV("ofa-tsv"),
  /** Qwen-VL: conversations with tagged boxes. */
  QWEN("qwen"),
  /** COCO: label files of boxes and outlines. */
  COCO("coco"),
  /** Croissant: a description of the run itself. */
  CROISSANT("croissant");

  private final String key;

  ExportTarget(String key) {
    this.key = key;
  }

  /** Returns the name on the command line. */
  public String key() {
    return key;
  }

  /** Returns the target of a name, or says which names there are. */
  public static ExportTarget of(String name) {
    return Arrays.stream(values())
        .filter(t -> t.key.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, but was: %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(ExportTarget::key)
                                .collect(Collectors.joining(", ")),
                            name)));
  }
}
