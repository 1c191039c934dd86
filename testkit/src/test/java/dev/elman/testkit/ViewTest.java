package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.kernels.Kernels;
import org.junit.jupiter.api.Test;

/** Numbers that the tape reads where they lie. */
class ViewTest {
  private final Tape tape = Tape.training(Kernels.get());

  @Test
  void isNotCopiedAndNeverWrittenTo() {
    float[] numbers = {1, 2, 3, 4};
    assertThat(tape.view(2, 2, numbers).value()).isSameAs(numbers);
    tape.reset();
    Node next = tape.zeros(2, 2); // the same node again
    assertThat(next.value()).isNotSameAs(numbers);
    assertThat(numbers).containsExactly(1, 2, 3, 4);
  }

  @Test
  void ofTooFewNumbersIsRefused() {
    assertThatThrownBy(() -> tape.view(2, 3, new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected numbers for [2, 3], got 5. Is the shape that of these numbers?");
  }

  @Test
  void itsArrayIsNoGradientForAnother() {
    Node x = tape.node(1, 2, true);
    Node view = tape.view(1, 2, new float[2]);
    assertThatThrownBy(() -> x.takeGradient(view))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("with an array of its own, got ")
        .hasMessageContaining(" without. Add to its gradient instead.");
  }

  @Test
  void aNodeThatGaveItsArrayAwayHasAnother() {
    Node x = tape.node(1, 2, true);
    Node given = tape.constant(1, 2, new float[] {5, 6});
    x.takeGradient(given);
    assertThat(x.gradient()).startsWith(5, 6);
    tape.reset();
    tape.node(1, 2, true);
    tape.zeros(1, 2);
    assertThat(x.gradient()).isNotSameAs(given.value());
  }
}
