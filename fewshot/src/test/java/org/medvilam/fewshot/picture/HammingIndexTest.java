package org.medvilam.fewshot.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HammingIndexTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 10, 11, 15})
  void findsWhatLookingAtAllFindsOnceEach(int maxBits) {
    Random random = new Random(maxBits);
    long[] hashes = new long[3000];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = i % 3 == 0 ? random.nextLong() : near(hashes[i - 1], random, 12);
    }
    HammingIndex index = new HammingIndex(hashes);
    for (int q = 0; q < 200; q++) {
      long hash = near(hashes[random.nextInt(hashes.length)], random, 8);
      List<Integer> found = new ArrayList<>();
      index.near(hash, maxBits, found::add);
      List<Integer> expected =
          IntStream.range(0, hashes.length)
              .filter(i -> Long.bitCount(hashes[i] ^ hash) <= maxBits)
              .boxed()
              .toList();
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static long near(long hash, Random random, int bits) {
    long near = hash;
    for (int i = 0; i < bits; i++) {
      near ^= 1L << random.nextInt(64);
    }
    return near;
  }
}
