package org.medvilam.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HashingTest {
  @Test
  void hexIsThePublishedSha256() {
    assertThat(Hashing.hex("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void textIsHashedAsUtf8() {
    assertThat(Hashing.hex("\u00e9"))
        .startsWith("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a0");
  }

  @Test
  void fractionIsTheHeadOfTheHash() {
    assertThat(Hashing.fraction("abc")).isEqualTo((0xba7816bf8f01cfeaL >>> 11) / 0x1.0p53);
  }

  @Test
  void fractionsFillTheUnitInterval() {
    assertThat(IntStream.range(0, 10_000).mapToObj(i -> Hashing.fraction("t" + i)))
        .allMatch(f -> f >= 0 && f < 1)
        .anyMatch(f -> f < 0.001)
        .anyMatch(f -> f > 0.999);
  }

  @Test
  void indexIsUnsigned() {
    assertThat(Hashing.index("abc", 1000))
        .isEqualTo(Integer.parseInt(Long.toUnsignedString(0xba7816bf8f01cfeaL).substring(17)));
  }

  @Test
  void indexesAreEven() {
    int[] counts = new int[3];
    IntStream.range(0, 9000).forEach(i -> counts[Hashing.index("t" + i, 3)]++);
    assertThat(IntStream.of(counts).boxed()).allMatch(c -> c > 2800 && c < 3200);
  }
}
