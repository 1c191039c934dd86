package dev.elman.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the clock to work of known length. */
final class TimingTest {
  @Test
  void longWorkRunsOnceARepetition() {
    AtomicInteger runs = new AtomicInteger();
    double seconds =
        new Timing(1e-4)
            .of(
                () -> {
                  runs.incrementAndGet();
                  long end = System.nanoTime() + 2_000_000;
                  while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                  }
                });
    assertThat(seconds).isGreaterThanOrEqualTo(2e-3);
    assertThat(runs).hasValue(2 + 1 + 4); // warm-up, a first measurement, repetitions
  }

  @Test
  void shortWorkRunsOftenInARepetition() {
    AtomicInteger runs = new AtomicInteger();
    double seconds = new Timing(1e-3).of(runs::incrementAndGet);
    assertThat(seconds).isPositive().isLessThan(1e-3);
    assertThat(runs.get()).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, 500})
  void endlessTimingIsRefused(double seconds) {
    assertThatThrownBy(() -> new Timing(seconds))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("up to 60")
        .hasMessageContaining("found " + seconds);
  }
}
