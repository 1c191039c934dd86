package dev.elman.cli;

import dev.elman.examples.Stage;
import dev.elman.training.TrainingEvent;
import dev.elman.training.TrainingState;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how a training goes: a bar on a terminal, else a line now and then; a line an epoch. */
final class ProgressDisplay implements Stage.Progress {
  private static final long QUIET = 10_000_000_000L; // nanoseconds between lines without a terminal
  private static final long SLOW_START = 3_000_000_000L; // while the JIT compiles what runs

  private final PrintWriter out;
  private final int epochs;
  private final boolean terminal = System.console() != null;
  private final long start = System.nanoTime();
  private ProgressBar bar;
  private long steps;
  private long settled = start; // when speed had become steady
  private long settledSteps;
  private long tokens;
  private double speed; // tokens per second, of this epoch
  private long epochTokens;
  private long epochStart = start;
  private long lastLine = start;

  ProgressDisplay(PrintWriter out, int epochs) {
    this.out = out;
    this.epochs = epochs;
  }

  @Override
  public void on(TrainingEvent event, Supplier<TrainingState> state) {
    if (event instanceof TrainingEvent.Step step) {
      show(step);
    } else if (event instanceof TrainingEvent.Epoch epoch) {
      show(epoch);
    } else if (event instanceof TrainingEvent.End end) {
      close();
      line("Done after " + end.epochs() + " epochs: " + end.reason() + ".");
    }
  }

  private void show(TrainingEvent.Step step) {
    steps++;
    tokens += step.tokens();
    epochTokens += step.tokens();
    long now = System.nanoTime();
    speed = epochTokens / Math.max(1e-9, (now - epochStart) * 1e-9);
    long stepsLeft =
        (long) (epochs - step.epoch()) * step.batches() + step.batches() - step.batch();
    if (now - start < SLOW_START) {
      settled = now;
      settledSteps = steps;
    }
    double left = (now - settled) * 1e-9 / (steps - settledSteps) * stepsLeft; // or NaN
    String message =
        String.format(
            Locale.ROOT,
            "loss %.4f, %,.0f tokens/s%s",
            step.loss(),
            speed,
            Double.isNaN(left) ? "" : ", " + clock(left) + " left");
    if (terminal) {
      showBar(step, message);
    } else if (now - lastLine > QUIET) {
      lastLine = now;
      line(
          "  epoch "
              + step.epoch()
              + " batch "
              + step.batch()
              + "/"
              + step.batches()
              + "  "
              + message);
    }
  }

  private void showBar(TrainingEvent.Step step, String message) {
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("epoch " + step.epoch() + "/" + epochs)
              .setInitialMax(step.batches())
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .hideEta()
              .clearDisplayOnFinish()
              .build();
    }
    bar.setExtraMessage(" " + message);
    bar.stepTo(step.batch());
  }

  private void show(TrainingEvent.Epoch epoch) {
    close();
    double validation = epoch.validationLoss();
    line(
        String.format(
            Locale.ROOT,
            "epoch %3d/%d  training loss %.4f%s  %,.0f tokens/s",
            epoch.epoch(),
            epochs,
            epoch.trainingLoss(),
            Double.isNaN(validation)
                ? ""
                : String.format(
                    Locale.ROOT,
                    "  validation loss %.4f%s",
                    validation,
                    epoch.best() ? " *" : "  "),
            speed));
    epochTokens = 0;
    epochStart = System.nanoTime();
    lastLine = epochStart;
  }

  /** All tokens learned from so far. */
  long tokens() {
    return tokens;
  }

  private static String clock(double seconds) {
    long s = Math.round(seconds);
    return s >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
