package dev.elman.training;

import dev.elman.batches.Source;
import dev.elman.kernels.Threads;
import dev.elman.models.Model;
import dev.elman.optimizers.Clipping;
import dev.elman.optimizers.OptimizerState;
import dev.elman.optimizers.Update;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import dev.elman.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains a model by backpropagation through time, epoch after epoch.
 *
 * <p>Sequences are read whole; a source that {@link Source#continues} carries its state from batch
 * to batch, which truncates backpropagation at the batch's edge. The same plan and data give the
 * same weights to the last bit, on any number of threads, stopped and resumed or not.
 */
public final class Trainer implements AutoCloseable {
  private static final int UNTRAINED_BATCHES = 8;

  private final Model model;
  private final TrainingPlan plan;
  private final Source source;
  private final Source validation; // null where there is none
  private final List<Callback> callbacks;
  private final Threads threads;
  private final Curriculum curriculum;
  private final BatchPass pass;
  private final Update update;
  private final OptimizerState optimizerState;
  private final List<Double> trainingLosses = new ArrayList<>();
  private final List<Double> validationLosses = new ArrayList<>();
  private int epoch;
  private int batch;
  private double lossSum;
  private double untrainedLoss = Double.NaN;
  private List<float[]> bestWeights = List.of();
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;

  /**
   * Prepares a training from the model's present weights.
   *
   * @param validation what the best weights are chosen by; null to keep the last
   * @throws IllegalStateException when the model was quantized, which is for use only
   */
  public Trainer(
      Model model, TrainingPlan plan, Source source, Source validation, List<Callback> callbacks) {
    model.weights().forEach(Weight::requireExact);
    this.model = model;
    this.plan = plan;
    this.source = source;
    this.validation = validation;
    this.callbacks = List.copyOf(callbacks);
    curriculum = new Curriculum(plan, source);
    threads = new Threads(plan.threads());
    pass = new BatchPass(model, source, threads, plan.seed());
    pass.stateLimit(plan.clipping().stateLimit());
    update = new Update(plan.optimizer(), plan.clipping(), threads);
    optimizerState = new OptimizerState(plan.optimizer(), model.weights());
  }

  /** Goes on from a saved state, to be called before {@link #run}. */
  public void resume(TrainingState state) {
    epoch = state.epoch();
    batch = state.batch();
    lossSum = state.lossSum();
    untrainedLoss = state.untrainedLoss();
    model.weights().set(state.weights());
    optimizerState.restore(state.optimizerSteps(), state.slots());
    pass.carry(state.carried());
    bestWeights = state.bestWeights();
    bestLoss = state.bestLoss();
    bestEpoch = state.bestEpoch();
    trainingLosses.clear();
    trainingLosses.addAll(state.trainingLosses());
    validationLosses.clear();
    validationLosses.addAll(state.validationLosses());
  }

  /**
   * Trains until the last epoch or until patience ends, and puts the best weights into the model.
   *
   * @throws DivergenceException when the loss or the gradients' norm is infinite or not a number,
   *     or when an epoch's mean loss is three times that of the untrained model
   */
  public void run() {
    String reason = "all " + plan.epochs() + " epochs are done";
    if (Double.isNaN(untrainedLoss)) {
      untrainedLoss = Evaluation.sampleLoss(model, source, threads, UNTRAINED_BATCHES);
      if (plan.curriculum() > 0) { // of what is read first, too, and the larger counts
        curriculum.begin(0);
        double ofShorter = Evaluation.sampleLoss(model, source, threads, UNTRAINED_BATCHES);
        untrainedLoss = Math.max(untrainedLoss, ofShorter);
      }
    }
    while (epoch < plan.epochs() && !patienceEnded()) { // asked first: it may be resumed there
      runEpoch();
    }
    if (patienceEnded()) {
      reason = "no better validation loss in " + plan.patience() + " epochs";
    }
    keepBest();
    tell(new TrainingEvent.End(epoch, reason));
  }

  private boolean patienceEnded() {
    return plan.patience() > 0 && epoch - bestEpoch >= plan.patience();
  }

  private void runEpoch() {
    curriculum.begin(epoch);
    source.shuffle(RandomStream.of(plan.seed(), "shuffling", epoch));
    int batches = source.batches();
    while (batch < batches) {
      step(batches);
    }
    double trainingLoss = lossSum / batches;
    if (trainingLoss > 3 * untrainedLoss && untrainedLoss > 0) {
      throw diverged(
          String.format(
              Locale.ROOT, "a loss of %.4g after %.4g untrained", trainingLoss, untrainedLoss));
    }
    double validationLoss =
        validation == null ? Double.NaN : Evaluation.meanLoss(model, validation, threads);
    epoch++;
    batch = 0;
    lossSum = 0;
    boolean best = validation == null || validationLoss < bestLoss;
    if (best) {
      bestWeights = model.weights().copy();
      bestLoss = validationLoss;
      bestEpoch = epoch;
    }
    trainingLosses.add(trainingLoss);
    validationLosses.add(validationLoss);
    tell(new TrainingEvent.Epoch(epoch, trainingLoss, validationLoss, best));
  }

  private void step(int batches) {
    long step = curriculum.stepsBefore(epoch) + batch;
    long steps = curriculum.stepsBefore(plan.epochs());
    pass.progress((double) step / steps);
    double loss = pass.run(batch, step);
    requireFinite("a loss", loss);
    double norm = pass.norm();
    requireFinite("gradients with a norm", norm);
    double rate = plan.learningRate() * plan.schedule().factor(step, steps);
    update.step(model.weights(), pass.gradients(), norm, optimizerState, rate);
    lossSum += loss;
    batch++;
    tell(new TrainingEvent.Step(epoch + 1, batch, batches, pass.tokens(), loss, norm));
  }

  private void requireFinite(String what, double found) {
    if (!Double.isFinite(found)) {
      throw diverged(what + " of " + found + " in epoch " + (epoch + 1) + ", batch " + (batch + 1));
    }
  }

  private DivergenceException diverged(String found) {
    keepBest();
    return new DivergenceException(
        found, plan.learningRate(), plan.clipping() != Clipping.NONE, bestEpoch);
  }

  private void keepBest() {
    if (!bestWeights.isEmpty()) {
      model.weights().set(bestWeights);
    }
  }

  private void tell(TrainingEvent event) {
    for (Callback callback : callbacks) {
      callback.on(event, this::state);
    }
  }

  /** A copy of all that is needed to go on from here; the optimizer's slots are its own arrays. */
  public TrainingState state() {
    Weights weights = model.weights();
    return new TrainingState(
        epoch,
        batch,
        lossSum,
        untrainedLoss,
        optimizerState.steps(),
        weights.copy(),
        optimizerState.arrays(),
        source.continues() ? pass.carried() : List.of(),
        bestWeights,
        bestLoss,
        bestEpoch,
        List.copyOf(trainingLosses),
        List.copyOf(validationLosses));
  }

  @Override
  public void close() {
    threads.close();
  }
}
