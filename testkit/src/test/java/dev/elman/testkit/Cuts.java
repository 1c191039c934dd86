package dev.elman.testkit;

import dev.elman.batches.Packing;
import dev.elman.layers.Layer;
import java.util.Arrays;
import java.util.List;

/** Parts of a probe: one sequence, or the first or last steps of all. */
final class Cuts {
  private Cuts() {}

  static float[] row(float[] rows, int i, int columns) {
    return Arrays.copyOfRange(rows, i * columns, (i + 1) * columns);
  }

  /** Sequence b by itself. */
  static Probe sequence(Probe probe, Layer layer, int b) {
    Packing packing = probe.packing();
    int d = layer.inputs();
    float[] x = new float[packing.length(b) * d];
    for (int t = 0; t < packing.length(b); t++) {
      System.arraycopy(probe.x(), packing.row(t, b) * d, x, t * d, d);
    }
    float[][] state = new float[probe.state().length][];
    for (int s = 0; s < state.length; s++) {
      state[s] = row(probe.state()[s], b, layer.states()[s]);
    }
    return new Probe(Packing.of(packing.length(b)), x, state);
  }

  /** The steps before a cut. */
  static Probe before(Probe probe, Layer layer, int cut) {
    Packing packing = probe.packing();
    int[] lengths = new int[packing.sequences()];
    for (int b = 0; b < lengths.length; b++) {
      lengths[b] = Math.min(packing.length(b), cut);
    }
    float[] x = Arrays.copyOf(probe.x(), packing.start(cut) * layer.inputs());
    return new Probe(Packing.of(lengths), x, probe.state());
  }

  /** The steps from a cut on, of the sequences that have any, with a carried state. */
  static Probe after(Probe probe, Layer layer, int cut, List<float[]> carried) {
    Packing packing = probe.packing();
    int[] lengths = new int[packing.running(cut)];
    for (int b = 0; b < lengths.length; b++) {
      lengths[b] = packing.length(b) - cut;
    }
    int from = packing.start(cut) * layer.inputs();
    float[][] state = new float[carried.size()][];
    for (int s = 0; s < state.length; s++) {
      state[s] = Arrays.copyOf(carried.get(s), lengths.length * layer.states()[s]);
    }
    float[] x = Arrays.copyOfRange(probe.x(), from, probe.x().length);
    return new Probe(Packing.of(lengths), x, state);
  }
}
