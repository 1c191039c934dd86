package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Stacked;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrent layers give PyTorch's outputs and gradients. */
class GoldenSequenceTest {
  static List<String> cases() {
    List<String> cases = new ArrayList<>();
    for (String cell : List.of("rnn_tanh", "rnn_relu", "gru", "lstm", "lstm_projection")) {
      for (String shape : List.of("_l1", "_l2", "_l1_bi", "_l2_bi")) {
        cases.add(cell + shape);
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAndGradientsAreThoseOfPyTorch(String name) {
    Golden golden = new Golden(name);
    Stacked stack = stack(name, golden);
    Packing packing = Packing.of(golden.codes("lengths"));
    int b = packing.sequences();
    Tape tape = Tape.training(Kernels.get());
    Node x = tape.input(packing.tokens(), stack.inputs(), golden.values("input"));
    Node[] first = state(tape, golden, "h0", "c0", b);

    Layer.Output output = stack.forward(tape, packing, x, first);

    golden.requireOutput("output", output.rows().value(), 1e-5);
    requireState(golden, "h_n", "c_n", output.state(), 1e-5, false);
    tape.backward(loss(tape, golden, output));
    for (Weight weight : stack.weights()) {
      golden.requireGradient("grad." + weight.name(), tape.gradient(weight), 1e-4);
    }
    golden.requireGradient("grad.input", x.gradient(), 1e-4);
    requireState(golden, "grad.h0", "grad.c0", first, 1e-4, true);
  }

  private static Stacked stack(String name, Golden golden) {
    String cell =
        name.startsWith("rnn_relu")
            ? "rnn-relu"
            : name.startsWith("rnn") ? "rnn" : name.substring(0, name.indexOf('_'));
    int projection = golden.shape("h0")[2];
    boolean projected = name.startsWith("lstm_projection");
    RecurrentStack settings =
        RecurrentStack.DEFAULTS
            .withCell(projected ? cell + "+projection=" + projection : cell)
            .withHidden(golden.shape(projected ? "c0" : "h0")[2])
            .withLayers(name.contains("_l2") ? 2 : 1)
            .withDirections(
                name.endsWith("_bi")
                    ? RecurrentStack.Directions.BOTH
                    : RecurrentStack.Directions.FORWARD);
    Stacked stack = settings.build("", golden.shape("input")[1], 1);
    for (Weight weight : stack.weights()) {
      assertThat(golden.shape(weight.name())).as(weight.name()).isEqualTo(weight.shape());
      weight.set(golden.values(weight.name()));
    }
    return stack;
  }

  /** State tensors in Elman's order: for each layer and direction h, then c where there is one. */
  private static Node[] state(Tape tape, Golden golden, String h, String c, int b) {
    List<Node> state = new ArrayList<>();
    for (int i = 0; i < golden.shape(h)[0]; i++) {
      state.add(tape.input(b, golden.shape(h)[2], golden.row(h, i)));
      if (golden.has(c)) {
        state.add(tape.input(b, golden.shape(c)[2], golden.row(c, i)));
      }
    }
    return state.toArray(new Node[0]);
  }

  private static void requireState(
      Golden golden, String h, String c, Node[] state, double tolerance, boolean gradients) {
    int kinds = golden.has(c) ? 2 : 1;
    for (int s = 0; s < state.length; s++) {
      String tensor = s % kinds == 0 ? h : c;
      float[] found = gradients ? state[s].gradient() : state[s].value();
      golden.require(golden.row(tensor, s / kinds), tensor, found, tolerance);
    }
  }

  private static Node loss(Tape tape, Golden golden, Layer.Output output) {
    Equations e = new Equations(tape);
    Node rows = output.rows();
    Node factors = tape.constant(rows.rows(), rows.columns(), golden.values("loss.output"));
    Node loss = e.sum(e.multiply(rows, factors));
    int kinds = golden.has("c_n") ? 2 : 1;
    for (int s = 0; s < output.state().length; s++) {
      Node last = output.state()[s];
      float[] r = golden.row(s % kinds == 0 ? "loss.h_n" : "loss.c_n", s / kinds);
      Node weights = tape.constant(last.rows(), last.columns(), Arrays.copyOf(r, r.length));
      loss = e.add(loss, e.sum(e.multiply(last, weights)));
    }
    return loss;
  }
}
