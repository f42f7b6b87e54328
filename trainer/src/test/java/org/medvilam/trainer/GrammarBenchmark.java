package org.medvilam.trainer;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Random;
import org.medvilam.trainer.grammar.AnswerGrammar;
import org.medvilam.trainer.nn.TokenChoice;
import org.medvilam.trainer.text.TextCodec;
import org.medvilam.trainer.text.Tokenizer;

/** Measures what holding answers to a form costs a token, and a whole answer of the small base. */
final class GrammarBenchmark {
  private static final int ROUNDS = 8;

  /** Other work on the machine does not count. */
  private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();

  private GrammarBenchmark() {}

  public static void main(String[] args) throws Exception {
    VisionLanguageModel model = VisionLanguageModel.builtIn(VisionLanguageModel.TINY);
    TextCodec codec = Tokenizer.standard();
    for (AnswerGrammar form :
        new AnswerGrammar[] {
          AnswerGrammar.free(), AnswerGrammar.boxes(), AnswerGrammar.outlines(25)
        }) {
      for (int warm = 0; warm < 1; warm++) {
        tokens(codec, form);
        answers(model, form);
      }
      System.out.printf(
          Locale.ROOT,
          "form of longest item %d: %.3f CPU ms to choose a token, %.1f CPU ms an answer%n",
          form.longestItem(),
          tokens(codec, form),
          answers(model, form));
    }
  }

  private static double tokens(TextCodec codec, AnswerGrammar form) {
    Random random = new Random(1);
    int count = 0;
    long nanos = 0;
    for (int round = 0; round < 8 * ROUNDS; round++) {
      TokenChoice choice = form.choice(codec, 300);
      for (int n = 0; n < 50; n++) {
        float[] scores = new float[codec.size()];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = random.nextFloat();
        }
        long start = TIMES.getCurrentThreadCpuTime();
        int token = choice.next(scores);
        nanos += TIMES.getCurrentThreadCpuTime() - start;
        count++;
        if (token == codec.end()) {
          break;
        }
      }
    }
    return nanos * 1e-6 / count;
  }

  private static double answers(VisionLanguageModel model, AnswerGrammar form) {
    float[] pixels = new float[model.inputSize() * model.inputSize()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 31 % 97) / 97f;
    }
    String ask =
        form.longestItem() > 100
            ? "Outline the tumour in this image."
            : "Where is the tumour in this image?";
    long start = TIMES.getCurrentThreadCpuTime();
    for (int round = 0; round < ROUNDS; round++) {
      model.answer(pixels, ask, form);
    }
    return (TIMES.getCurrentThreadCpuTime() - start) * 1e-6 / ROUNDS;
  }
}
