package dev.elman.bench;

import dev.elman.autodiff.Tape;
import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Threads;
import dev.elman.models.Quantization;
import dev.elman.training.BatchPass;
import java.util.ArrayList;
import java.util.List;

/** A shape made ready to be run over and over, with threads of its own until it is closed. */
final class BenchWork implements Runnable, AutoCloseable {
  private final double operations;
  private final Threads threads;
  private final Runnable run;

  /** Makes the layers and a batch for them; {@link #isDone} says of what. */
  BenchWork(BenchShape shape, Bench.Mode mode, Bench.Precision precision, int count) {
    operations = mode.times() * shape.work();
    threads = new Threads(count);
    Kernels.get().compile();
    StackModel model = new StackModel(shape);
    if (precision == Bench.Precision.INT8) {
      Quantization.int8(model);
    }
    FixedSource source = new FixedSource(shape);
    run = mode == Bench.Mode.TRAIN ? training(model, source) : inference(model, source);
  }

  /** Whether it is done at all: one step is not trained, nor are rounded weights. */
  static boolean isDone(BenchShape shape, Bench.Mode mode, Bench.Precision precision) {
    return mode == Bench.Mode.INFER || (shape.steps() > 1 && precision == Bench.Precision.FLOAT32);
  }

  /** Floating-point operations of one run. */
  double operations() {
    return operations;
  }

  @Override
  public void run() {
    run.run();
  }

  @Override
  public void close() {
    threads.close();
  }

  private Runnable training(StackModel model, FixedSource source) {
    BatchPass pass = new BatchPass(model, source, threads, 1);
    return () -> {
      model.weights().forEach(weight -> weight.update(values -> {})); // as after a step
      pass.run(0, 0);
    };
  }

  private Runnable inference(StackModel model, FixedSource source) {
    int shards = threads.count() == 1 ? 1 : Shard.count(source.sequences(0), model.states());
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
                  model.zeroState(tape, batch.packing().sequences()));
            });
  }
}
