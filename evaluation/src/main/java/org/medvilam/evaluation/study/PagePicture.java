package org.medvilam.evaluation.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.medvilam.evaluation.report.PictureSource;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.geometry.Grid;

/** A picture of a page, read when the page is written, so that no more than one is in memory. */
final class PagePicture {
  private final String id;
  private final InstructionRecord record;
  private final PictureSource source;

  PagePicture(String id, InstructionRecord record, PictureSource source) {
    this.id = id;
    this.record = record;
    this.source = source;
  }

  /** Returns the name within the page. */
  String id() {
    return id;
  }

  /** Returns the picture in words. */
  String alt() {
    return record.modality() + " picture";
  }

  /** Returns the width of the image frame. */
  int width() {
    Media media = record.media();
    return media.width() == null ? Grid.MAX : media.width();
  }

  /** Returns the height of the image frame. */
  int height() {
    Media media = record.media();
    return media.height() == null ? Grid.MAX : media.height();
  }

  /** Returns the transform from the grid to the image frame. */
  String scale() {
    return "scale(%s %s)".formatted(width() / (double) Grid.MAX, height() / (double) Grid.MAX);
  }

  /** Returns the PNG in base64. */
  String data() {
    try {
      byte[] png =
          source
              .png(record)
              .orElseThrow(() -> new IOException("the picture was there a moment ago"));
      return Base64.getEncoder().encodeToString(png);
    } catch (IOException e) {
      throw new UncheckedIOException(record.id() + ": " + e.getMessage(), e);
    }
  }
}
