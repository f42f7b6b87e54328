package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Multi-head attention with grouped queries.
 *
 * <p>Queries are laid out as [batch * keyHeads, group * length, headWidth], so the queries that
 * share a key head form one matrix and its keys are never copied for them.
 */
record Attention(
    Layer query, Linear key, Layer value, Linear output, int heads, int keyHeads, int headWidth) {

  Pass forward(INDArray x, Places places, KeyValueCache.Entry cache) {
    Span span = places.span();
    Pass q = query.forward(x);
    Pass k = key.forward(x);
    Pass v = value.forward(x);
    Pass qTurned = turned(splitQueries(q.output(), span), places.queryTurn());
    Pass kTurned = turned(splitKeys(k.output(), span), places.keyTurn());
    INDArray keys = kTurned.output();
    INDArray values = splitKeys(v.output(), span);
    if (cache != null) {
      cache.append(keys, values);
      keys = cache.keys();
      values = cache.values();
    }
    Heads inner =
        new Heads(qTurned.output(), keys, values, weights(qTurned.output(), keys, places));
    INDArray context = Ops.batched(inner.weights, values, false, false);
    Pass out = output.forward(mergeQueries(context, span));
    return new Pass(
        out.output(),
        dy -> {
          Heads d = inner.backward(splitQueries(out.backward(dy), span));
          INDArray dx = q.backward(mergeQueries(qTurned.backward(d.queries), span));
          dx.addi(k.backward(mergeKeys(kTurned.backward(d.keys), span)));
          return dx.addi(v.backward(mergeKeys(d.values, span)));
        });
  }

  private static Pass turned(INDArray x, Turn turn) {
    return turn == null ? new Pass(x, dy -> dy) : turn.apply(x);
  }

  private INDArray weights(INDArray queries, INDArray keys, Places places) {
    INDArray scores = Ops.batched(queries, keys, false, true).muli(scale(headWidth));
    if (places.mask() != null) {
      scores.reshape('c', scores.size(0), places.mask().length()).addiRowVector(places.mask());
    }
    return Ops.softmaxInPlace(scores);
  }

  private static double scale(int headWidth) {
    return 1 / Math.sqrt(headWidth);
  }

  private INDArray splitQueries(INDArray x, Span span) {
    int group = heads / keyHeads;
    long[] shape = {span.batch(), span.length(), keyHeads, group, headWidth};
    long rows = (long) span.batch() * keyHeads;
    return Ops.permuted(
        x, shape, new int[] {0, 2, 3, 1, 4}, rows, (long) group * span.length(), headWidth);
  }

  private INDArray mergeQueries(INDArray x, Span span) {
    long[] shape = {span.batch(), keyHeads, heads / keyHeads, span.length(), headWidth};
    return Ops.permuted(x, shape, new int[] {0, 3, 1, 2, 4}, span.rows(), (long) heads * headWidth);
  }

  private INDArray splitKeys(INDArray x, Span span) {
    long[] shape = {span.batch(), span.length(), keyHeads, headWidth};
    long rows = (long) span.batch() * keyHeads;
    return Ops.permuted(x, shape, new int[] {0, 2, 1, 3}, rows, span.length(), headWidth);
  }

  private INDArray mergeKeys(INDArray x, Span span) {
    long[] shape = {span.batch(), keyHeads, span.length(), headWidth};
    return Ops.permuted(x, shape, new int[] {0, 2, 1, 3}, span.rows(), (long) keyHeads * headWidth);
  }

  /** The arrays of the attention core, or their gradients; weights is null among gradients. */
  private record Heads(INDArray queries, INDArray keys, INDArray values, INDArray weights) {
    Heads backward(INDArray dContext) {
      INDArray dValues = Ops.batched(weights, dContext, true, false);
      INDArray dWeights = Ops.batched(dContext, values, false, true);
      INDArray dScores = Ops.softmaxGradient(weights, dWeights).muli(scale((int) queries.size(-1)));
      return new Heads(
          Ops.batched(dScores, keys, false, false),
          Ops.batched(dScores, queries, true, false),
          dValues,
          null);
    }
  }
}
