package dev.elman.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What Java itself computes is not counted. */
final class JvmThreadsTest {
  @Test
  void aThreadThatRunsJavaIsLeftOut() {
    double least = Double.POSITIVE_INFINITY; // of some, as the JIT may work at the same time
    for (int i = 0; i < 20 && least > 0.05; i++) {
      double before = JvmThreads.seconds();
      long end = System.nanoTime() + 100_000_000;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      least = Math.min(least, JvmThreads.seconds() - before);
    }
    assertThat(least).isBetween(-0.03, 0.05);
  }
}
