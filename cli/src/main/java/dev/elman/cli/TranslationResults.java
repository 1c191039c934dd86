package dev.elman.cli;

import dev.elman.metrics.Perplexity;
import dev.elman.tasks.TrainedTranslator;
import dev.elman.tasks.TranslationTest;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Results of a translator on held-out pairs, beside floors.
 *
 * @param test what was measured
 * @param trained the model, for what its symbols are called
 */
record TranslationResults(TranslationTest test, TrainedTranslator trained) {
  private static final String MODEL = "model";

  void print(PrintWriter out) {
    String unit = trained.target().vocabulary().unit().option();
    out.printf("%nHeld-out pairs, texts written from the source alone:%n");
    TextTable table = new TextTable("", "exact", "error rate (" + unit + ")");
    test.results().forEach((name, score) -> table.row(3, name, score.exact(), score.errors()));
    out.print(table);
    out.printf(
        Locale.ROOT,
        "With the true text before it known, %.1f %% of symbols (%s, and the end) are right;"
            + " perplexity %.3f.%n",
        100 * test.symbols(),
        unit,
        Perplexity.ofNats(test.nats()));
    double best = best(true);
    double floor = best(false);
    out.printf(
        Locale.ROOT,
        best < floor
            ? "The model beats the best floor: %.3f errors for each symbol instead of %.3f.%n"
            : "The model does NOT beat the best floor: %.3f errors for each symbol, floor %.3f.%n",
        best,
        floor);
    out.printf("%nSamples, greedy:%n");
    TextTable samples = new TextTable(trained.source().column(), "true", MODEL);
    test.samples().forEach(row -> samples.row(0, row.toArray()));
    out.print(samples);
  }

  private double best(boolean ofModel) {
    return test.results().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(MODEL) == ofModel)
        .mapToDouble(entry -> entry.getValue().errors())
        .min()
        .orElseThrow();
  }

  Map<String, Object> report() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("nats_per_symbol", test.nats());
    report.put("symbols_right", test.symbols());
    Map<String, Object> results = new LinkedHashMap<>();
    test.results()
        .forEach(
            (name, score) ->
                results.put(name, Map.of("exact", score.exact(), "errors", score.errors())));
    report.put("written", results);
    return report;
  }

  /** Says which symbols of a text the model does not know. */
  static void warnOfUnknown(TrainedTranslator trained, String text, PrintWriter err) {
    List<String> unknown = trained.source().vocabulary().unknownIn(text);
    if (!unknown.isEmpty()) {
      err.println(
          "elman: the model does not know "
              + String.join(" ", unknown)
              + " in the text: such symbols were not in its training data.");
      err.flush();
    }
  }
}
