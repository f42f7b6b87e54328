package org.medvilam.converters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.records.Hashing;
import org.medvilam.records.Rejection;
import org.medvilam.records.store.Store;

/** What a listing gave. */
public record Listed(List<Item> items, List<Rejection> rejections) {
  /** Lists a dataset. */
  public static Listed of(Dataset dataset, DatasetSource source) throws IOException {
    Listed listed = new Listed(new ArrayList<>(), new ArrayList<>());
    dataset.items(
        source,
        new ItemSink() {
          @Override
          public void item(Item item) {
            listed.items.add(item);
          }

          @Override
          public void reject(Rejection rejection) {
            listed.rejections.add(rejection);
          }
        });
    return listed;
  }

  /** Returns the source of a tree with scratch space in a folder. */
  public static DatasetSource source(Store root, Settings settings, Path scratch) {
    return new DatasetSource(root, settings, SortedLines.in(scratch));
  }

  /** Returns the item of a media id. */
  public Item item(String mediaId) {
    return items.stream().filter(i -> i.mediaId().equals(mediaId)).findFirst().orElseThrow();
  }

  static String sha256(byte[] data) {
    return HexFormat.of().formatHex(Hashing.sha256().digest(data));
  }
}
