package org.medvilam.records.codec;

import org.apache.avro.Schema;

/** The fields of a record, with their types, as all file forms carry them. */
public final class RecordSchema {
  private RecordSchema() {}

  /** Returns the schema in Avro's form. */
  public static Schema avro() {
    return AvroTree.SCHEMA;
  }
}
