package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.cells.Cells;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.layers.Recurrent;
import dev.elman.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cells draw in training: how often, where, and the same however a run is cut. */
class DrawingCellsTest {
  private static final int H = 40;
  private static final int STEPS = 30;
  private static final int SEQUENCES = 9;

  private static Layer layer(String cell) {
    Recurrent layer = AllLayers.recurrent(Cells.named(cell), "_l0", 3, H);
    Probe.scatter(layer.weights(), 0.7f);
    return layer;
  }

  private static float[] rows(Layer layer, Packing packing, long seed) {
    Tape tape = Tape.training(Kernels.get());
    tape.random(seed == 0 ? null : RandomStream.of(seed, "dropout"));
    Node x = tape.constant(packing.tokens(), 3, Probe.numbers("x", packing.tokens() * 3));
    Node[] zero = layer.firstState(tape, packing.sequences());
    Node out = layer.forward(tape, packing, x, zero).rows();
    return Arrays.copyOf(out.value(), out.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gru+zoneout=0.3", "gru+dropout=0.3", "gru+step-dropout=0.3"})
  void theSeedDecidesWhatIsDrawn(String cell) {
    Layer layer = layer(cell);
    Packing packing = Packing.equal(SEQUENCES, STEPS);
    assertThat(rows(layer, packing, 1)).isEqualTo(rows(layer, packing, 1));
    assertThat(rows(layer, packing, 1)).isNotEqualTo(rows(layer, packing, 2));
    assertThat(rows(layer, packing, 1)).isNotEqualTo(rows(layer, packing, 0));
  }

  @Test
  void zoneoutKeepsItsShareOfTheUnitsToTheBit() {
    Packing packing = Packing.equal(SEQUENCES, STEPS);
    float[] rows = rows(layer("rnn+zoneout=0.3"), packing, 1);
    int step = SEQUENCES * H;
    int kept = 0;
    int again = 0;
    for (int i = step; i < rows.length; i++) {
      boolean same = rows[i] == rows[i - step];
      kept += same ? 1 : 0;
      again += same && i >= 2 * step && rows[i - step] == rows[i - 2 * step] ? 1 : 0;
    }
    assertThat(kept / (double) (rows.length - step)).isCloseTo(0.3, offset(0.02));
    assertThat(again / (double) (rows.length - 2 * step)).isCloseTo(0.09, offset(0.015));
  }

  @Test
  void zoneoutInInferenceIsTheMean() {
    Packing packing = Packing.equal(SEQUENCES, 1);
    Layer layer = layer("rnn+zoneout=0.3");
    float[] mean = rows(layer, packing, 0);
    float[] sum = new float[mean.length];
    int draws = 4000;
    for (int seed = 1; seed <= draws; seed++) {
      float[] drawn = rows(layer, packing, seed);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += drawn[i] / draws;
      }
    }
    for (int i = 0; i < sum.length; i++) {
      assertThat(sum[i]).isCloseTo(mean[i], offset(0.04f));
    }
  }

  /** An identity matrix shows what recurrent weights read. */
  private static float[] masks(String cell) {
    Recurrent layer = AllLayers.recurrent(Cells.named(cell), "_l0", 3, H);
    layer.weights().get(0).update(w -> Arrays.fill(w, 0));
    layer
        .weights()
        .get(1)
        .update(
            w -> {
              Arrays.fill(w, 0);
              for (int j = 0; j < H; j++) {
                w[j * H + j] = 1;
              }
            });
    layer.weights().get(2).update(b -> Arrays.fill(b, 1));
    layer.weights().get(3).update(b -> Arrays.fill(b, 0));
    return rows(layer, Packing.equal(SEQUENCES, STEPS), 1); // h = m·h' + 1
  }

  @Test
  void oneMaskForASequence() {
    float[] rows = masks("rnn-relu+dropout=0.25");
    int step = SEQUENCES * H;
    int dropped = 0;
    for (int i = 0; i < step; i++) {
      boolean isDropped = rows[i + step] == 1;
      dropped += isDropped ? 1 : 0;
      float h = 1;
      for (int t = 1; t < 10; t++) {
        h = isDropped ? 1 : h / 0.75f + 1;
        assertThat(rows[i + t * step]).isCloseTo(h, offset(1e-4f * h));
      }
    }
    assertThat(dropped / (double) step).isCloseTo(0.25, offset(0.07));
  }

  @Test
  void aMaskForEachStep() {
    float[] rows = masks("rnn-relu+step-dropout=0.25");
    int step = SEQUENCES * H;
    int dropped = 0;
    int twice = 0;
    for (int i = step; i < rows.length; i++) {
      boolean now = rows[i] == 1;
      dropped += now ? 1 : 0;
      twice += now && i >= 2 * step && rows[i - step] == 1 ? 1 : 0;
    }
    assertThat(dropped / (double) (rows.length - step)).isCloseTo(0.25, offset(0.02));
    assertThat(twice / (double) (rows.length - 2 * step)).isCloseTo(0.0625, offset(0.015));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gru+step-dropout=0.25",
        "gru+update-only+step-dropout=0.25",
        "lstm+step-dropout=0.25",
        "lstm+coupled+projection=30+deep=3+step-dropout=0.25"
      })
  void theCandidateIsDroppedAnewAtEachStep(String cell) {
    Recurrent layer = AllLayers.recurrent(Cells.named(cell), "_l0", 3, H);
    layer.weights().forEach(weight -> weight.update(w -> Arrays.fill(w, 0)));
    int candidate = cell.contains("update-only") ? 1 : cell.contains("coupled") ? 1 : 2;
    layer.weights().get(2).update(b -> Arrays.fill(b, candidate * H, (candidate + 1) * H, 1));
    Tape tape = Tape.training(Kernels.get());
    tape.random(RandomStream.of(1, "dropout"));
    Packing packing = Packing.equal(SEQUENCES, 1);
    Node[] zero = layer.firstState(tape, SEQUENCES);
    Node[] state = layer.forward(tape, packing, tape.zeros(SEQUENCES, 3), zero).state();
    Node written = state[state.length - 1]; // c, or h
    double dropped = 0;
    double sum = 0;
    for (int i = 0; i < written.size(); i++) {
      dropped += written.value()[i] == 0 ? 1 : 0;
      sum += written.value()[i];
    }
    assertThat(dropped / written.size()).isCloseTo(0.25, offset(0.05));
    assertThat(sum / (written.size() - dropped)) // with gates at a half
        .isCloseTo(0.5 * Math.tanh(1) / 0.75, offset(1e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gru+dropout=0.9", "gru+step-dropout=0.9"})
  void whatAGruKeepsIsNotDropped(String cell) {
    Recurrent layer = AllLayers.recurrent(Cells.named(cell), "_l0", 3, H);
    layer.weights().forEach(weight -> weight.update(w -> Arrays.fill(w, 0)));
    layer.weights().get(2).update(b -> Arrays.fill(b, H, 2 * H, 30)); // z = 1
    Tape tape = Tape.training(Kernels.get());
    tape.random(RandomStream.of(1, "dropout"));
    float[] first = Probe.numbers("state", 2 * H);
    Node[] state = {tape.constant(2, H, first)};
    Packing packing = Packing.equal(2, STEPS);
    Node last = layer.forward(tape, packing, tape.zeros(2 * STEPS, 3), state).state()[0];
    assertThat(Arrays.copyOf(last.value(), first.length)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm+zoneout=0.3",
        "gru+dropout=0.3+deep=5",
        "rnn+step-dropout=0.3",
        "lstm+step-dropout=0.3"
      })
  void gradientsAreRightThroughMasks(String cell) {
    Recurrent layer = AllLayers.recurrent(Cells.named(cell), "_l0", 3, 5);
    Probe.scatter(layer.weights(), 0.7f);
    Probe probe = Probe.of(layer, 4, 3, 1);
    new GradientCheck(layer.weights(), probe.inputs(layer)) // which draws
        .check(cell, (tape, nodes) -> probe.forward(layer, tape, nodes));
  }
}
