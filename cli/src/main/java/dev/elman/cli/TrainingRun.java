package dev.elman.cli;

import dev.elman.checkpoints.ModelFolder;
import dev.elman.checkpoints.SavedModel;
import dev.elman.data.DataException;
import dev.elman.kernels.Kernels;
import dev.elman.tasks.Prepared;
import dev.elman.tasks.Trained;
import dev.elman.training.Callback;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingEvent;
import dev.elman.training.TrainingPlan;
import dev.elman.training.TrainingState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One training on the command line: shows progress, saves as it goes, resumes. */
final class TrainingRun {
  private final Path folder;
  private final TrainingPlan plan;
  private final Map<String, Object> provenance = new LinkedHashMap<>();
  private final PrintWriter out;
  private final List<Double> trainingLosses = new ArrayList<>();
  private final List<Double> validationLosses = new ArrayList<>();
  private double seconds;
  private long tokens;

  /**
   * A training that saves into a folder.
   *
   * @param settings all that the result depends on
   * @param data the files, with their hashes
   */
  TrainingRun(
      Path folder,
      TrainingPlan plan,
      Map<String, Object> settings,
      Map<String, Object> data,
      PrintWriter out) {
    this.folder = folder;
    this.plan = plan;
    this.out = out;
    provenance.put("settings", settings);
    provenance.put("data", data);
    provenance.put("elman", Version.number());
  }

  /** Trains, saves the best weights and leaves them in the model. */
  <T extends Trained> void run(Prepared<T> prepared, TrainingOptions options) {
    T trained = prepared.trained();
    out.println("kernels: " + Kernels.get().description());
    out.printf(
        "%s of %,d parameters, %d batches an epoch, %d threads%n",
        trained.model().task(),
        trained.model().weights().parameters(),
        prepared.training().batches(),
        plan.threads());
    out.flush();
    SavedModel saved = new SavedModel(trained, provenance);
    long start = System.nanoTime();
    try (ProgressDisplay display = new ProgressDisplay(out, plan.epochs());
        Trainer trainer =
            new Trainer(
                trained.model(),
                plan,
                prepared.training(),
                prepared.validation(),
                List.of(
                    display,
                    new Saving(saved, options.checkpointEvery()),
                    (event, state) -> keep(event)))) {
      if (options.resumes() && ModelFolder.isModel(folder)) {
        resume(saved, trainer);
      } else {
        if (options.resumes()) {
          out.printf("Nothing to resume in %s: begins at the start.%n", folder);
        }
        saved.write(folder, trainer.state()); // an unwritable folder is found before the work
      }
      trainer.run();
      tokens = display.tokens();
    }
    seconds = (System.nanoTime() - start) * 1e-9;
    provenance.put("training_losses", trainingLosses);
    provenance.put("validation_losses", validationLosses);
    saved.write(folder);
  }

  private void resume(SavedModel saved, Trainer trainer) {
    saved.requireSame(folder);
    Optional<TrainingState> state = SavedModel.readState(folder, saved.trained().model().weights());
    if (state.isEmpty()) {
      throw new DataException(
          "an interrupted training in " + folder,
          "a training that is complete",
          "there is nothing left to do",
          "use the model, or leave --resume away to train it anew");
    }
    trainingLosses.addAll(state.get().trainingLosses());
    validationLosses.addAll(state.get().validationLosses());
    trainer.resume(state.get());
    out.printf("Resumed after epoch %d, batch %d.%n", state.get().epoch(), state.get().batch());
  }

  private void keep(TrainingEvent event) {
    if (event instanceof TrainingEvent.Epoch epoch) {
      trainingLosses.add(epoch.trainingLoss());
      validationLosses.add(epoch.validationLoss());
    }
  }

  /** What a report says of the training. */
  Map<String, Object> report() {
    Map<String, Object> report = new LinkedHashMap<>(provenance);
    report.put("seconds", seconds);
    report.put("tokens_per_second", tokens / seconds);
    report.put("threads", plan.threads());
    report.put("kernels", Kernels.get().description());
    report.put("java", Runtime.version().toString());
    return report;
  }

  /** Saves a checkpoint after each epoch, and within long ones every half minute. */
  private final class Saving implements Callback {
    private final SavedModel saved;
    private final long every; // nanoseconds
    private long last = System.nanoTime();

    Saving(SavedModel saved, double seconds) {
      this.saved = saved;
      this.every = (long) (seconds * 1e9);
    }

    @Override
    public void on(TrainingEvent event, Supplier<TrainingState> state) {
      long now = System.nanoTime();
      if (event instanceof TrainingEvent.Epoch || now - last > every) {
        saved.write(folder, state.get());
        last = System.nanoTime();
      }
    }
  }
}
