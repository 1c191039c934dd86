package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.autodiff.Node;
import dev.elman.batches.Packing;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Recurrent;
import dev.elman.testkit.GradientCheck;
import dev.elman.testkit.GradientCheck.Input;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimplifiedGruTest {
  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    Recurrent layer =
        new Recurrent(
            new Recurrent.Name("", "_l0"), new SimplifiedGru(), 3, 5, Initialisation.PYTORCH, 1);
    Packing packing = Packing.of(4, 2);
    new GradientCheck(
            layer.weights(), List.of(Input.random("x", 6, 3), Input.random("state", 2, 5)))
        .check(
            (tape, in) -> List.of(layer.forward(tape, packing, in[0], new Node[] {in[1]}).rows()));
  }

  @Test
  void learnsTheAddingProblem() {
    Recurrent layer =
        new Recurrent(
            new Recurrent.Name("rnn.", "_l0"),
            new SimplifiedGru(),
            2,
            32,
            Initialisation.ORTHOGONAL,
            1);
    double error = AddingProblemTest.learned(layer);
    assertThat(error).as("always answering 1 has 0.167").isLessThan(0.02);
  }
}
