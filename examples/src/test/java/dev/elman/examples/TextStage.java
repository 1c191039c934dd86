package dev.elman.examples;

import dev.elman.inspection.Example;
import dev.elman.inspection.GradientFlow;
import dev.elman.models.Model;
import dev.elman.training.TrainingEvent;
import dev.elman.training.TrainingState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** A stage that keeps what it is shown. */
public final class TextStage implements Stage {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  /** Runs an example on one thread with some options, written with spaces between. */
  public static void run(dev.elman.examples.Example example, Stage stage, String options) {
    CommandLine line = new CommandLine(example);
    boolean chooses = line.getCommandSpec().findOption("--threads") != null;
    line.parseArgs((options + (chooses ? " --threads 1" : "")).split(" "));
    example.run(stage);
  }

  public String text() {
    return text.toString();
  }

  /** The first number of the last row of a table that begins with a name. */
  double number(String row) {
    List<String> rows = text().lines().filter(line -> line.startsWith(row + " ")).toList();
    String[] words = rows.get(rows.size() - 1).substring(row.length()).strip().split(" ");
    return Double.parseDouble(words[0]);
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public Progress progress(int epochs) {
    return new Progress() {
      @Override
      public void on(TrainingEvent event, Supplier<TrainingState> state) {
        // a test looks at the results
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
  }

  @Override
  public void table(List<List<String>> rows) {
    rows.forEach(row -> out.println(String.join(" ", row)));
  }

  @Override
  public Gradients gradients(Path picture) {
    return new Gradients() {
      @Override
      public void at(String name, Model model, List<Example> examples) {
        GradientFlow.Curve curve = GradientFlow.of(model, examples).curves().get(0);
        say("gradients of %s over %d lags", name, curve.norms().length);
      }

      @Override
      public void show() {
        say("picture %s", picture);
      }
    };
  }
}
