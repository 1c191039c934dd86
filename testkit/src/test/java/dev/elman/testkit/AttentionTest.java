package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Attention;
import dev.elman.layers.Attention.Score;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Start;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attention against its equations, finite differences and each pair alone. */
class AttentionTest {
  private static final Packing TARGETS = Packing.of(4, 2, 1);
  private static final Packing SOURCES = Packing.of(5, 3, 1);
  private static final int[] PLACES = {1, 2, 0};
  private static final Start START = new Start(Initialisation.PYTORCH, 1);

  private static int width(Score score) {
    return score == Score.DOT ? 6 : 3; // of queries; the memory has 6
  }

  private static Attention attention(Score score) {
    Attention attention =
        new Attention("attention.", score, new Attention.Widths(width(score), 6), START);
    Probe.scatter(attention.weights(), 0.9f);
    return attention;
  }

  private static Attention.Reading read(
      Attention attention, Tape tape, Node queries, Node memory, int[] places) {
    return attention.forward(
        tape, TARGETS, queries, attention.remember(tape, SOURCES, memory, places));
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreThoseOfFiniteDifferences(Score score) {
    Attention attention = attention(score);
    List<GradientCheck.Input> inputs =
        List.of(
            GradientCheck.Input.random("queries", 7, width(score)),
            GradientCheck.Input.random("memory", 9, 6));
    for (int[] places : List.of(PLACES, new int[] {0, 0, 2})) { // two may read one source
      new GradientCheck(attention.weights(), inputs)
          .check(
              score.toString(),
              (tape, in) -> List.of(read(attention, tape, in[0], in[1], places).rows()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsItsEquations(Score score) {
    Attention attention = attention(score);
    int q = width(score);
    float[] queries = Probe.numbers("queries", 7 * q);
    float[] memory = Probe.numbers("memory", 9 * 6);
    Tape tape = Tape.training(Kernels.get());
    Attention.Reading reading =
        read(attention, tape, tape.input(7, q, queries), tape.input(9, 6, memory), PLACES);
    for (int b = 0; b < 3; b++) {
      float[][] shares = reading.alignment().of(b);
      int length = SOURCES.length(PLACES[b]);
      assertThat(shares).hasDimensions(TARGETS.length(b), length);
      for (int t = 0; t < TARGETS.length(b); t++) {
        float[] query = Cuts.row(queries, TARGETS.row(t, b), q);
        double[] scores = new double[length];
        double sum = 0;
        for (int s = 0; s < length; s++) {
          float[] row = Cuts.row(memory, SOURCES.row(s, PLACES[b]), 6);
          scores[s] = Math.exp(score(attention, query, row));
          sum += scores[s];
        }
        double[] context = new double[6];
        for (int s = 0; s < length; s++) {
          assertThat((double) shares[t][s]).isCloseTo(scores[s] / sum, offset(1e-6));
          for (int j = 0; j < 6; j++) {
            context[j] += scores[s] / sum * memory[SOURCES.row(s, PLACES[b]) * 6 + j];
          }
        }
        float[] found = Cuts.row(reading.rows().value(), TARGETS.row(t, b), 6);
        for (int j = 0; j < 6; j++) {
          assertThat((double) found[j]).isCloseTo(context[j], offset(1e-6));
        }
      }
    }
  }

  private static double score(Attention attention, float[] query, float[] row) {
    var w = attention.weights(); // additive: queries.weight, queries.bias, keys.weight, direction
    return switch (attention.score()) {
      case DOT -> product(query, 0, row);
      case GENERAL -> {
        double sum = 0;
        for (int i = 0; i < query.length; i++) {
          sum += query[i] * product(w.get(0).values(), i * 6, row);
        }
        yield sum;
      }
      case ADDITIVE -> {
        double sum = 0;
        for (int i = 0; i < query.length; i++) {
          double unit =
              product(w.get(0).values(), i * query.length, query)
                  + w.get(1).values()[i]
                  + product(w.get(2).values(), i * 6, row);
          sum += w.get(3).values()[i] * Math.tanh(unit);
        }
        yield sum;
      }
    };
  }

  private static double product(float[] a, int at, float[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += (double) a[at + i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void aPackedBatchEqualsEachPairAlone(Score score) {
    Attention attention = attention(score);
    int q = width(score);
    float[] queries = Probe.numbers("queries", 7 * q);
    float[] memory = Probe.numbers("memory", 9 * 6);
    Tape tape = Tape.inference(Kernels.get());
    Attention.Reading together =
        read(attention, tape, tape.constant(7, q, queries), tape.constant(9, 6, memory), PLACES);
    for (int b = 0; b < 3; b++) {
      Tape own = Tape.inference(Kernels.get());
      int targets = TARGETS.length(b);
      int sources = SOURCES.length(PLACES[b]);
      Node x = own.constant(targets, q);
      for (int t = 0; t < targets; t++) {
        System.arraycopy(queries, TARGETS.row(t, b) * q, x.value(), t * q, q);
      }
      Node m = own.constant(sources, 6);
      for (int s = 0; s < sources; s++) {
        System.arraycopy(memory, SOURCES.row(s, PLACES[b]) * 6, m.value(), s * 6, 6);
      }
      Attention.Memory of = attention.remember(own, Packing.equal(1, sources), m, new int[1]);
      Attention.Reading alone = attention.forward(own, Packing.equal(1, targets), x, of);
      for (int t = 0; t < targets; t++) {
        assertThat(Cuts.row(alone.rows().value(), t, 6))
            .isEqualTo(Cuts.row(together.rows().value(), TARGETS.row(t, b), 6));
      }
      assertThat(alone.alignment().of(0)).isEqualTo(together.alignment().of(b));
    }
  }

  @Test
  void theProductOfUnequalWidthsIsRefused() {
    assertThatThrownBy(
            () -> new Attention("attention.", Score.DOT, new Attention.Widths(3, 6), START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected queries as wide as the memory, 6, got 3")
        .hasMessageContaining("use the general or the additive score");
  }

  @Test
  void aMemoryOfAnotherWidthIsRefused() {
    Tape tape = Tape.inference(Kernels.get());
    assertThatThrownBy(
            () -> attention(Score.GENERAL).remember(tape, SOURCES, tape.zeros(9, 5), new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected [9, 6], got [9, 5]");
  }
}
