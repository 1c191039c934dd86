package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.cells.Cells;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Bidirectional;
import dev.elman.layers.Dropout;
import dev.elman.layers.Embedding;
import dev.elman.layers.Pooling;
import dev.elman.layers.Stacked;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single layers promise beside the contract of all. */
class LayerBehaviourTest {
  private static final Packing PACKING = Packing.of(6, 4, 4, 1);

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void poolingHasTheGradientsOfFiniteDifferences(Pooling pooling) {
    List<Weight> weights = pooling.weights(4);
    Probe.scatter(weights, 0.8f);
    new GradientCheck(weights, List.of(GradientCheck.Input.random("x", PACKING.tokens(), 4)))
        .check((tape, x) -> List.of(x[0], pooling.pool(tape, PACKING, x[0], weights)));
  }

  @Test
  void poolingTakesWhatItsNameSays() {
    Packing packing = Packing.of(3, 1);
    Tape tape = Tape.inference(Kernels.get());
    float[] rows = {1, 20, /* second sequence */ 7, 8, /* steps 1 and 2 */ 5, 4, 3, 6};
    Node x = tape.constant(4, 2, rows);
    assertThat(pooled(tape, Pooling.LAST, packing, x)).containsExactly(3, 6, 7, 8);
    assertThat(pooled(tape, Pooling.MEAN, packing, x)).containsExactly(3, 10, 7, 8);
    assertThat(pooled(tape, Pooling.MAX, packing, x)).containsExactly(5, 20, 7, 8);
    Weight scores = Pooling.ATTENTION.weights(2).get(0);
    assertThat(pooled(tape, Pooling.ATTENTION, packing, x, scores)).containsExactly(3, 10, 7, 8);
    scores.set(new float[] {-(float) Math.log(3) / 2, 0}); // shares 9/13, 1/13 and 3/13
    float[] weighted = pooled(tape, Pooling.ATTENTION, packing, x, scores);
    assertThat(weighted[0]).isCloseTo((9 * 1 + 5 + 3 * 3) / 13f, offset(1e-5f));
    assertThat(weighted[1]).isCloseTo((9 * 20 + 4 + 3 * 6) / 13f, offset(1e-5f));
    assertThat(weighted).endsWith(7, 8);
  }

  private static float[] pooled(
      Tape tape, Pooling pooling, Packing packing, Node x, Weight... weights) {
    return Arrays.copyOf(pooling.pool(tape, packing, x, List.of(weights)).value(), 4);
  }

  @Test
  void reversingTwiceIsNothing() {
    Tape tape = Tape.inference(Kernels.get());
    float[] x = Probe.numbers("x", PACKING.tokens() * 2);
    Node once = reversed(tape, tape.constant(PACKING.tokens(), 2, x));
    Node twice = reversed(tape, once);
    assertThat(Arrays.copyOf(once.value(), x.length)).isNotEqualTo(x);
    assertThat(Arrays.copyOf(twice.value(), x.length)).isEqualTo(x);
  }

  private static Node reversed(Tape tape, Node x) {
    return Slices.gather(tape, x, PACKING.reversed(), PACKING.tokens());
  }

  @Test
  void bothDirectionsOfReversedSequencesAreTheOtherDirections() {
    Bidirectional layer = AllLayers.both(Cells.named("gru"), "_l0", 3, 2);
    Bidirectional turned = new Bidirectional(layer.backward(), layer.forward());
    Tape tape = Tape.inference(Kernels.get());
    Node x = tape.constant(PACKING.tokens(), 3, Probe.numbers("x", PACKING.tokens() * 3));
    Node straight = layer.forward(tape, PACKING, x, layer.firstState(tape, 4)).rows();
    Node back = turned.forward(tape, PACKING, reversed(tape, x), layer.firstState(tape, 4)).rows();
    Node again = reversed(tape, back);
    Node swapped =
        Slices.joinColumns(
            tape, Slices.columns(tape, again, 2, 2), Slices.columns(tape, again, 0, 2));
    assertThat(Arrays.copyOf(swapped.value(), swapped.size()))
        .isEqualTo(Arrays.copyOf(straight.value(), straight.size()));
  }

