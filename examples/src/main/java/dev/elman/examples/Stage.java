package dev.elman.examples;

import dev.elman.batches.Source;
import dev.elman.models.Model;
import dev.elman.training.Callback;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where an example shows what it does. */
public interface Stage {
  /** For lines of text. */
  PrintWriter out();

  /** Shows how a training of so many epochs goes: speed, loss, time left. */
  Progress progress(int epochs);

  /**
   * Prints a table.
   *
   * @param rows the first is the header; all as long as it
   */
  void table(List<List<String>> rows);

  /**
   * Begins a look at how far back models learn.
   *
   * @param picture a file, .png or .svg; one that cannot be written is refused now
   */
  Gradients gradients(Path picture);

  /** Prints a line, its numbers as {@code String.format} writes them. */
  default void say(String format, Object... numbers) {
    out().println(String.format(Locale.ROOT, format, numbers));
    out().flush();
  }

  /**
   * Trains a model and shows how it goes.
   *
   * @param validation what the best weights are chosen by; null to keep the last
   */
  default void train(Model model, TrainingPlan plan, Source source, Source validation) {
    say(
        "%s of %,d parameters, %d batches an epoch, %d threads",
        model.variant(), model.weights().parameters(), source.batches(), plan.threads());
    try (Progress progress = progress(plan.epochs());
        Trainer trainer = new Trainer(model, plan, source, validation, List.of(progress))) {
      trainer.run();
    }
  }

  /** Is told how a training goes, and closed at its end. */
  interface Progress extends Callback, AutoCloseable {
    @Override
    void close();
  }

  /** How far back models learn, side by side: the loss's gradient for states against the lag. */
  interface Gradients {
    /**
     * Looks at a model as it is now.
     *
     * @param examples sequences with goals
     */
    void at(String name, Model model, List<dev.elman.inspection.Example> examples);

    /** Prints tables of all that was looked at, and draws them. */
    void show();
  }
}
