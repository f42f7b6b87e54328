package org.medvilam.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.nn.AdamW;
import org.medvilam.trainer.nn.Inference;
import org.medvilam.trainer.nn.Parameter;
import org.medvilam.trainer.nn.ProjectionStep;
import org.medvilam.trainer.nn.Schedule;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The loop of one fine-tuning run, and all that changes in it. */
final class FineTuningRun implements AutoCloseable {
  private final FineTuningOptions options;
  private final List<TrainingExample> validation;
  private final VisionLanguageModel model;
  private final ExampleOrder order;
  private final ProjectionStep engine;
  private final Inference encoder;
  private final ProjectionLoss loss;
  private final AdamW optimiser;
  private final Schedule schedule;
  private final FineTuningState state;
  private final MemoryShortage shortage;
  private final Map<String, INDArray> best = new LinkedHashMap<>();
  private History history = new History();

  /** Prepares a run; the model's trained tensors will be changed. */
  FineTuningRun(
      VisionLanguageModel model,
      Engine engine,
      FineTuningOptions options,
      List<TrainingExample> examples,
      List<TrainingExample> validation,
      @Nullable FeatureStore stored) {
    this.model = model;
    this.options = options;
    this.validation = validation;
    model.network().train(options.trained()::includes);
    order = new ExampleOrder(examples, options);
    Engine chosen = engine.chosen(options.trained());
    this.engine = chosen.step(model.network());
    Engine encodes = (stored == null ? engine : stored.engine()).chosen();
    encoder = encodes.inference(model.network());
    FeatureCache features = new FeatureCache(model.network().config().vision(), encoder, stored);
    loss = new ProjectionLoss(model, this.engine, features, order, options);
    optimiser =
        new AdamW(
            model.network().parameters().values(),
            options.beta1(),
            options.beta2(),
            options.weightDecay(),
            options.clipNorm());
    schedule = new Schedule(options.rate(), options.lastRate(), options.warmUp(), options.steps());
    shortage = new MemoryShortage(chosen, model.network(), options);
    state = new FineTuningState(model, chosen, encodes, options, examples, validation);
  }

  /** Takes up the state in a checkpoint and returns whether its run had ended. */
  boolean restore(Path output) throws IOException {
    history = state.restore(output, optimiser, best);
    return ended();
  }

  FineTuningResult result(Path output) {
    return new FineTuningResult(history.losses(), keptStep(), output, history.seconds());
  }

  FineTuningResult train(Path output, @Nullable Path log, Progress progress) throws IOException {
    double before = history.seconds();
    long start = System.nanoTime();
    try (TrainingLog live = log == null ? null : new TrainingLog(log, history)) {
      while (!ended()) {
        int step = history.steps();
        History.Row row = step(step, output, before, start);
        history.add(row);
        keepBest();
        if (live != null) {
          live.add(row);
        }
        boolean due = options.checkpointEvery() > 0 && (step + 1) % options.checkpointEvery() == 0;
        if (due && !ended()) {
          state.write(output, optimiser, history, best, false);
        }
        progress.report(new Progress.Report(step + 1, options.steps(), row.loss(), row.rate()));
      }
    }
    best.forEach((name, value) -> trained().get(name).value().assign(value));
    state.write(output, optimiser, history, best, true);
    return result(output);
  }

  @Override
  public void close() {
    engine.close();
    encoder.close();
  }

  private boolean ended() {
    return history.steps() >= options.steps()
        || stopsEarly() && history.validationsSinceBest() >= options.patience();
  }

  private boolean stopsEarly() {
    return options.patience() > 0 && !validation.isEmpty();
  }

  private int keptStep() {
    return stopsEarly() && history.bestStep() > 0 ? history.bestStep() : history.steps();
  }

  private void keepBest() {
    if (stopsEarly() && history.bestStep() == history.steps()) {
      trained().forEach((name, p) -> best.put(name, p.value().dup('c')));
    }
  }

  private Map<String, Parameter> trained() {
    return FineTuningState.trained(model);
  }

  private History.Row step(int step, Path output, double before, long start) throws IOException {
    List<ExampleOrder.Drawn> drawn = order.update(step);
    try {
      return step(step, drawn, output, before, start);
    } catch (OutOfMemoryError | RuntimeException e) {
      if (MemoryShortage.isShortage(e)) {
        throw shortage.explain(e, step, drawn, model);
      }
      throw e;
    }
  }

  private History.Row step(
      int step, List<ExampleOrder.Drawn> drawn, Path output, double before, long start)
      throws IOException {
    double value = loss.train(drawn);
    double norm = optimiser.gradientNorm();
    if (!Double.isFinite(value) || !Double.isFinite(norm)) {
      throw new TrainingException(
          "The loss is %s and the gradient's norm %s at step %d with the examples %s; %s."
              .formatted(
                  value,
                  norm,
                  step + 1,
                  drawn.stream().map(d -> d.example().id()).distinct().toList(),
                  state.lastWritten(output)));
    }
    double rate = schedule.rate(step);
    optimiser.update(rate);
    boolean validate =
        !validation.isEmpty()
            && ((step + 1) % options.validateEvery() == 0 || step + 1 == options.steps());
    double validated = validate ? loss.of(validation) : Double.NaN;
    double seconds = before + (System.nanoTime() - start) * 1e-9;
    return new History.Row(step + 1, value, rate, norm, validated, Math.round(seconds * 1e3) / 1e3);
  }
}
