package dev.elman.cli;

import dev.elman.checkpoints.SavedModel;
import dev.elman.inspection.FreshModel;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Window;
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
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a model is, in tables: its network, its weights, how it was trained and on what. */
final class ModelSummary {
  private ModelSummary() {}

  static void print(SavedModel saved, PrintWriter out) {
    Trained trained = saved.trained();
    out.println(what(trained));
    if (Quantization.isInt8(trained.model())) {
      out.println("Matrices: int8 with a scale for each row, for use only.");
    }
    out.println();
    out.println("Network:");
    settings(
        out,
        "",
        trained instanceof TrainedTranslator translator
            ? translator.model().settings()
            : FreshModel.recurrent(trained));
    out.println();
    out.println(weights(trained));
    out.println("Training:");
    fields(out, "  ", saved.provenance());
  }

  /** A line for each setting of a record, and of records among them. */
  private static void settings(PrintWriter out, String prefix, Record settings) {
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      boolean ofWindow = component.getName().equals("tau");
      if (ofWindow && settings instanceof RecurrentStack r && !Window.isNamed(r.cell())) {
        continue;
      }
      Object value;
      try {
        value = component.getAccessor().invoke(settings);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Settings are public records", e);
      }
      if (value instanceof Optional<?> some) {
        value = some.isPresent() ? some.get() : "none";
      }
      String name = prefix + inWords(component.getName());
      if (value instanceof Record more && !(value instanceof Enum<?>)) {
        settings(out, name + " ", more);
      } else {
        boolean word = value instanceof Enum<?> || value instanceof Boolean;
        out.printf("  %-15s %s%n", name, word ? low(value) : value);
      }
    }
  }

  private static String inWords(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }

  private static String low(Object value) {
    return value.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static TextTable weights(Trained trained) {
    TextTable table = new TextTable("weight", "shape", "parameters", "mean", "deviation");
    for (Weight weight : trained.model().weights()) {
      double[] moments = moments(weight.values());
      String size = String.format(Locale.ROOT, "%,d", weight.size());
      table.row(4, weight.name(), Shape.text(weight.shape()), size, moments[0], moments[1]);
    }
    String all = String.format(Locale.ROOT, "%,d", trained.model().weights().parameters());
    return table.row(0, "all", "", all, "", "");
  }

  private static void fields(PrintWriter out, String indent, Map<?, ?> fields) {
    fields.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> more) {
            out.println(indent + key + ":");
            fields(out, indent + "  ", more);
          } else {
            out.println(indent + key + ": " + text(value));
          }
        });
  }

  /** Of a list of losses the first, the best and the last. */
  private static Object text(Object value) {
    if (value instanceof List<?> list
        && list.size() > 3
        && list.stream().allMatch(item -> item instanceof Number)) {
      double best = list.stream().mapToDouble(n -> ((Number) n).doubleValue()).min().orElseThrow();
      return String.format(
          Locale.ROOT,
          "%.4f, %d epochs later %.4f, lowest %.4f",
          ((Number) list.get(0)).doubleValue(),
          list.size() - 1,
          ((Number) list.get(list.size() - 1)).doubleValue(),
          best);
    }
    return value;
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
          + ".";
    }
    if (trained instanceof TrainedLanguageModel t) {
      return "Language model of "
          + t.vocabulary().size()
          + " symbols, unit "
          + t.vocabulary().unit().option()
          + ".";
    }
    if (trained instanceof TrainedSequenceModel s) {
      SequenceModel.Settings settings = s.model().settings();
      return "Model of sequences, "
          + settings.rows()
          + "; ending: "
          + settings.ending()
          + (settings.clock() > 0 ? "; with a clock" : "")
          + (settings.context() > 0 ? "; with a context of " + settings.context() : "")
          + ".";
    }
    if (trained instanceof TrainedTranslator t) {
      return "Translator of '"
          + t.source().column()
          + "' into '"
          + t.target().column()
          + "', "
          + t.source().vocabulary().size()
          + " and "
          + t.target().vocabulary().size()
          + " symbols.";
    }
    TrainedClassifier c = (TrainedClassifier) trained;
    return "Classifier of "
        + what(c.encoding())
        + ", into "
        + String.join(", ", c.labels().names())
        + ".";
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
}
