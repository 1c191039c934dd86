package dev.elman.bench;

import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Threads;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Classifier;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import dev.elman.models.Quantization;
import dev.elman.optimizers.Adam;
import dev.elman.training.BatchPass;
import dev.elman.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/** A shape made ready to be run over and over, with threads of its own until it is closed. */
final class BenchWork implements Runnable, AutoCloseable {
  private static final double LEARNING_RATE = 0.003;

  private final double amount;
  private final Runnable run;
  private final Runnable close;

  /** Makes the layers or the model, and a batch for them; {@link BenchEngine#does} says of what. */
  BenchWork(BenchShape shape, Bench.Mode mode, BenchEngine engine) {
    amount = mode.amount(shape);
    Kernels.get().compile();
    if (mode.wholeModels()) {
      StepwiseTraining training = training(shape, mode, engine);
      run = training;
      close = training::close;
    } else {
      Threads threads = new Threads(engine.threads());
      StackModel model = new StackModel(engine.layers(shape), shape.inputs());
      if (engine.precision() == Bench.Precision.INT8) {
        Quantization.int8(model);
      }
      FixedSource source = new FixedSource(shape);
      run =
          mode == Bench.Mode.TRAIN
              ? passes(model, source, threads)
              : inference(model, source, threads);
      close = threads::close;
    }
  }

  /** Of one run, in what the mode counts. */
  double amount() {
    return amount;
  }

  @Override
  public void run() {
    run.run();
  }

  @Override
  public void close() {
    close.run();
  }

  /** The embedding is as wide as what the layers give; one label of two. */
  private static StepwiseTraining training(BenchShape shape, Bench.Mode mode, BenchEngine engine) {
    RecurrentStack layers = engine.layers(shape);
    int symbols = shape.inputs();
    boolean both = layers.directions() == RecurrentStack.Directions.BOTH;
    int width = both ? 2 * shape.hidden() : shape.hidden();
    boolean language = mode == Bench.Mode.LANGUAGE;
    Model model =
        language
            ? new LanguageModel(
                new LanguageModel.Settings(symbols, width, LanguageModel.Output.OWN, 0, layers), 1)
            : new Classifier(
                new Classifier.Settings(symbols, width, 2, Pooling.LAST, 0, layers), 1);
    TrainingPlan plan =
        TrainingPlan.DEFAULTS
            .withOptimizer(Adam.DEFAULTS, LEARNING_RATE)
            .withThreads(engine.threads());
    return new StepwiseTraining(
        model, plan, language ? EndlessSource.text(shape) : EndlessSource.texts(shape));
  }

  private static Runnable passes(StackModel model, FixedSource source, Threads threads) {
    BatchPass pass = new BatchPass(model, source, threads, 1);
    return () -> {
      model.weights().forEach(weight -> weight.update(values -> {})); // as after a step
      pass.run(0, 0);
    };
  }

  private static Runnable inference(StackModel model, FixedSource source, Threads threads) {
    // no more than there are threads, as no gradients are summed: weights are read less often
    int most = Shard.count(source.sequences(0), source.tokens(0), model.states());
    int shards = Math.min(threads.count(), most);
    List<Tape> tapes = new ArrayList<>();
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      Tape tape = Tape.inference(Kernels.get());
      tape.threads(threads.team(i, shards));
      tapes.add(tape);
      batches.add(source.blank());
      source.fill(0, new Shard(i, shards), batches.get(i));
    }
    return () ->
        threads.each(
            shards,
            i -> {
              Tape tape = tapes.get(i);
              Batch batch = batches.get(i);
              tape.reset();
              model.forward(
                  tape,
                  batch.packing(),
                  batch.inputs(),
                  model.firstState(tape, batch.packing().sequences()));
            });
  }
}
