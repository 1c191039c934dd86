package dev.elman.cli;

import dev.elman.checkpoints.SavedModel;
import dev.elman.models.Quantization;
import dev.elman.models.SequenceModel;
import dev.elman.tasks.Recordings;
import dev.elman.tasks.SequenceEncoding;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.tasks.TrainedSequenceModel;
import dev.elman.tasks.TrainedTranslator;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Say what a model is: layers, shapes, parameters, how it was trained, on what.",
    footer = {"", "Example:", "  elman inspect models/forecaster-weather"})
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder of the model.")
  private Path folder;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SavedModel saved = SavedModel.read(folder);
    Trained trained = saved.trained();
    out.println(what(trained));
    if (Quantization.isInt8(trained.model())) {
      out.println("Matrices: int8 with a scale for each row, for use only.");
    }
    out.println();
    TextTable table = new TextTable("weight", "shape", "parameters", "mean", "deviation");
    for (Weight weight : trained.model().weights()) {
      double[] moments = moments(weight.values());
      table.row(
          4,
          weight.name(),
          Shape.text(weight.shape()),
          String.format(Locale.ROOT, "%,d", weight.size()),
          moments[0],
          moments[1]);
    }
    table.row(
        0,
        "all",
        "",
        String.format(Locale.ROOT, "%,d", trained.model().weights().parameters()),
        "",
        "");
    out.print(table);
    out.println();
    print(out, "", saved.provenance());
    return 0;
  }

  private static String what(Trained trained) {
    if (trained instanceof TrainedForecaster f) {
      var settings = f.model().settings();
      return "Forecaster: reads "
          + f.history()
          + " rows of "
          + String.join(", ", f.columns())
          + "; forecasts "
          + settings.horizon()
          + " rows of "
          + String.join(", ", f.targets())
          + (settings.quantiles().isEmpty() ? "" : ", quantiles " + settings.quantiles())
          + ".\nNetwork: "
          + settings.recurrent();
    }
    if (trained instanceof TrainedLanguageModel t) {
      return "Language model of "
          + t.vocabulary().size()
          + " symbols, unit "
          + t.vocabulary().unit().option()
          + ".\nNetwork: "
          + t.model().settings().recurrent();
    }
    if (trained instanceof TrainedTranslator t) {
      var settings = t.model().settings();
      return "Translator of column '"
          + t.source().column()
          + "' into '"
          + t.target().column()
          + "': "
          + t.model().variant()
          + ".\nEncoder: "
          + settings.source().recurrent()
          + "\nDecoder: "
          + settings.target().recurrent();
    }
    if (trained instanceof TrainedSequenceModel s) {
      SequenceModel.Settings settings = s.model().settings();
      return "Model of sequences, "
          + settings.rows()
          + "; ending: "
          + settings.ending()
          + (settings.clock() > 0 ? "; with a clock" : "")
          + (settings.context() > 0 ? "; with a context of " + settings.context() : "")
          + ".\nNetwork: "
          + settings.recurrent();
    }
    TrainedClassifier c = (TrainedClassifier) trained;
    return "Classifier of "
        + what(c.encoding())
        + ", into "
        + String.join(", ", c.labels().names())
        + ".\nNetwork: "
        + c.model().settings().recurrent();
  }

  private static String what(SequenceEncoding encoding) {
    if (encoding instanceof SequenceEncoding.Symbols texts) {
      return "texts, unit " + texts.vocabulary().unit().option();
    }
    SequenceEncoding.Scaled numbers = (SequenceEncoding.Scaled) encoding;
    int columns = numbers.columns().size();
    return numbers.form() == Recordings.Form.ROWS
        ? "rows of up to " + columns + " numbers"
        : "sequences of " + columns + " numbers a step: " + String.join(", ", numbers.columns());
  }

  private static double[] moments(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return new double[] {mean, Math.sqrt(Math.max(0, squares / values.length - mean * mean))};
  }

  private static void print(PrintWriter out, String indent, Map<?, ?> fields) {
    fields.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> more) {
            out.println(indent + key + ":");
            print(out, indent + "  ", more);
          } else {
            out.println(indent + key + ": " + value);
          }
        });
  }
}
