package org.medvilam.evaluation.preview;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A picture of the page as its template names it, read when its turn comes. */
final class PagePicture {
  private final int number;
  private final Supplier<ShownPicture> source;
  private @Nullable ShownPicture read;

  PagePicture(int number, Supplier<ShownPicture> source) {
    this.number = number;
    this.source = source;
  }

  /**
   * Returns pictures that are read together, when the first is asked for, and let go one by one.
   *
   * @param first number of the first of them
   * @param count how many
   * @param source gives as many
   */
  static List<PagePicture> together(int first, int count, Supplier<List<ShownPicture>> source) {
    Deque<ShownPicture> left = new ArrayDeque<>(count);
    Supplier<ShownPicture> next =
        () -> {
          if (left.isEmpty()) {
            left.addAll(source.get());
          }
          return left.remove();
        };
    List<PagePicture> pictures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      pictures.add(new PagePicture(first + i, next));
    }
    return pictures;
  }

  private ShownPicture read() {
    if (read == null) {
      read = source.get();
    }
    return read;
  }

  int number() {
    return number;
  }

  String type() {
    return read().type();
  }

  String note() {
    return read().note();
  }

  /** Returns the data, which is forgotten: the template asks for it last. */
  String data() {
    String text = Base64.getEncoder().encodeToString(read().data());
    read = null;
    return text;
  }
}
