package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void eachPartIsWorkedOnOnce(int count) {
    try (Threads threads = new Threads(count)) {
      for (int parts : new int[] {0, 1, 2, 5, 100}) {
        AtomicIntegerArray calls = new AtomicIntegerArray(parts);
        threads.each(parts, calls::incrementAndGet);
        for (int i = 0; i < parts; i++) {
          assertThat(calls.get(i)).isEqualTo(1);
        }
      }
    }
  }

  /** Each step adds up what all wrote in the step before: wrong as soon as one runs ahead. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void whoMeetsSeesWhatTheOthersWrote(int count) {
    try (Threads threads = new Threads(count)) {
      for (int round = 0; round < 20; round++) {
        long[][] written = new long[200][count];
        Arrays.fill(written[0], 1);
        threads.together(
            count,
            part -> {
              for (int step = 1; step < written.length; step++) {
                written[step][part.index()] = Arrays.stream(written[step - 1]).sum() % 1_000_003;
                threads.meet(part);
              }
            });
        long expected = 1;
        for (int step = 1; step < written.length; step++) {
          expected = expected * count % 1_000_003;
          assertThat(written[step]).containsOnly(expected);
        }
      }
    }
  }

  @Test
  void aFailureIsThrownAndTheOthersDoNotWaitForIt() {
    try (Threads threads = new Threads(3)) {
      for (int failing = 0; failing < 3; failing++) {
        int index = failing;
        assertThatThrownBy(
                () ->
                    threads.together(
                        3,
                        part -> {
                          threads.meet(part);
                          if (part.index() == index) {
                            throw new IllegalStateException("part " + index);
                          }
                          threads.meet(part);
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("part " + index);
      }
      AtomicInteger meetings = new AtomicInteger();
      threads.together( // and it works as before
          3,
          part -> {
            threads.meet(part);
            meetings.incrementAndGet();
          });
      assertThat(meetings).hasValue(3);
    }
  }

  @Test
  void afterAFailureNoNewPartIsBegun() {
    try (Threads threads = new Threads(2)) {
      AtomicInteger begun = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  threads.each(
                      1_000_000,
                      i -> {
                        begun.incrementAndGet();
                        throw new AssertionError("broken");
                      }))
          .isInstanceOf(AssertionError.class);
      assertThat(begun.get()).isLessThan(1_000_000);
    }
  }

  @Test
  void teamsShareTheThreads() {
    try (Threads threads = new Threads(7)) {
      assertThat(threads.team(0, 1)).isSameAs(threads);
      assertThat(threads.team(2, 3).count()).isEqualTo(2);
      assertThat(threads.team(1, 3)).isNotSameAs(threads.team(2, 3));
      assertThat(threads.team(3, 4)).isSameAs(Threads.ONE);
      assertThat(threads.team(8, 9)).isSameAs(Threads.ONE);
      AtomicIntegerArray calls = new AtomicIntegerArray(6);
      Threads[] teams = {threads.team(0, 3), threads.team(1, 3), threads.team(2, 3)};
      threads.each(
          3, i -> teams[i].together(2, part -> calls.incrementAndGet(2 * i + part.index())));
      assertThat(calls).hasToString("[1, 1, 1, 1, 1, 1]");
    }
  }

  @Test
  void partsCoverEverythingOnce() {
    for (int count = 1; count <= 5; count++) {
      for (int size : new int[] {0, 1, 31, 32, 33, 64, 100, 257, 2600}) {
        int row = 0;
        int column = 0;
        for (int i = 0; i < count; i++) {
          Part part = new Part(i, count);
          assertThat(part.from(size)).isEqualTo(row);
          assertThat(part.firstColumn(size)).isEqualTo(column);
          row = part.to(size);
          column += part.columns(size);
        }
        assertThat(row).isEqualTo(size);
        assertThat(column).isEqualTo(size);
      }
    }
  }

  @Test
  void aThreadIsWorthItsMeetingForEnoughWork() {
    try (Threads threads = new Threads(3)) {
      assertThat(threads.worthwhile(1000)).isEqualTo(1);
      assertThat(threads.worthwhile(300_000)).isEqualTo(2);
      assertThat(threads.worthwhile(1L << 40)).isEqualTo(3);
    }
  }
}
