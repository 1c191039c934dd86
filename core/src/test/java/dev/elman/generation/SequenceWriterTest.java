package dev.elman.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.layers.RecurrentStack;
import dev.elman.losses.CrossEntropy;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.ScheduledSampling;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Searching and drawing sequences against the probability of whole ones. */
class SequenceWriterTest {
  private static final int END = 3; // of symbols 0, 1, 2
  private static final int MOST = 4;
  private static final Values SOURCE = Values.Codes.of(1, 4, 0, 2, 3);

  private static final EncoderDecoder MODEL = model();

  private static EncoderDecoder model() {
    RecurrentStack network = RecurrentStack.DEFAULTS.withHidden(6);
    EncoderDecoder model =
        new EncoderDecoder(
            new EncoderDecoder.Settings(
                new EncoderDecoder.Side(5, 3, network),
                new EncoderDecoder.Side(4, 2, network.withHidden(5)),
                new EncoderDecoder.Link(
                    EncoderDecoder.Context.BOTH,
                    Bridge.Form.DENSE,
                    Optional.of(Attention.Score.GENERAL)),
                Decoder.Feedback.PREVIOUS_SYMBOL,
                new EncoderDecoder.Training(ScheduledSampling.NONE, 0)),
            1);
    model
        .weights()
        .forEach(
            weight -> {
              RandomStream random = RandomStream.of(7, weight.name());
              float[] numbers = new float[weight.size()];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = random.uniform(-1.5f, 1.5f);
              }
              weight.set(numbers);
            });
    return model;
  }

  private static Decoder.Given given() {
    return MODEL.read(Tape.inference(Kernels.get()), SOURCE);
  }

  private static SequenceWriter writer() {
    return new SequenceWriter(MODEL.decoder(), END, -1);
  }

  /** The exact log-probability of symbols and the end, all at once. */
  private static double logProbability(int[] codes) {
    int[] before = new int[codes.length + 1];
    before[0] = END;
    System.arraycopy(codes, 0, before, 1, codes.length);
    int[] targets = Arrays.copyOf(codes, codes.length + 1);
    targets[codes.length] = END;
    Packing source = Packing.equal(1, SOURCE.rows());
    Values pairs = new Values.Pairs(Values.Codes.of(before), source, SOURCE, Values.Codes.of(0));
    Tape tape = Tape.inference(Kernels.get());
    Node logits = MODEL.forward(tape, Packing.equal(1, before.length), pairs, new Node[0]).rows();
    return -CrossEntropy.PLAIN.sum(tape, logits, Values.Codes.of(targets)).value()[0];
  }

  /** All sequences of up to three symbols that end. */
  private static List<int[]> all() {
    List<int[]> all = new ArrayList<>(List.of(new int[0]));
    for (int i = 0; i < all.size(); i++) {
      int[] beginning = all.get(i);
      for (int code = 0; code < END && beginning.length < MOST - 1; code++) {
        int[] longer = Arrays.copyOf(beginning, beginning.length + 1);
        longer[beginning.length] = code;
        all.add(longer);
      }
    }
    return all;
  }

  @Test
  void aBeamThatHoldsAllFindsTheBestInTheirOrder() {
    for (double penalty : new double[] {0, 0.7, 2}) {
      BeamSearch beam = new BeamSearch(200, penalty, 12);
      List<int[]> expected = new ArrayList<>(all());
      assertThat(expected).hasSize(40);
      expected.sort(
          Comparator.comparingDouble(
              codes -> -beam.score(logProbability(codes), codes.length + 1)));
      List<WrittenSequence> found = writer().search(given(), beam, MOST);
      assertThat(found).hasSize(12);
      for (int i = 0; i < 12; i++) {
        assertThat(found.get(i).codes()).as("rank %d", i).isEqualTo(expected.get(i));
        assertThat(found.get(i).ended()).isTrue();
        assertThat(found.get(i).logProbability())
            .isCloseTo(logProbability(expected.get(i)), offset(1e-4));
      }
    }
  }

  @Test
  void aBeamOfOneIsGreedy() {
    WrittenSequence greedy =
        writer().write(given(), Sampler.GREEDY, 9, RandomStream.of(1, "sampling"));
    WrittenSequence beam = writer().search(given(), BeamSearch.GREEDY, 9).get(0);
    assertThat(beam.codes()).isEqualTo(greedy.codes());
    assertThat(beam.ended()).isEqualTo(greedy.ended());
    assertThat(beam.logProbability()).isCloseTo(greedy.logProbability(), offset(1e-9));
  }

  @Test
  void sequencesAreDrawnAsOftenAsTheyAreProbable() {
    double expected = Math.exp(logProbability(new int[] {}));
    RandomStream random = RandomStream.of(3, "sampling");
    int draws = 4000;
    int empty = 0;
    for (int i = 0; i < draws; i++) {
      empty += writer().write(given(), Sampler.PLAIN, 1, random).codes().length == 0 ? 1 : 0;
    }
    assertThat(empty / (double) draws).isCloseTo(expected, offset(0.03));
  }

  @Test
  void whereItLookedIsKeptForEachSymbol() {
    WrittenSequence best = writer().search(given(), new BeamSearch(5, 0, 1), 9).get(0);
    assertThat(best.alignment()).hasNumberOfRows(best.codes().length + (best.ended() ? 1 : 0));
    for (float[] shares : best.alignment()) {
      float sum = 0;
      for (float share : shares) {
        sum += share;
      }
      assertThat(shares).hasSize(5);
      assertThat(sum).isCloseTo(1, offset(1e-5f));
    }
  }

  @Test
  void whatIsCutStandsBehindWhatEnded() {
    List<WrittenSequence> found = writer().search(given(), new BeamSearch(200, 0, 200), 2);
    assertThat(found).hasSize(1 + 3 + 9);
    assertThat(found.subList(0, 4)).allMatch(WrittenSequence::ended);
    assertThat(found.subList(4, 13)).noneMatch(WrittenSequence::ended);
  }

  @Test
  void aForbiddenCodeIsNeverWritten() {
    SequenceWriter writer = new SequenceWriter(MODEL.decoder(), END, 1);
    assertThat(writer.search(given(), new BeamSearch(200, 0, 200), 3))
        .noneMatch(found -> Arrays.stream(found.codes()).anyMatch(code -> code == 1));
  }

  @Test
  void sillyBeamsAreRefusedWithAReason() {
    assertThatThrownBy(() -> new BeamSearch(100_000, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a width of at most 1000, got 100000")
        .hasMessageContaining("Time and memory grow")
        .hasMessageContaining("Try 5.");
    assertThatThrownBy(() -> new BeamSearch(3, 0, 4)).hasMessageContaining("from 1 to the beam's");
    assertThatThrownBy(() -> new BeamSearch(3, -1, 1)).hasMessageContaining("Try 0.6");
  }
}
