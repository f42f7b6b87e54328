package org.medvilam.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AtOnceTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 200).boxed().toList();

  @Test
  void testResultsAreInTheOrderOfTheItems() {
    assertThat(AtOnce.map(ITEMS, i -> 2 * i)).isEqualTo(ITEMS.stream().map(i -> 2 * i).toList());
  }

  @Test
  void testFailureIsThrownWhenAllThatHadBegunHasEnded() {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger running = new AtomicInteger();
    ForkJoinPool pool = new ForkJoinPool(4);
    assertThatThrownBy(
            () ->
                pool.submit(
                        () -> {
                          try {
                            AtOnce.map(ITEMS, i -> slow(i, begun, running));
                          } finally {
                            assertThat(running).hasValue(0);
                          }
                        })
                    .join())
        .hasRootCauseMessage("item 3");
    pool.shutdown();
    assertThat(begun).hasValueLessThan(ITEMS.size());
  }

  private static int slow(int item, AtomicInteger begun, AtomicInteger running) {
    begun.incrementAndGet();
    running.incrementAndGet();
    try {
      if (item == 3) {
        throw new IllegalStateException("item 3");
      }
      Thread.sleep(5);
      return item;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      running.decrementAndGet();
    }
  }
}
