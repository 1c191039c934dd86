package dev.elman.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Start;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From teacher forcing to a decoder's own symbols. */
class ScheduledSamplingTest {
  private static final Packing PACKING = Packing.of(6, 5, 3, 1);
  private static final Values.Codes TRUTH =
      Values.Codes.of(4, 4, 4, 4, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1);

  @ParameterizedTest
  @EnumSource
  void curvesRiseFromNoneToMost(ScheduledSampling.Curve curve) {
    ScheduledSampling sampling = new ScheduledSampling(curve, 0.8);
    assertThat(sampling.share(0)).isZero();
    assertThat(sampling.share(1)).isCloseTo(0.8, offset(1e-12));
    for (double u = 0.1; u <= 1; u += 0.1) {
      assertThat(sampling.share(u)).isGreaterThan(sampling.share(u - 0.1));
    }
  }

  @Test
  void curvesAreThose() {
    assertThat(new ScheduledSampling(ScheduledSampling.Curve.LINEAR, 0.8).share(0.5))
        .isCloseTo(0.4, offset(1e-12));
    assertThat(new ScheduledSampling(ScheduledSampling.Curve.EXPONENTIAL, 0.75).share(0.5))
        .isCloseTo(0.5, offset(1e-12));
    assertThat(new ScheduledSampling(ScheduledSampling.Curve.INVERSE_SIGMOID, 0.8).share(0.5))
        .isCloseTo(0.4, offset(1e-12));
  }

  @Test
  void impossibleSharesAreRefused() {
    assertThatThrownBy(() -> new ScheduledSampling(ScheduledSampling.Curve.LINEAR, 1.2))
        .hasMessageContaining("expected a share of own symbols from 0 to 1, got 1.2");
    assertThatThrownBy(() -> new ScheduledSampling(ScheduledSampling.Curve.EXPONENTIAL, 1))
        .hasMessageContaining("below 1 on an exponential curve");
  }

  /** Symbol 3 is all that it ever says. */
  private static Decoder decoder(double most) {
    ScheduledSampling sampling = new ScheduledSampling(ScheduledSampling.Curve.LINEAR, most);
    Decoder.Settings settings = Decoder.Settings.of(5, 2).withSampling(sampling);
    Layer layer = RecurrentStack.DEFAULTS.withHidden(3).build("rnn.", 2, 1);
    Decoder decoder = new Decoder("", settings, layer, 0, new Start(Initialisation.PYTORCH, 1));
    for (Weight weight : decoder.weights()) {
      if (weight.name().equals("head.bias")) {
        weight.set(new float[] {0, 0, 0, 100, 0});
      }
    }
    return decoder;
  }

  private static int[] read(Decoder decoder, Tape tape, double progress, long seed) {
    tape.reset();
    tape.progress(progress);
    tape.random(RandomStream.of(seed, "dropout"));
    Node[] state = {tape.zeros(4, 3), tape.zeros(4, 3)};
    Decoder.Given given = new Decoder.Given(state, null, null, null);
    Values.Codes read = OwnSymbols.of(decoder, tape, PACKING, TRUTH, given);
    return Arrays.copyOf(read.array(), PACKING.tokens());
  }

  @Test
  void atMostAllButTheFirstAreItsOwn() {
    int[] read = read(decoder(1), Tape.training(Kernels.get()), 1, 1);
    assertThat(Arrays.copyOf(read, 4)).containsOnly(4);
    assertThat(Arrays.copyOfRange(read, 4, read.length)).containsOnly(3);
  }

  @Test
  void itDependsOnTheStreamAlone() {
    Tape tape = Tape.training(Kernels.get());
    Decoder decoder = decoder(0.5);
    int[] once = read(decoder, tape, 1, 1);
    assertThat(once).contains(3).isNotEqualTo(read(decoder, tape, 1, 2));
    assertThat(read(decoder, tape, 1, 1)).isEqualTo(once);
    assertThat(read(decoder, Tape.training(Kernels.get()), 1, 1)).isEqualTo(once);
  }

  @Test
  void outsideOfTrainingAllSymbolsAreTrue() {
    assertThat(read(decoder(1), Tape.inference(Kernels.get()), 1, 1))
        .isEqualTo(Arrays.copyOf(TRUTH.array(), PACKING.tokens()));
    assertThat(read(decoder(1), Tape.training(Kernels.get()), 0, 1))
        .isEqualTo(Arrays.copyOf(TRUTH.array(), PACKING.tokens()));
  }
}
