package dev.elman.cli;

import dev.elman.batches.Values;
import dev.elman.checkpoints.SavedModel;
import dev.elman.data.DataException;
import dev.elman.encoding.Vocabulary;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedLanguageModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * How probable a language model finds a text, symbol by symbol; the first is given.
 *
 * @param unit what a symbol is called
 * @param symbols of the text
 * @param parts the logarithm of the probability of each symbol but the first
 */
record TextProbability(String unit, List<String> symbols, List<Double> parts) {

  static TextProbability of(Path folder, String text) {
    Trained trained = SavedModel.read(folder).trained();
    if (!(trained instanceof TrainedLanguageModel model)) {
      throw new DataException(
          "a language model in " + folder,
          "a " + trained.model().task(),
          "the folder is another model's",
          "give it --data instead of --text");
    }
    Vocabulary vocabulary = model.vocabulary();
    int[] codes = vocabulary.encode("--text", text);
    if (codes.length < 2) {
      throw new DataException(
          "a text of at least two symbols as --text",
          "'" + text + "'",
          "a quotation mark is missing in the shell",
          "put the whole text into quotation marks");
    }
    double[] parts = model.model().logProbabilities(Values.Codes.of(codes));
    return new TextProbability(
        vocabulary.unit().option(),
        Arrays.stream(codes).mapToObj(code -> vocabulary.symbols().get(code)).toList(),
        DoubleStream.of(parts).boxed().toList());
  }

  private double sum() {
    return parts.stream().mapToDouble(Double::doubleValue).sum();
  }

  void print(PrintWriter out) {
    TextTable table = new TextTable(unit, "log P", "P");
    for (int i = 0; i < parts.size(); i++) {
      String symbol = symbols.get(i + 1).replace("\n", "\\n").replace(" ", "' '");
      table.row(4, symbol, parts.get(i), Math.exp(parts.get(i)));
    }
    out.print(table);
    out.printf(
        Locale.ROOT,
        "log P = %.6f nats after the first %s, %.4f nats (%.4f bits) each.%n",
        sum(),
        unit,
        sum() / parts.size(),
        sum() / parts.size() / Math.log(2));
  }

  Map<String, Object> report() {
    return Map.of("log_probability", sum(), "symbols", symbols, "log_probabilities", parts);
  }
}