  @Test
  void dropoutDropsItsShareAndKeepsTheMean() {
    Dropout dropout = new Dropout(100, 0.3, Dropout.Mask.EACH_TOKEN);
    float[] dropped = ofOnes(dropout, Packing.equal(20, 50));
    long zeros = 0;
    double sum = 0;
    for (float number : dropped) {
      zeros += number == 0 ? 1 : 0;
      sum += number;
    }
    assertThat(zeros / (double) dropped.length).isBetween(0.29, 0.31);
    assertThat(sum / dropped.length).isBetween(0.985, 1.015);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1.0 / 3, 0.5, 0x1p-24, 0.999})
  void dropoutComparesARandomFloatWithItsRate(double rate) {
    float[] dropped = ofOnes(new Dropout(40, rate, Dropout.Mask.EACH_TOKEN), Packing.equal(20, 50));
    RandomStream random = RandomStream.of(1, "dropout");
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < 20 * 50 * 40; i++) {
      assertThat(dropped[i]).isEqualTo(random.nextFloat() < rate ? 0 : kept);
    }
  }

  @Test
  void variationalDropoutKeepsOneMaskForAWholeSequence() {
    Dropout dropout = new Dropout(40, 0.5, Dropout.Mask.EACH_SEQUENCE);
    float[] dropped = ofOnes(dropout, PACKING);
    for (int b = 0; b < PACKING.sequences(); b++) {
      float[] first = Cuts.row(dropped, PACKING.row(0, b), 40);
      for (int t = 1; t < PACKING.length(b); t++) {
        assertThat(Cuts.row(dropped, PACKING.row(t, b), 40)).isEqualTo(first);
      }
      assertThat(first).contains(0).contains(2);
    }
    assertThat(Cuts.row(dropped, 0, 40)).isNotEqualTo(Cuts.row(dropped, 1, 40));
  }

  private static float[] ofOnes(Dropout dropout, Packing packing) {
    float[] ones = new float[packing.tokens() * dropout.width()];
    Arrays.fill(ones, 1);
    Tape tape = Tape.training(Kernels.get());
    tape.random(RandomStream.of(1, "dropout"));
    Node x = tape.input(packing.tokens(), dropout.width(), ones);
    float[] dropped = dropout.forward(tape, packing, x, new Node[0]).rows().value();
    return Arrays.copyOf(dropped, ones.length);
  }

  @Test
  void embeddingHasTheGradientsOfFiniteDifferences() {
    Embedding embedding = Embedding.of("embedding.", 5, 3, 1);
    Values.Codes codes = Values.Codes.of(4, 0, 2, 2, 4, 2);
    new GradientCheck(embedding.weights(), List.of())
        .check(
            (tape, none) ->
                List.of(embedding.forward(tape, codes), embedding.forward(tape, codes)));
  }

  @Test
  void aCodeBeyondTheVocabularyIsRefused() {
    Embedding embedding = Embedding.of("embedding.", 5, 3, 1);
    Tape tape = Tape.inference(Kernels.get());
    for (int code : new int[] {5, -1}) {
      assertThatThrownBy(() -> embedding.forward(tape, Values.Codes.of(1, code)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Embedding: expected codes from 0 to 4, got "
                  + code
                  + ". Was the text encoded with another vocabulary?");
    }
  }

  @Test
  void sequencesThatAreEmptyOrUnsortedAreRefused() {
    assertThatThrownBy(() -> Packing.of(3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Batch: expected sequences of at least one step, got length 0. Leave empty sequences"
                + " out.");
    assertThatThrownBy(() -> Packing.of(2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Batch: expected sequences sorted by length, longest first, got length 3 after 2.");
    assertThatThrownBy(Packing::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got none");
  }

  @Test
  void numbersThatFillNoWholeRowAreRefused() {
    assertThatThrownBy(() -> Values.Numbers.of(3, 1, 2, 3, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected whole rows of 3 numbers, got 4 numbers.");
  }

  @Test
  void layersThatDoNotFitAreRefused() {
    assertThatThrownBy(
            () ->
                new Stacked(
                    List.of(
                        AllLayers.recurrent(Cells.named("gru"), "_l0", 2, 5),
                        AllLayers.recurrent(Cells.named("gru"), "_l1", 4, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Layer 1 of the stack: expected [N, 4], got [N, 5]. A layer must take as many inputs as"
                + " the one below gives outputs.");
    assertThatThrownBy(() -> new Stacked(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layers of a stack: expected a whole number of at least 1, got 0.");
    assertThatThrownBy(() -> new Dropout(3, 1, Dropout.Mask.EACH_TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 0 to below 1, got 1.0. (It is the share dropped");
  }

  @Test
  void aStateOfAnotherBatchIsRefused() {
    var layer = AllLayers.recurrent(Cells.named("lstm"), "_l0", 2, 5);
    Tape tape = Tape.inference(Kernels.get());
    Node x = tape.zeros(PACKING.tokens(), 2);
    assertThatThrownBy(() -> layer.forward(tape, PACKING, x, layer.firstState(tape, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "State of cell lstm: expected [4, 5], got [3, 5]. A carried state needs a batch of as"
                + " many sequences.");
  }
}
