package dev.elman.cli;

import dev.elman.checkpoints.ModelFolder;
import dev.elman.checkpoints.SavedModel;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One training on the command line: shows progress, saves as it goes, resumes. */
final class TrainingRun {
  /**
   * How a training is saved.
   *
   * @param folder of the model
   * @param resume whether to go on with the training that was interrupted there
   * @param every so many seconds, besides each epoch
   */
  record Saves(Path folder, boolean resume, double every) {}

  private final Saves saves;
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
      Saves saves,
      TrainingPlan plan,
      Map<String, Object> settings,
      Map<String, Object> data,
      PrintWriter out) {
    this.saves = saves;
    this.folder = saves.folder();
    this.plan = plan;
    this.out = out;
    provenance.put("settings", settings);
    provenance.put("data", data);
    provenance.put("elman", Version.number());
  }

  /** Trains, saves the best weights and leaves them in the model. */
  <T extends Trained> void run(Prepared<T> prepared) {
    T trained = prepared.trained();
    out.println("kernels: " + Kernels.get().description());
    out.printf(
        Locale.ROOT,
        "%s of %,d parameters, %d batches an epoch, %d threads%n",
        trained.model().task(),
        trained.model().weights().parameters(),
        prepared.training().batches(),
        plan.threads());
    out.flush();
    SavedModel saved = new SavedModel(trained, provenance);
    long start = System.nanoTime();
    try (TrainingFolder locked = TrainingFolder.open(folder, out);
        ProgressDisplay display = new ProgressDisplay(out, plan.epochs());
        Trainer trainer =
            new Trainer(
                trained.model(),
                plan,
                prepared.training(),
                prepared.validation(),
                List.of(display, new Saving(saved, locked), (event, state) -> keep(event)))) {
      if (!saves.resume()) {
        locked.sayWhatIsReplaced();
      } else if (isComplete(saved)) {
        return;
      } else {
        resume(saved, trainer);
      }
      trainer.run();
      tokens = display.tokens();
      seconds = (System.nanoTime() - start) * 1e-9;
      provenance.put("training_losses", trainingLosses);
      provenance.put("validation_losses", validationLosses);
      locked.save(() -> saved.write(folder));
    }
  }

  private boolean isComplete(SavedModel saved) {
    if (!ModelFolder.isModel(folder)) {
      return false;
    }
    saved.requireSame(folder);
    if (ModelFolder.files(folder).contains(ModelFolder.TRAINING)) {
      return false;
    }
    provenance.putAll(saved.load(folder).provenance());
    out.println("The training in " + folder + " is complete; only its test is done again.");
    return true;
  }

  private void resume(SavedModel saved, Trainer trainer) {
    if (!ModelFolder.isModel(folder)) {
      out.println("There is no checkpoint in " + folder + ": the training begins from the start.");
      return;
    }
    Optional<TrainingState> state = SavedModel.readState(folder, saved.trained().model().weights());
    trainingLosses.addAll(state.get().trainingLosses());
    validationLosses.addAll(state.get().validationLosses());
    trainer.resume(state.get());
    out.println(
        "Resumed after epoch " + state.get().epoch() + ", batch " + state.get().batch() + ".");
    out.flush();
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
    report.put("tokens_per_second", seconds > 0 ? tokens / seconds : 0);
    report.put("threads", plan.threads());
    report.put("kernels", Kernels.get().description());
    report.put("java", Runtime.version().toString());
    return report;
  }

  /** Saves a checkpoint after each epoch, and within long ones every so many seconds. */
  private final class Saving implements Callback {
    private final SavedModel saved;
    private final TrainingFolder locked;
    private long last = System.nanoTime();

    Saving(SavedModel saved, TrainingFolder locked) {
      this.saved = saved;
      this.locked = locked;
    }

    @Override
    public void on(TrainingEvent event, Supplier<TrainingState> state) {
      long now = System.nanoTime();
      if (event instanceof TrainingEvent.Epoch || now - last > saves.every() * 1e9) {
        locked.save(() -> saved.write(folder, state.get()));
        last = System.nanoTime();
      }
    }
  }
}
