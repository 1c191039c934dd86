package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.losses.Categorical;
import dev.elman.tensor.RandomStream;
import java.util.Arrays;

/**
 * The symbols that a decoder reads in {@link ScheduledSampling}: the true ones, and here and there
 * those that it draws itself after what it has read so far.
 *
 * <p>They are made step by step without a way back, and then learned from in parallel like true
 * ones: no blame flows through the choice of a symbol (nor does it in the paper).
 */
final class OwnSymbols {
  private OwnSymbols() {}

  /**
   * What the decoder reads: the very symbols given where nothing is to be sampled.
   *
   * @param truth for each token the true symbol before it
   */
  static Values.Codes of(
      Decoder decoder, Tape tape, Packing packing, Values.Codes truth, Decoder.Given given) {
    Decoder.Settings settings = decoder.settings();
    double share = settings.sampling().share(tape.progress());
    if (share == 0 || tape.random().isEmpty() || settings.feedback() == Decoder.Feedback.NONE) {
      return truth;
    }
    long seed = tape.random().get().nextLong(); // one number, however many steps
    RandomStream random = RandomStream.of(seed, "scheduled sampling");
    Categorical symbols = new Categorical(settings.symbols());
    Tape free = tape.child();
    free.reset();
    free.random(null);
    int[] read = new int[packing.tokens()];
    int[] own = new int[packing.sequences()];
    Node[] state = given.state();
    for (int t = 0; t < packing.steps(); t++) {
      int running = packing.running(t);
      for (int b = 0; b < running; b++) {
        int row = packing.row(t, b);
        boolean mine = t > 0 && random.nextDouble() < share;
        read[row] = mine ? own[b] : truth.array()[row];
      }
      int from = packing.start(t);
      Node[] before = new Node[state.length];
      for (int s = 0; s < state.length; s++) {
        before[s] = Slices.rows(free, state[s], 0, running);
      }
      Node aligned =
          given.aligned() == null ? null : Slices.rows(free, given.aligned(), from, running);
      Decoder.Said said =
          decoder.forward(
              free,
              Packing.equal(running, 1),
              Values.Codes.of(Arrays.copyOfRange(read, from, from + running)),
              new Decoder.Given(before, given.context(), aligned, given.memory()));
      state = said.state();
      int v = settings.symbols();
      for (int b = 0; b < running; b++) {
        float[] logits = Arrays.copyOfRange(said.logits().value(), b * v, (b + 1) * v);
        own[b] = (int) symbols.draw(logits, 1, random)[0];
      }
    }
    return Values.Codes.of(read);
  }
}
