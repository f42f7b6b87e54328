package org.medvilam.converters;

import java.io.IOException;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.store.Store;

/**
 * One public dataset, in the layout in which its owners distribute it.
 *
 * <p>Implementations are final, stateless and deterministic; their methods stand in this order.
 */
public interface Dataset {
  /** Returns what the catalogue says of the dataset. */
  DatasetInfo info();

  /**
   * Compares a tree with the expected one, before any work.
   *
   * @param input what the user named
   * @param settings what the user asked for
   * @return where inside the input the dataset lies, or the first difference in words
   */
  LayoutCheck check(Store input, Settings settings) throws IOException;

  /**
   * Lists the independent units of work, cheaply: no picture is decoded.
   *
   * <p>Every entry of the owner's label files ends as an item, inside one, or as a rejection. The
   * order does not matter; what must be gathered by image is gathered on disk.
   *
   * @param source the dataset's root, settings and scratch space
   * @param sink takes items and rejections
   */
  void items(DatasetSource source, ItemSink sink) throws IOException;

  /**
   * Turns one item into samples with regions in the native pixel frame.
   *
   * @param source the dataset's root and settings
   * @param item an item of {@link #items}
   * @throws ItemException if the item as a whole gives nothing, with the reason
   * @throws IOException if storage fails; the caller may try again
   */
  Conversion convert(DatasetSource source, Item item) throws IOException;

  /**
   * Writes a phantom of the dataset: native layout, names and encodings, drawn pictures.
   *
   * @param request where, how many pictures, which seed
   * @return what the pictures show, for tests
   */
  PhantomTruth draw(PhantomRequest request) throws IOException;
}
