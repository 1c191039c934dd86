package dev.elman.examples;

import dev.elman.autodiff.Tape;
import dev.elman.batches.PairSource;
import dev.elman.batches.Values;
import dev.elman.generation.Sampler;
import dev.elman.generation.SequenceWriter;
import dev.elman.generation.WrittenSequence;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Bridge;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.ScheduledSampling;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The running parity of bits: each answer is the one before, or its opposite where the bit is 1.
 *
 * <p>A network whose only way from step to step leads through its answers (Jordan 1986; figure 10.4
 * of Goodfellow, Bengio and Courville 2016) solves it, because the answer says all about the past
 * that matters; and with the true answers fed in, all steps are learned in parallel. Bits and
 * answers are two sequences of equal length (figure 10.10).
 */
@Command(
    name = "parity",
    description = {
      "The running parity of bits, by a network whose memory is its last answer.",
      "With the cell window, which reads one step, the only recurrence is from the output; any"
          + " other cell remembers as well. Learned with the true answers fed back, or with the"
          + " network's own ever more often, and tested with its own alone."
    })
public final class RunningParity implements Example {
  private static final int BITS = 2;
  private static final int START = 2; // read before the first answer

  @Option(
      names = "--length",
      paramLabel = "T",
      description = "Bits to learn from; the test has twice as many (default: ${DEFAULT-VALUE}).")
  private int length = 20;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      description = "Drawn for an epoch (default: ${DEFAULT-VALUE}).")
  private int sequences = 640;

  @Option(
      names = "--own-answers",
      paramLabel = "SHARE",
      description =
          "Scheduled sampling: the share of own answers at the end of the training, reached in a"
              + " straight line (default: ${DEFAULT-VALUE}, teacher forcing).")
  private double own;

  @Mixin private final NetworkOptions options = new NetworkOptions("window", 16, 15, 0.01);

  @Override
  public void run(Stage stage) {
    stage.say("With the answer before:");
    double fed = learned(stage, Decoder.Feedback.PREVIOUS_SYMBOL);
    stage.say("%nWithout:");
    double alone = learned(stage, Decoder.Feedback.NONE);
    stage.say("%nRight answers to 100 new sequences of %d bits, none given away:", 2 * length);
    String cell = options.recurrent().cell();
    stage.table(
        List.of(
            List.of("", "right"),
            List.of("guessing", percent(0.5)),
            List.of(cell + " without its answers", percent(alone)),
            List.of(cell + " with its answers", percent(fed))));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Trains a network and gives its share of right answers, written by itself. */
  private double learned(Stage stage, Decoder.Feedback feedback) {
    RecurrentStack network = options.recurrent().withTau(1);
    EncoderDecoder model =
        new EncoderDecoder(
            new EncoderDecoder.Settings(
                new EncoderDecoder.Side(BITS, 0, network.withCell("window").withHidden(4)),
                new EncoderDecoder.Side(START + 1, 0, network),
                new EncoderDecoder.Link(
                    EncoderDecoder.Context.ALIGNED, Bridge.Form.DENSE, Optional.empty()),
                feedback,
                feedback == Decoder.Feedback.NONE
                    ? EncoderDecoder.Training.PLAIN // it has no answers of its own to read
                    : new EncoderDecoder.Training(
                        new ScheduledSampling(ScheduledSampling.Curve.LINEAR, own), 0)),
            options.seed());
    Drawn source = new Drawn((epoch, random) -> drawn(random), options.seed());
    stage.train(model, options.plan(), source, null);
    RandomStream random = RandomStream.of(options.seed(), "running parity, test");
    int right = 0;
    for (int i = 0; i < 100; i++) {
      int[] bits = bits(2 * length, random);
      int[] answers = parities(bits);
      int[] written = written(model, bits, random);
      for (int t = 0; t < answers.length; t++) {
        right += t < written.length && written[t] == answers[t] ? 1 : 0;
      }
    }
    return right / (100.0 * 2 * length);
  }

  private static int[] written(EncoderDecoder model, int[] bits, RandomStream random) {
    Decoder.Given given = model.read(Tape.inference(Kernels.get()), Values.Codes.of(bits));
    SequenceWriter writer = new SequenceWriter(model.decoder(), START, -1);
    WrittenSequence written = writer.write(given, Sampler.GREEDY, bits.length, random);
    return written.codes();
  }

  private PairSource drawn(RandomStream random) {
    List<Values> bits = new ArrayList<>();
    List<Values> before = new ArrayList<>();
    List<Values> answers = new ArrayList<>();
    for (int i = 0; i < sequences; i++) {
      int[] read = bits(length, random);
      int[] parities = parities(read);
      int[] known = new int[length];
      known[0] = START;
      System.arraycopy(parities, 0, known, 1, length - 1);
      bits.add(Values.Codes.of(read));
      before.add(Values.Codes.of(known));
      answers.add(Values.Codes.of(parities));
    }
    return new PairSource(bits, before, answers, options.batch());
  }

  private static int[] bits(int count, RandomStream random) {
    int[] bits = new int[count];
    for (int t = 0; t < count; t++) {
      bits[t] = random.nextInt(BITS);
    }
    return bits;
  }

  /** Whether an odd number of bits was 1, after each. */
  static int[] parities(int[] bits) {
    int[] parities = new int[bits.length];
    for (int t = 0; t < bits.length; t++) {
      parities[t] = (t == 0 ? 0 : parities[t - 1]) ^ bits[t];
    }
    return parities;
  }
}
