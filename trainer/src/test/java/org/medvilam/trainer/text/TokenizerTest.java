package org.medvilam.trainer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  private final Tokenizer tokenizer = Tokenizer.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[215, 193, 821, 773]",
        "[0, 0, 1000, 1000]; [1, 2, 3, 4]",
        "<BOS> 1,2 3,4 5,1000 <EOS>",
        "<BOS> 1,2 3,4 <EOS> <BOS> 5,6 7,8 <EOS>",
        "center at [1, 2, 3], box length is [4, 5, 6]",
        "[1, 2, 3, 4, 5, 6]",
        "Yes",
        "No",
        "<BOS>",
        "<BOS> <EOS>",
        "<EOS>",
        "<BOS> 1,2 3 <EOS>",
        "malignant tumour",
        "a, b",
        "[01, 2, 3, 4]",
        "[1,2,3,4]",
        "[1001, 2, 3, 4]",
        "[1, 2, 3, 4",
        "[1, 2, 3, ]",
        "[]",
        "42 of 1000; 7",
        "Where is the Ödem (µm², 肺) in this image?",
        "\uD83E\uDEC1 lung"
      })
  void testRoundTrip(String text) {
    assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
  }

  @Test
  void testRoundTripOfRandomTexts() {
    Random random = new Random(5);
    String letters = "abcYN <>[],;0123456789BOSE.?é";
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(30); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      testRoundTrip(text.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[215, 193, 821, 773]|5",
        "[0, 0, 1, 1]; [1, 2, 3, 4]|11",
        "<BOS> 1,2 3,4 5,6 <EOS>|8",
        "Yes|1",
        "malignant tumour|2",
        "Where is the lesion in this image?|8"
      })
  void testLength(String text, int tokens) {
    assertThat(tokenizer.encode(text)).hasSize(tokens);
  }

  @Test
  void testUnfinishedFormsDecodeToWhatIsThere() {
    int[] box = tokenizer.encode("[215, 193, 821, 773]");
    assertThat(tokenizer.decode(new int[] {box[0], box[1], box[2]})).isEqualTo("[215, 193");
  }

  @Test
  void testTokensAreInsideTheVocabulary() {
    for (int token : tokenizer.encode("Segment the naevus; [0, 0, 1000, 1000] ÿ")) {
      assertThat(token).isBetween(0, tokenizer.size() - 1);
    }
  }
}
