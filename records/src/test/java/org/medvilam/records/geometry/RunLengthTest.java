package org.medvilam.records.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.Golden;

final class RunLengthTest {
  static Stream<Arguments> masks() {
    return Golden.cases("rle");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masks")
  void cocoCountsDecode(String name, JsonNode c) {
    Mask mask = RunLength.fromCocoCounts(counts(c), c.get("w").asInt(), c.get("h").asInt());
    assertSame(name, mask, c);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masks")
  void cocoCountsEncode(String name, JsonNode c) {
    assertThat(RunLength.toCocoCounts(Golden.mask(c.get("rows")))).as(name).isEqualTo(counts(c));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masks")
  void cocoStringDecodes(String name, JsonNode c) {
    String text = c.get("coco_string").asText();
    Mask mask = RunLength.fromCocoString(text, c.get("w").asInt(), c.get("h").asInt());
    assertSame(name, mask, c);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masks")
  void cocoStringHoldsTheCounts(String name, JsonNode c) {
    assertThat(RunLength.cocoCounts(c.get("coco_string").asText())).as(name).isEqualTo(counts(c));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masks")
  void cocoStringEncodes(String name, JsonNode c) {
    assertThat(RunLength.toCocoString(counts(c))).as(name).isEqualTo(c.get("coco_string").asText());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masks")
  void kaggleDecodes(String name, JsonNode c) {
    String text =
        StreamSupport.stream(c.get("kaggle_1based_colmajor_start_len").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(" "));
    assertSame(name, RunLength.fromKaggle(text, c.get("w").asInt(), c.get("h").asInt()), c);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masks")
  void cheXmaskDecodes(String name, JsonNode c) {
    String text = c.get("chexmask_1based_rowmajor_start_len").asText();
    assertSame(name, RunLength.fromCheXmask(text, c.get("w").asInt(), c.get("h").asInt()), c);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masks")
  void areaAsExpected(String name, JsonNode c) {
    assertThat(Golden.mask(c.get("rows")).area()).as(name).isEqualTo(c.get("area").asLong());
  }

  @Test
  void randomMasksComeBackFromTheirString() {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      Mask mask = RandomMasks.next(random, 40);
      String text = RunLength.toCocoString(RunLength.toCocoCounts(mask));
      Mask back = RunLength.fromCocoString(text, mask.width(), mask.height());
      assertThat(RandomMasks.text(back)).isEqualTo(RandomMasks.text(mask));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5220002", // one pixel short
        "5220004", // one too many
        "5220003 ", // a blank
        "52/0003", // below the alphabet
        "52p0003", // above it
        "52\u00e90003",
        "522000S", // the last group says that more follow
        "oooooooooooooooo", // a count without end
        "N", // a negative run
        ""
      })
  void malformedCocoStringIsRefused(String text) {
    assertBad(() -> RunLength.fromCocoString(text, 5, 4));
  }

  @Test
  void cocoCountsThatDoNotCoverTheMaskAreRefused() {
    assertBad(() -> RunLength.fromCocoCounts(new long[] {5, 2}, 5, 4));
  }

  @Test
  void negativeCocoCountIsRefused() {
    assertBad(() -> RunLength.fromCocoCounts(new long[] {25, -5}, 5, 4));
  }

  @Test
  void cocoCountsWhoseSumOverflowsAreRefused() {
    long[] counts = {1, Long.MAX_VALUE, Long.MAX_VALUE, 21};
    assertBad(() -> RunLength.fromCocoCounts(counts, 5, 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1", // a start without a length
        "1 2 3",
        "0 2", // starts are 1-based
        "-1",
        "-1 5",
        "1 -1",
        "19 3", // over the end
        "1 2147483647",
        "1 99999999999999999999",
        "1 two",
        "1.5 2",
        "1,2",
        "1 15 1 15" // more pixels than the mask has
      })
  void malformedPairsAreRefused(String text) {
    assertBad(() -> RunLength.fromKaggle(text, 5, 4));
    assertBad(() -> RunLength.fromCheXmask(text, 5, 4));
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "5, 0", "-1, 5", "65536, 65536", "2147483647, 2147483647", "8193, 8192"})
  void impossibleSizeIsRefused(int width, int height) {
    assertBad(() -> RunLength.fromCocoCounts(new long[] {1}, width, height));
    assertBad(() -> RunLength.fromKaggle("1 1", width, height));
    assertBad(() -> RunLength.fromCheXmask("1 1", width, height));
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shortTextCannotAskForMuchWorkOrMemory() {
    String overlapping = "1 67108864 ".repeat(20_000);
    assertBad(() -> RunLength.fromKaggle(overlapping, 8192, 8192));
    for (int i = 0; i < 2000; i++) {
      assertBad(() -> RunLength.fromCocoString("0", 8192, 8192));
      assertBad(() -> RunLength.fromKaggle("x", 8192, 8192));
    }
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void randomTextGivesAMaskOrItsReason() {
    Random random = new Random(5);
    String pairs = "0123456789  -";
    int decoded = 0;
    for (int i = 0; i < 5000; i++) {
      int width = 1 + random.nextInt(9);
      int height = 1 + random.nextInt(9);
      String coco = text(random, '0', 'o' - '0' + 1);
      String odd = text(random, '\0', 0x3000);
      String numbers =
          random
              .ints(random.nextInt(12), 0, pairs.length())
              .mapToObj(k -> pairs.substring(k, k + 1))
              .collect(Collectors.joining());
      decoded += decodes(() -> RunLength.fromCocoString(coco, width, height)) ? 1 : 0;
      decoded += decodes(() -> RunLength.fromCocoString(odd, width, height)) ? 1 : 0;
      decoded += decodes(() -> RunLength.fromKaggle(numbers, width, height)) ? 1 : 0;
      decoded += decodes(() -> RunLength.fromCheXmask(numbers, width, height)) ? 1 : 0;
      decoded += decodes(() -> RunLength.fromCheXmask(odd, width, height)) ? 1 : 0;
    }
    assertThat(decoded).isBetween(100, 24_000);
  }

  /** Tells whether a text decodes; anything but the one exception for bad codes passes through. */
  private static boolean decodes(Supplier<Mask> decoding) {
    try {
      return decoding.get() != null;
    } catch (GeometryException e) {
      return false;
    }
  }

  private static String text(Random random, char first, int choices) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      text.append((char) (first + random.nextInt(choices)));
    }
    return text.toString();
  }

  private static long[] counts(JsonNode c) {
    return StreamSupport.stream(c.get("coco_counts_colmajor").spliterator(), false)
        .mapToLong(JsonNode::asLong)
        .toArray();
  }

  private static void assertSame(String name, Mask mask, JsonNode c) {
    assertThat(RandomMasks.text(mask))
        .as(name)
        .isEqualTo(RandomMasks.text(Golden.mask(c.get("rows"))));
  }

  private static void assertBad(Supplier<Mask> decoding) {
    assertThatThrownBy(decoding::get)
        .isInstanceOfSatisfying(
            GeometryException.class, e -> assertThat(e.reason()).isEqualTo("bad-rle"));
  }
}
