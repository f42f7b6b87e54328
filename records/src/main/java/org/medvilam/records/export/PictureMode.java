package org.medvilam.records.export;

/** Where an export's pictures are. */
public enum PictureMode {
  /** Where they were; paths are those of the records. */
  REFERENCE,
  /** Copied below {@code images/} of the export. */
  COPY,
  /** Linked below {@code images/} of the export, where the disk can. */
  LINK
}
