package dev.elman.examples;

import dev.elman.autodiff.Tape;
import dev.elman.batches.PairSource;
import dev.elman.batches.Values;
import dev.elman.generation.BeamSearch;
import dev.elman.generation.SequenceWriter;
import dev.elman.kernels.Kernels;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.VectorToSequence;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Writes numbers as words, letter by letter: from a vector, which says its tens and its ones, to a
 * sequence. The vector is the first state of what writes, an input at each step, or both (figure
 * 10.9 of Goodfellow, Bengio and Courville 2016).
 */
@Command(
    name = "number-words",
    description = {
      "From a vector to a sequence: numbers below 100 written as words.",
      "A fifth of the numbers from 21 on is never learned from; they are written from what was"
          + " learned of their tens and of their ones."
    })
public final class NumberWords implements Example {
  private static final List<String> SMALL =
      List.of(
          ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                  + " fifteen sixteen seventeen eighteen nineteen")
              .split(" "));
  private static final List<String> TENS =
      List.of("- - twenty thirty forty fifty sixty seventy eighty ninety".split(" "));
  private static final String LETTERS = "$-abcdefghijklmnopqrstuvwxyz"; // the first is the end
  private static final int END = 0;
  private static final int VECTOR = 20; // a number's tens, then its ones
  private static final int ALL = 100;
  private static final int FIFTH = 5;
  private static final int LONGEST = 20;

  /** How what writes is told the vector. */
  enum Told {
    FIRST(EncoderDecoder.Context.FIRST_STATE),
    EACH(EncoderDecoder.Context.EACH_STEP),
    BOTH(EncoderDecoder.Context.BOTH);

    private final EncoderDecoder.Context context;

    Told(EncoderDecoder.Context context) {
      this.context = context;
    }
  }

  @Option(
      names = "--context",
      paramLabel = "HOW",
      description =
          "The vector is the first state (first), an input at each step (each), or both (default:"
              + " ${DEFAULT-VALUE}).")
  private Told told = Told.BOTH;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description = "Beginnings that the search keeps (default: ${DEFAULT-VALUE}, greedy).")
  private int beam = 1;

  @Mixin
  private final NetworkOptions options = new NetworkOptions("gru", 48, 150, 0.01).withBatch(16);

  @Override
  public void run(Stage stage) {
    List<Integer> learned = new ArrayList<>();
    List<Integer> held = new ArrayList<>();
    split(learned, held);
    VectorToSequence model =
        new VectorToSequence(
            new VectorToSequence.Settings(
                VECTOR,
                told.context,
                new EncoderDecoder.Side(LETTERS.length(), 8, options.recurrent()),
                EncoderDecoder.Training.PLAIN),
            options.seed());
    stage.train(model, options.plan(), source(learned), null);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("number", "written", "log P", "right"));
    int right = 0;
    for (int number : held) {
      Tape tape = Tape.inference(Kernels.get());
      Decoder.Given given = model.read(tape, tape.constant(1, VECTOR, vector(number).array()));
      var written =
          new SequenceWriter(model.decoder(), END, -1)
              .search(given, new BeamSearch(beam, 0, 1), LONGEST)
              .get(0);
      String text = text(written.codes());
      boolean same = text.equals(words(number));
      right += same ? 1 : 0;
      rows.add(
          List.of(
              String.valueOf(number),
              text,
              String.format(Locale.ROOT, "%.3f", written.logProbability()),
              same ? "yes" : "no"));
    }
    stage.say("%nNumbers that were not learned from:");
    stage.table(rows);
    stage.say(
        "%nRight: %.1f %%. Written as the number before it or after it: 0 %%.",
        100.0 * right / held.size());
  }

  private void split(List<Integer> learned, List<Integer> held) {
    int[] order = new int[ALL];
    for (int i = 0; i < ALL; i++) {
      order[i] = i;
    }
    RandomStream.of(options.seed(), "number words").shuffle(order);
    int regular = 0;
    for (int number : order) {
      boolean canBeGuessed = number > 20 && number % 10 > 0;
      regular += canBeGuessed ? 1 : 0;
      (canBeGuessed && regular % FIFTH == 0 ? held : learned).add(number);
    }
  }

  private PairSource source(List<Integer> numbers) {
    List<Values> vectors = new ArrayList<>();
    List<Values> before = new ArrayList<>();
    List<Values> letters = new ArrayList<>();
    for (int number : numbers) {
      String word = words(number);
      vectors.add(vector(number));
      before.add(codes(LETTERS.charAt(END) + word));
      letters.add(codes(word + LETTERS.charAt(END)));
    }
    return new PairSource(vectors, before, letters, options.batch());
  }

  private static Values.Codes codes(String word) {
    return Values.Codes.of(word.chars().map(LETTERS::indexOf).toArray());
  }

  private static String text(int[] codes) {
    StringBuilder text = new StringBuilder();
    for (int code : codes) {
      text.append(LETTERS.charAt(code));
    }
    return text.toString();
  }

  /** A one for its tens, a one for its ones. */
  private static Values.Numbers vector(int number) {
    float[] row = new float[VECTOR];
    row[number / 10] = 1;
    row[10 + number % 10] = 1;
    return Values.Numbers.of(VECTOR, row);
  }

  /** The number in English. */
  static String words(int number) {
    if (number < 20) {
      return SMALL.get(number);
    }
    String ones = number % 10 == 0 ? "" : "-" + SMALL.get(number % 10);
    return TENS.get(number / 10) + ones;
  }
}
