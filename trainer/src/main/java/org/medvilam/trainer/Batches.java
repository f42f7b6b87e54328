package org.medvilam.trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.medvilam.trainer.nn.TokenBatch;

/** Puts instructions and answers together as the network reads them. */
final class Batches {
  private Batches() {}

  /** Returns the tokens of each instruction, the answer mark, the answer and the end. */
  static TokenBatch of(VisionLanguageModel model, List<String[]> pairs) {
    List<int[]> tokens = new ArrayList<>();
    int[] starts = new int[pairs.size()];
    for (int i = 0; i < starts.length; i++) {
      int[] prompt = model.codec().prompt(pairs.get(i)[0]);
      int[] answer = model.codec().encode(pairs.get(i)[1]);
      int[] all = Arrays.copyOf(prompt, prompt.length + answer.length + 1);
      System.arraycopy(answer, 0, all, prompt.length, answer.length);
      all[all.length - 1] = model.codec().end();
      tokens.add(all);
      starts[i] = prompt.length;
    }
    return new TokenBatch(tokens, starts);
  }
}
