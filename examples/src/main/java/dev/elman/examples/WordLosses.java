package dev.elman.examples;

import dev.elman.baselines.NgramModel;
import dev.elman.encoding.Vocabulary;
import dev.elman.metrics.Perplexity;
import dev.elman.models.LanguageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What some models lost at each word of a text, as tables. */
final class WordLosses {
  private static final int SHOWN = 6; // words before the one to be foretold
  private static final int[] AGO = {3, 10, 35, 200, Integer.MAX_VALUE};

  private final Vocabulary vocabulary;
  private final int[] text;
  private final List<Scored> models;

  /** Losses at each word of the text but the first. */
  WordLosses(Vocabulary vocabulary, int[] text, List<Scored> models) {
    this.vocabulary = vocabulary;
    this.text = text;
    this.models = models;
  }

  /**
   * A model and what it lost, in nats.
   *
   * @param hidden H
   */
  record Scored(String cell, int hidden, long parameters, double[] losses) {
    static Scored of(LanguageModel model, double[] losses) {
      int hidden = model.settings().recurrent().hidden();
      return new Scored(model.variant(), hidden, model.weights().parameters(), losses);
    }
  }

  /** Sizes and perplexities, the n-gram model as the floor. */
  List<List<String>> perplexities(NgramModel ngram) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "units", "parameters", "perplexity"));
    double floor = ngram.nats(text, 1, text.length);
    rows.add(List.of(ngram.order() + "-gram", "-", "-", number(Perplexity.ofNats(floor))));
    for (Scored model : models) {
      double nats = Arrays.stream(model.losses).average().orElse(Double.NaN);
      rows.add(
          List.of(
              model.cell,
              String.valueOf(model.hidden),
              String.format(Locale.ROOT, "%,d", model.parameters),
              number(Perplexity.ofNats(nats))));
    }
    return rows;
  }

  /** Perplexities of words that came some words before, and of those that came never. */
  List<List<String>> byLastUse() {
    int[] groups = groups();
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("words ago", "words"));
    models.forEach(model -> header.add(model.cell));
    rows.add(header);
    for (int group = 0; group < AGO.length; group++) {
      int wanted = group;
      int[] places = IntStream.range(0, groups.length).filter(i -> groups[i] == wanted).toArray();
      String name =
          group == AGO.length - 1
              ? "more, or never"
              : (group == 0 ? 1 : AGO[group - 1] + 1) + " to " + AGO[group];
      List<String> row = new ArrayList<>(List.of(name, String.valueOf(places.length)));
      for (Scored model : models) {
        double nats = Arrays.stream(places).mapToDouble(i -> model.losses[i]).average().orElse(0);
        row.add(places.length == 0 ? "-" : number(Perplexity.ofNats(nats)));
      }
      rows.add(row);
    }
    return rows;
  }

  /** Of each word but the first, in which row of the table it belongs. */
  private int[] groups() {
    Map<Integer, Integer> last = new HashMap<>(Map.of(text[0], 0));
    int[] groups = new int[text.length - 1];
    for (int at = 1; at < text.length; at++) {
      Integer before = last.put(text[at], at);
      int ago = before == null ? Integer.MAX_VALUE : at - before;
      int group = 0;
      while (ago > AGO[group]) {
        group++;
      }
      groups[at - 1] = group;
    }
    return groups;
  }

  /** Of each model the places where it lost most against the best model there. */
  List<List<String>> worst(int places) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("the words before", "the word", "model", "gave", "best", "gave"));
    for (Scored model : models) {
      IntStream.range(0, model.losses.length)
          .filter(i -> text[i + 1] != vocabulary.unknown())
          .boxed()
          .sorted((i, j) -> Double.compare(lost(model, j), lost(model, i)))
          .limit(places)
          .forEach(i -> rows.add(row(model, i)));
    }
    return rows;
  }

  private double lost(Scored model, int at) {
    return model.losses[at] - best(at).losses[at];
  }

  private Scored best(int at) {
    Scored best = models.get(0);
    for (Scored model : models) {
      best = model.losses[at] < best.losses[at] ? model : best;
    }
    return best;
  }

  private List<String> row(Scored model, int at) {
    List<String> before =
        IntStream.rangeClosed(Math.max(0, at + 1 - SHOWN), at)
            .mapToObj(i -> word(text[i]))
            .toList();
    Scored best = best(at);
    return List.of(
        String.join(" ", before),
        word(text[at + 1]),
        model.cell,
        String.format(Locale.ROOT, "%.1e", Math.exp(-model.losses[at])),
        best.cell,
        String.format(Locale.ROOT, "%.1e", Math.exp(-best.losses[at])));
  }

  private String word(int code) {
    return code == vocabulary.unknown() ? "?" : vocabulary.symbol(code).replace("\n", "/");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
