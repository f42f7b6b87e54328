package org.medvilam.records.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medvilam.records.codec.RecordJson;

/** The JSON-LD context of Croissant 1.0, written out so that a document stands alone. */
final class CroissantContext {
  /** Terms of Croissant's own vocabulary that stand without a prefix. */
  private static final List<String> TERMS =
      List.of(
          "citeAs",
          "column",
          "excludes",
          "extract",
          "field",
          "fileObject",
          "fileProperty",
          "fileSet",
          "format",
          "includes",
          "isLiveDataset",
          "jsonPath",
          "key",
          "md5",
          "parentField",
          "path",
          "recordSet",
          "references",
          "regex",
          "repeated",
          "replace",
          "separator",
          "source",
          "subField",
          "transform");

  private CroissantContext() {}

  static ObjectNode context() {
    ObjectNode context = RecordJson.mapper().createObjectNode();
    context.put("@language", "en");
    context.put("@vocab", "https://schema.org/");
    context.put("sc", "https://schema.org/");
    context.put("cr", "http://mlcommons.org/croissant/");
    context.put("rai", "http://mlcommons.org/croissant/RAI/");
    context.put("dct", "http://purl.org/dc/terms/");
    context.put("conformsTo", "dct:conformsTo");
    context.putObject("data").put("@id", "cr:data").put("@type", "@json");
    context.putObject("dataType").put("@id", "cr:dataType").put("@type", "@vocab");
    context.putObject("examples").put("@id", "cr:examples").put("@type", "@json");
    TERMS.forEach(term -> context.put(term, "cr:" + term));
    return context;
  }
}
