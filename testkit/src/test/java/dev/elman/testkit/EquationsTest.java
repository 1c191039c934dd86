package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Equations;
import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation that equations are written in has the gradient of its definition. */
class EquationsTest {
  /** From x {@code [4, 3]}, y {@code [4, 3]}, a row {@code [1, 3]} and w {@code [5, 3]}. */
  @FunctionalInterface
  private interface Operation {
    Node of(Tape tape, Equations e, Node[] in);
  }

  private static final Map<String, Operation> OPERATIONS = new LinkedHashMap<>();

  static {
    put("product", (tape, e, in) -> e.product(in[0], in[3]));
    put("product with itself", (tape, e, in) -> e.product(in[0], in[0]));
    put("product of a weight with itself", (tape, e, in) -> e.product(in[3], in[3]));
    put("product of nodes", (tape, e, in) -> e.product(in[0], in[1]));
    put(
        "product with a reading of a reading",
        (tape, e, in) ->
            e.product(
                in[0], tape.reading(tape.reading(in[3], e::tanh), x -> e.multiply(x, in[1]))));
    put("sum with a reading", (tape, e, in) -> e.add(in[3], tape.reading(in[3], e::tanh)));
    put("sum", (tape, e, in) -> e.add(in[0], in[1]));
    put("sum with a row", (tape, e, in) -> e.add(in[0], in[2]));
    put("sum with itself", (tape, e, in) -> e.add(in[0], in[0]));
    put("element-wise product", (tape, e, in) -> e.multiply(in[0], in[1]));
    put("element-wise product with a row", (tape, e, in) -> e.multiply(in[0], in[2]));
    put("square", (tape, e, in) -> e.multiply(in[0], in[0]));
    put("linear", (tape, e, in) -> e.linear(-2.5f, in[0], 0.7f));
    put("one minus", (tape, e, in) -> e.oneMinus(in[0]));
    put("sigmoid", (tape, e, in) -> e.sigmoid(in[0]));
    put("tanh", (tape, e, in) -> e.tanh(in[0]));
    put("relu", (tape, e, in) -> e.relu(in[0]));
    put("normalised rows", (tape, e, in) -> e.normalise(in[0]));
    put("sum of all", (tape, e, in) -> e.sum(e.multiply(in[0], in[1])));
    put("columns", (tape, e, in) -> Slices.columns(tape, in[0], 1, 2));
    put("rows", (tape, e, in) -> Slices.rows(tape, in[0], 1, 2));
    put("joined columns", (tape, e, in) -> Slices.joinColumns(tape, in[0], in[1]));
    put("joined rows", (tape, e, in) -> Slices.joinRows(tape, List.of(in[0], in[3], in[0])));
    put("gathered rows", (tape, e, in) -> Slices.gather(tape, in[3], new int[] {4, 0, 4, 2, 9}, 4));
    put(
        "used twice",
        (tape, e, in) -> {
          Node shared = e.tanh(in[0]);
          return e.add(e.multiply(shared, in[1]), e.sigmoid(shared));
        });
  }

  private static void put(String name, Operation operation) {
    OPERATIONS.put(name, operation);
  }

  static Set<String> operations() {
    return OPERATIONS.keySet();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void gradientsAreThoseOfFiniteDifferences(String name) {
    Weight weight = new Weight("w", 5, 3);
    Probe.scatter(List.of(weight), 1);
    new GradientCheck(
            List.of(weight),
            List.of(
                GradientCheck.Input.random("x", 4, 3),
                GradientCheck.Input.random("y", 4, 3),
                GradientCheck.Input.random("row", 1, 3)))
        .check(
            (tape, in) -> {
              Node[] all = Arrays.copyOf(in, 4);
              all[3] = tape.weight(weight);
              Node result = OPERATIONS.get(name).of(tape, new Equations(tape), all);
              return List.of(result, all[0], all[1], all[2], all[3]);
            });
  }

  @Test
  void valuesAreThoseOfTheDefinitions() {
    Tape tape = Tape.inference(Kernels.get());
    Equations e = new Equations(tape);
    Node x = tape.constant(2, 2, new float[] {1, -2, 0.5f, 3});
    Node y = tape.constant(2, 2, new float[] {2, 5, -1, 4});
    Node row = tape.constant(1, 2, new float[] {10, 20});
    assertThat(values(e.product(x, y))).containsExactly(-8, -9, 16, 11.5f); // x·yᵀ
    assertThat(values(e.add(x, row))).containsExactly(11, 18, 10.5f, 23);
    assertThat(values(e.multiply(x, y))).containsExactly(2, -10, -0.5f, 12);
    assertThat(values(e.oneMinus(x))).containsExactly(0, 3, 0.5f, -2);
    assertThat(values(e.relu(x))).containsExactly(1, 0, 0.5f, 3);
    assertThat(values(e.sum(x))).containsExactly(2.5f);
    assertThat(values(Slices.joinColumns(tape, x, y))).containsExactly(1, -2, 2, 5, 0.5f, 3, -1, 4);
    assertThat(values(Slices.columns(tape, x, 1, 1))).containsExactly(-2, 3);
    assertThat(values(Slices.rows(tape, x, 1, 1))).containsExactly(0.5f, 3);
  }

  private static float[] values(Node node) {
    return Arrays.copyOf(node.value(), node.size());
  }

  @Test
  void blamePassesBackOnce() {
    Tape tape = Tape.training(Kernels.get());
    Node x = tape.input(1, 2, new float[] {3, 4});
    Node loss = new Equations(tape).sum(x);
    tape.backward(loss);
    assertThatThrownBy(() -> tape.backward(loss))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Add several losses into one, or reset the tape");
    tape.reset();
    tape.backward(new Equations(tape).sum(tape.input(1, 1, new float[1])));
  }

  @Test
  void whatIsNoNumberStaysNoNumber() {
    Tape tape = Tape.inference(Kernels.get());
    Equations e = new Equations(tape);
    Node x = tape.constant(1, 1, new float[] {Float.NaN});
    assertThat(e.relu(x).value()[0]).isNaN();
    assertThat(e.sigmoid(x).value()[0]).isNaN();
    assertThat(e.tanh(x).value()[0]).isNaN();
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Tape tape = Tape.inference(Kernels.get());
    Equations e = new Equations(tape);
    Node x = tape.zeros(4, 3);
    assertThatThrownBy(() -> e.add(x, tape.zeros(3, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Sum: expected [4, 3], got [3, 3]. The second must have the first's shape, or be one"
                + " row of its width.");
    assertThatThrownBy(() -> e.product(x, tape.zeros(5, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected [N, 4], got [N, 3]");
    assertThatThrownBy(() -> Slices.columns(tape, x, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot cut [4, 2] at [0, 2] from [4, 3].");
    assertThatThrownBy(() -> tape.backward(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Loss: expected [1, 1], got [4, 3]. Sum it first.");
    assertThatThrownBy(() -> tape.backward(e.sum(x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Was it computed on Tape.inference? Use Tape.training.");
  }
}
