package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pieces hold every number once, whoever works on them. */
class PiecesTest {
  @Test
  void everyNumberIsInOnePiece() {
    int[] lengths = {3, 40_001, 1, 16_384, 100_000};
    Pieces pieces = new Pieces(lengths);
    assertThat(pieces.count()).isEqualTo(10); // of 156,389 numbers, 16,384 in each
    for (int count : new int[] {1, 3}) {
      int[][] seen = new int[lengths.length][];
      for (int i = 0; i < lengths.length; i++) {
        seen[i] = new int[lengths[i]];
      }
      try (Threads threads = new Threads(count)) {
        pieces.each(
            threads,
            (piece, array, from, to) -> {
              for (int i = from; i < to; i++) {
                seen[array][i] += 1 + piece;
              }
            });
      }
      int place = 0;
      for (int[] array : seen) {
        for (int found : array) {
          assertThat(found).isEqualTo(1 + place++ / 16_384);
        }
      }
    }
  }

  @Test
  void smallArraysAreOnePieceForTheCaller() {
    List<Thread> on = Collections.synchronizedList(new ArrayList<>());
    try (Threads threads = new Threads(2)) {
      new Pieces(5, 7, 2).each(threads, (piece, array, from, to) -> on.add(Thread.currentThread()));
    }
    assertThat(on).hasSize(3).containsOnly(Thread.currentThread());
    assertThat(new Pieces().count()).isZero();
  }
}
