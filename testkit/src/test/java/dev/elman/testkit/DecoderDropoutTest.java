package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Dropout;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.EncoderDecoder.Side;
import dev.elman.models.ScheduledSampling;
import dev.elman.models.VectorToSequence;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a decoder drops of its outputs, and what it cannot be asked for. */
class DecoderDropoutTest {
  private static final int HIDDEN = 16;
  private static final int STEPS = 8;

  @Test
  void variationalDropoutDropsTheSameUnitsAtEachStep() {
    assertThat(unitsNeverRead(Dropout.Mask.EACH_SEQUENCE)).isBetween(4, 12);
  }

  @Test
  void plainDropoutDropsOthersAtEachStep() {
    assertThat(unitsNeverRead(Dropout.Mask.EACH_TOKEN)).isLessThan(2);
  }

  /** Units of which no step's output reached the head, half being dropped. */
  private static int unitsNeverRead(Dropout.Mask mask) {
    RecurrentStack network =
        RecurrentStack.DEFAULTS.withHidden(HIDDEN).withDropout(0.5).withMask(mask);
    VectorToSequence model =
        new VectorToSequence(
            new VectorToSequence.Settings(
                3,
                EncoderDecoder.Context.EACH_STEP,
                new Side(6, 4, network),
                EncoderDecoder.Training.PLAIN),
            1);
    Tape tape = Tape.training(Kernels.get());
    tape.random(RandomStream.of(1, "dropout"));
    Values.Pairs pairs =
        new Values.Pairs(
            Values.Codes.of(0, 1, 2, 3, 4, 5, 1, 2),
            Packing.of(1),
            Values.Numbers.of(3, new float[] {0.5f, -1, 2}),
            Values.Codes.of(0));
    Node logits = model.forward(tape, Packing.of(STEPS), pairs, new Node[0]).rows();
    tape.backward(model.loss().sum(tape, logits, Values.Codes.of(1, 2, 3, 4, 5, 1, 2, 0)));
    Weight head =
        model.weights().list().stream()
            .filter(weight -> weight.name().equals("decoder.head.weight"))
            .findFirst()
            .orElseThrow();
    float[] gradient = tape.gradient(head);
    return (int)
        IntStream.range(0, HIDDEN)
            .filter(unit -> IntStream.range(0, 6).allMatch(v -> gradient[v * HIDDEN + unit] == 0))
            .count();
  }

  @Test
  void ownSymbolsAreRefusedWhereNoneAreRead() {
    Decoder.Settings reads =
        Decoder.Settings.of(6, 3)
            .withContext(2)
            .withSampling(new ScheduledSampling(ScheduledSampling.Curve.LINEAR, 0.25));
    assertThatThrownBy(() -> reads.withFeedback(Decoder.Feedback.NONE))
        .hasMessageContaining("expected one that reads the symbol before it")
        .hasMessageContaining("up to a share of 0.25")
        .hasMessageContaining("leave scheduled sampling away");
  }
}
