package dev.elman.inspection;

import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.encoding.Vocabulary;
import dev.elman.generation.BeamSearch;
import dev.elman.tasks.Labelled;
import dev.elman.tasks.SequenceEncoding;
import dev.elman.tasks.Sequences;
import dev.elman.tasks.Series;
import dev.elman.tasks.TextPairs;
import dev.elman.tasks.TrainedClassifier;
import dev.elman.tasks.TrainedForecaster;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.tasks.TrainedTranslator;
import dev.elman.tasks.Translation;
import dev.elman.tasks.Translator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Sequences to look at a model with, from data as the model reads it. */
public final class Examples {
  private Examples() {}

  /** A whole text, symbol by symbol, without a goal. */
  public static Example text(TrainedLanguageModel trained, String source, String text) {
    int[] codes = trained.vocabulary().encode(source, text);
    requireSome(source, codes.length, 1);
    return Example.of(labels(trained.vocabulary(), codes), Values.Codes.of(codes));
  }

  /**
   * Pieces of a text, evenly apart; the goal of each is the symbol that follows it.
   *
   * @param steps T of each; a shorter text is one piece
   * @param most pieces
   */
  public static List<Example> pieces(
      TrainedLanguageModel trained, String text, int steps, int most) {
    int[] codes = trained.vocabulary().encode("the text", text);
    requireSome("the text", codes.length, 2);
    int t = Math.min(steps, codes.length - 1);
    return places(codes.length - t, most)
        .mapToObj(
            from -> {
              int[] piece = Arrays.copyOfRange(codes, from, from + t);
              return new Example(
                  labels(trained.vocabulary(), piece),
                  Values.Codes.of(piece),
                  Values.Codes.of(codes[from + t]));
            })
        .toList();
  }

  private static void requireSome(String source, int symbols, int least) {
    if (symbols < least) {
      throw new DataException(
          "a text of at least " + least + (least == 1 ? " symbol" : " symbols"),
          symbols + " in " + source,
          "a script with an empty variable, or an empty file",
          "give a longer one, as in --text \"Call me Ishmael\"");
    }
  }

  private static List<String> labels(Vocabulary vocabulary, int[] codes) {
    return Arrays.stream(codes).mapToObj(vocabulary::symbol).toList();
  }

  /**
   * Histories of a series, evenly apart, the last one last; the goal of each is what follows it.
   *
   * @param most histories
   * @throws DataException when the table is shorter than a history and a horizon
   */
  public static List<Example> histories(
      TrainedForecaster trained, Table table, MissingPolicy missing, int most) {
    Series series = Series.of(trained, table, missing);
    var settings = trained.model().settings();
    int t = trained.history();
    int windows = series.rows() - t - settings.horizon() + 1;
    if (windows < 1) {
      throw new DataException(
          "at least " + (t + settings.horizon()) + " rows, a history and what follows it",
          series.rows() + " rows in " + table.source(),
          "the file was cut, or is a sample",
          "give a longer part of the series");
    }
    int d = settings.inputs();
    int k = settings.targets().size();
    float[] scaled = trained.scaler().rows(series.columns());
    return places(windows, most)
        .mapToObj(
            from -> {
              float[] goal = new float[settings.horizon() * k];
              for (int j = 0; j < goal.length; j++) {
                goal[j] = scaled[(from + t + j / k) * d + settings.targets().get(j % k)];
              }
              return new Example(
                  IntStream.range(from, from + t).mapToObj(series::label).toList(),
                  Values.Numbers.of(d, Arrays.copyOfRange(scaled, from * d, (from + t) * d)),
                  Values.Numbers.of(goal.length, goal));
            })
        .toList();
  }

  /**
   * Labelled sequences, evenly apart in their order; the goal of each is its label.
   *
   * @param most sequences
   */
  public static List<Example> labelled(TrainedClassifier trained, Labelled data, int most) {
    int[] chosen = places(data.sequences().size(), most).toArray();
    Labelled part = data.part(chosen);
    int[] labels = trained.labels().encode(part.source(), part.labels());
    List<Example> without = unlabelled(trained, part.sequences());
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      Example example = without.get(i);
      examples.add(new Example(example.labels(), example.inputs(), Values.Codes.of(labels[i])));
    }
    return examples;
  }

  /** Sequences without goals. */
  public static List<Example> unlabelled(TrainedClassifier trained, Sequences data) {
    return trained.encoding().encode(data).stream()
        .map(values -> Example.of(labels(trained, values), values))
        .toList();
  }

  private static List<String> labels(TrainedClassifier trained, Values values) {
    if (trained.encoding() instanceof SequenceEncoding.Symbols symbols
        && values instanceof Values.Codes codes) {
      return labels(symbols.vocabulary(), Arrays.copyOf(codes.array(), codes.rows()));
    }
    return IntStream.rangeClosed(1, values.rows()).mapToObj(Integer::toString).toList();
  }

  /**
   * A text and the model's own translation of it, the likeliest symbol by symbol; the goal is its
   * last symbol, the end where it came to one.
   */
  public static Example translation(TrainedTranslator trained, String text) {
    Translation said = new Translator(trained).translate(text, BeamSearch.GREEDY).get(0);
    return pair(trained, trained.encode("the text", text), said.codes());
  }

  /**
   * Pairs of texts, evenly apart in their order; the goal of each is the end of its target.
   *
   * @param most pairs
   */
  public static List<Example> pairs(TrainedTranslator trained, TextPairs data, int most) {
    return places(data.size(), most)
        .mapToObj(
            i ->
                pair(
                    trained,
                    trained.encode(data.origin(), data.sources().get(i)),
                    trained.ended(data.origin(), data.targets().get(i))))
        .toList();
  }

  private static Example pair(TrainedTranslator trained, Values.Codes source, int[] said) {
    Vocabulary target = trained.target().vocabulary();
    List<String> written =
        Arrays.stream(said)
            .mapToObj(code -> code == trained.end() ? Translation.END : target.symbol(code))
            .toList();
    int[] read = Arrays.copyOf(source.array(), source.rows());
    Packing of = Packing.equal(1, source.rows());
    return new Example(
        written,
        labels(trained.source().vocabulary(), read),
        new Values.Pairs(trained.before(said), of, source, Values.Codes.of(0)),
        Values.Codes.of(said[said.length - 1]));
  }

  /** At most so many of the numbers from 0 to count - 1, evenly apart, the last among them. */
  private static IntStream places(int count, int most) {
    int taken = Math.min(count, most);
    return IntStream.range(0, taken).map(i -> (int) ((i + 1L) * count / taken) - 1);
  }
}
