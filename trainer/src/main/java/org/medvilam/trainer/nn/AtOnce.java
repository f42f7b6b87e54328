package org.medvilam.trainer.nn;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One task for each of several items, on all cores. */
public final class AtOnce {
  private AtOnce() {}

  /**
   * Returns the results in the order of the items. Where a task fails, no other begins, and its
   * failure is thrown when those that had begun have ended: what they use may then be freed.
   */
  public static <T, R> List<R> map(List<T> items, Function<T, R> task) {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<R> results =
        items.parallelStream()
            .map(item -> failure.get() == null ? run(task, item, failure) : null)
            .toList();
    Throwable first = failure.get();
    if (first instanceof Error e) {
      throw e;
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
    return results;
  }

  private static <T, R> @Nullable R run(
      Function<T, R> task, T item, AtomicReference<@Nullable Throwable> failure) {
    try {
      return task.apply(item);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      return null;
    }
  }
}
