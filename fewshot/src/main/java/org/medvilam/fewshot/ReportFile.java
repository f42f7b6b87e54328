package org.medvilam.fewshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/** Writes {@code fewshot.json}: a report, and every exclusion, one in memory at a time. */
final class ReportFile {
  private ReportFile() {}

  static void write(Store output, Object report, ExclusionLog excluded) throws IOException {
    ObjectMapper mapper = RecordJson.mapper();
    ObjectNode tree = mapper.valueToTree(report);
    String temporary = Fewshot.REPORT + RunFolder.TEMPORARY;
    try (OutputStream out = output.write(temporary);
        BufferedReader lines = excluded.sorted();
        JsonGenerator json = mapper.createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      for (var field : tree.properties()) {
        json.writeFieldName(field.getKey());
        json.writeTree(field.getValue());
      }
      json.writeArrayFieldStart("exclusions");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        json.writeTree(mapper.readTree(line));
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
    output.move(temporary, Fewshot.REPORT);
  }
}
