package org.medvilam.converters.item;

import java.io.IOException;
import org.medvilam.records.Rejection;

/** Takes what a listing finds. */
public interface ItemSink {
  /** Takes an item. */
  void item(Item item) throws IOException;

  /** Takes an item or annotation that cannot become part of an item; each counts once. */
  void reject(Rejection rejection) throws IOException;
}
