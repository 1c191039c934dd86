package dev.elman.cli;

import dev.elman.baselines.NgramModel;
import dev.elman.baselines.OrderChoice;
import dev.elman.kernels.Threads;
import dev.elman.metrics.Perplexity;
import dev.elman.tasks.TextTask;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.training.Evaluation;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Results of a language model on a text, beside n-grams.
 *
 * @param unit what a symbol is called
 * @param nats of the model, per symbol
 * @param symbols how many were predicted
 * @param ngrams nats of the n-grams tried; none where there was no training text
 */
record TextResults(String unit, double nats, int symbols, List<OrderChoice.Score> ngrams) {
  private static final int LONGEST = 7;

  /**
   * Measures a model.
   *
   * @param training the text that n-grams learn from; empty to leave them out
   */
  static TextResults of(
      TrainedLanguageModel trained, String training, String source, String text, Threads threads) {
    int[] held = trained.vocabulary().encode(source, text);
    double nats =
        Evaluation.meanLoss(trained.model(), TextTask.evaluation(trained, source, text), threads);
    List<OrderChoice.Score> ngrams =
        training.isEmpty()
            ? List.of()
            : OrderChoice.of(
                    NgramModel.train(
                        trained.vocabulary().encode(source, training),
                        LONGEST,
                        trained.vocabulary().size()),
                    2,
                    held)
                .tried();
    return new TextResults(trained.vocabulary().unit().option(), nats, held.length - 1, ngrams);
  }

  void print(PrintWriter out) {
    out.printf(Locale.ROOT, "%nHeld-out text, %,d symbols, state carried throughout:%n", symbols);
    TextTable table =
        new TextTable("", "nats/" + unit, "bits/" + unit, "perplexity")
            .row(4, "model", nats, Perplexity.bits(nats), Perplexity.ofNats(nats));
    for (OrderChoice.Score score : ngrams) {
      double n = score.nats();
      table.row(4, score.order() + "-gram", n, Perplexity.bits(n), Perplexity.ofNats(n));
    }
    out.print(table);
    ngrams.stream()
        .min(Comparator.comparingDouble(OrderChoice.Score::nats))
        .ifPresent(
            best ->
                out.printf(
                    Locale.ROOT,
                    nats < best.nats()
                        ? "The model beats the best n-gram (order %d) by %.1f %%.%n"
                        : "The model does NOT beat the best n-gram (order %d): it is worse by %.1f"
                            + " %%.%n",
                    best.order(),
                    100 * Math.abs(1 - nats / best.nats())));
  }

  Map<String, Object> report() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("nats_per_" + unit, nats);
    report.put("bits_per_" + unit, Perplexity.bits(nats));
    report.put("perplexity", Perplexity.ofNats(nats));
    report.put("symbols", symbols);
    Map<String, Object> floors = new LinkedHashMap<>();
    ngrams.forEach(score -> floors.put(score.order() + "-gram", score.nats()));
    report.put("ngrams_nats_per_" + unit, floors);
    return report;
  }
}
