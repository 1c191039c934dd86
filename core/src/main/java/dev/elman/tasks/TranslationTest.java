package dev.elman.tasks;

import dev.elman.autodiff.Node;
import dev.elman.batches.Batch;
import dev.elman.batches.PairSource;
import dev.elman.batches.Values;
import dev.elman.generation.BeamSearch;
import dev.elman.kernels.Threads;
import dev.elman.metrics.EditDistance;
import dev.elman.training.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How well a translator does on pairs that it has not learned from, beside what needs no network.
 *
 * <p>A source with several true targets counts once, by the nearest of them.
 *
 * @param nats per symbol, the end among them, the true symbols before it being known
 * @param symbols the share of symbols that is right, the true ones before it being known
 * @param results by what made the texts: the model, greedily and by beam search, then the floors
 * @param samples some sources, with a true target and what the model wrote
 */
public record TranslationTest(
    double nats, double symbols, Map<String, Score> results, List<List<String>> samples) {
  private static final int BATCH = 64;
  private static final int SAMPLES = 10;
  private static final BeamSearch BEAM = new BeamSearch(5, 0.6, 1);

  /**
   * How near texts come to true ones.
   *
   * @param exact the share of sources whose text is a true one
   * @param errors symbols to be put in, taken out or replaced, for each symbol of the true text
   */
  public record Score(double exact, double errors) {}

  /**
   * Measures a model.
   *
   * @param training what the floors learn from; empty to leave those out
   */
  public static TranslationTest of(
      TrainedTranslator trained, Optional<TextPairs> training, TextPairs test, Threads threads) {
    int[] right = new int[2];
    PairSource source = trained.source(test, BATCH);
    double nats =
        Evaluation.run(
            trained.model(), source, threads, (batch, logits) -> count(batch, logits, right));
    Map<String, List<List<String>>> truths = truths(trained, test);
    List<String> sources = List.copyOf(truths.keySet());
    Map<String, Score> results = new LinkedHashMap<>();
    String[] greedy = translate(trained, sources, BeamSearch.GREEDY, threads);
    results.put("model, greedy", score(trained, sources, List.of(greedy), truths));
    String[] searched = translate(trained, sources, BEAM, threads);
    results.put(
        "model, beam of " + BEAM.width(), score(trained, sources, List.of(searched), truths));
    results.put("copy of the source", score(trained, sources, sources, truths));
    if (training.isPresent()) {
      String frequent = mostFrequent(training.get().targets());
      List<String> always = sources.stream().map(any -> frequent).toList();
      results.put("most frequent target", score(trained, sources, always, truths));
    }
    List<List<String>> samples = samples(sources, greedy, test);
    return new TranslationTest(nats, right[0] / (double) right[1], results, samples);
  }

  private static void count(Batch batch, Node logits, int[] right) {
    int[] targets = ((Values.Codes) batch.targets()).array();
    int v = logits.columns();
    for (int i = 0; i < logits.rows(); i++) {
      int best = 0;
      for (int code = 1; code < v; code++) {
        best = logits.value()[i * v + code] > logits.value()[i * v + best] ? code : best;
      }
      right[0] += best == targets[i] ? 1 : 0;
      right[1]++;
    }
  }

  /** For each source its true targets, as symbols. */
  private static Map<String, List<List<String>>> truths(
      TrainedTranslator trained, TextPairs pairs) {
    Map<String, List<List<String>>> truths = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      truths
          .computeIfAbsent(pairs.sources().get(i), text -> new ArrayList<>())
          .add(Translator.symbols(trained, pairs.targets().get(i)));
    }
    return truths;
  }

  /** The best translation of each text, in their order, on all threads. */
  public static String[] translate(
      TrainedTranslator trained, List<String> texts, BeamSearch beam, Threads threads) {
    String[] written = new String[texts.size()];
    int parts = Math.min(texts.size(), threads.count());
    threads.each(
        parts,
        part -> {
          Translator translator = new Translator(trained);
          for (int i = part; i < written.length; i += parts) {
            written[i] = translator.translate(texts.get(i), beam).get(0).text();
          }
        });
    return written;
  }

  private static Score score(
      TrainedTranslator trained,
      List<String> sources,
      List<String> written,
      Map<String, List<List<String>>> truths) {
    int exact = 0;
    long errors = 0;
    long symbols = 0;
    for (int i = 0; i < written.size(); i++) {
      List<String> said = Translator.symbols(trained, written.get(i));
      int nearest = Integer.MAX_VALUE;
      int length = 0;
      for (List<String> truth : truths.get(sources.get(i))) {
        int distance = EditDistance.of(said, truth);
        if (distance < nearest) {
          nearest = distance;
          length = truth.size();
        }
      }
      exact += nearest == 0 ? 1 : 0;
      errors += nearest;
      symbols += length;
    }
    return new Score(exact / (double) written.size(), errors / (double) symbols);
  }

  private static List<List<String>> samples(
      List<String> sources, String[] written, TextPairs pairs) {
    List<List<String>> samples = new ArrayList<>();
    for (int i = 0; i < Math.min(SAMPLES, written.length); i++) {
      int first = pairs.sources().indexOf(sources.get(i));
      samples.add(List.of(sources.get(i), pairs.targets().get(first), written[i]));
    }
    return samples;
  }

  private static String mostFrequent(List<String> texts) {
    Map<String, Integer> counts = new TreeMap<>();
    texts.forEach(text -> counts.merge(text, 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow();
  }
}
