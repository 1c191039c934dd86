package dev.elman.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.batches.WindowSource.Windows;
import dev.elman.data.DataException;
import dev.elman.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WindowSourceTest {

  private static final int ROWS = 40;
  private static final int COLUMNS = 3;
  private static final int HISTORY = 5;
  private static final int HORIZON = 2;
  private static final Windows WINDOWS = new Windows(COLUMNS, List.of(2, 0), HISTORY, HORIZON);

  /** Cell {@code [row, column]} is {@code 100 · row + column}, so that a number tells its place. */
  private static float[] series() {
    float[] series = new float[ROWS * COLUMNS];
    for (int i = 0; i < series.length; i++) {
      series[i] = 100 * (i / COLUMNS) + i % COLUMNS;
    }
    return series;
  }

  private static WindowSource source(int from, int to, int batch) {
    return new WindowSource(series(), WINDOWS, from, to, batch);
  }

  @Test
  void readsAHistoryAndForecastsTheStepsAfterIt() {
    WindowSource source = source(0, ROWS, 4);
    Shards.Sequence second = Shards.read(source, 0).get(1);
    assertThat(second.inputs())
        .containsExactly(
            "[100.0, 101.0, 102.0]",
            "[200.0, 201.0, 202.0]",
            "[300.0, 301.0, 302.0]",
            "[400.0, 401.0, 402.0]",
            "[500.0, 501.0, 502.0]");
    assertThat(second.targets()).containsExactly("[602.0, 600.0, 702.0, 700.0]");
    assertThat(source.firstRow(1)).isEqualTo(6);
  }

  @Test
  void aCurriculumReadsTheNewestRowsOfEachHistory() {
    WindowSource source = source(0, ROWS, 4);
    source.shorter(0.4);
    Shards.Sequence second = Shards.read(source, 0).get(1);
    assertThat(second.inputs()).containsExactly("[400.0, 401.0, 402.0]", "[500.0, 501.0, 502.0]");
    assertThat(second.targets()).containsExactly("[602.0, 600.0, 702.0, 700.0]");
    source.shorter(0.01);
    assertThat(Shards.read(source, 0).get(1).inputs()).containsExactly("[500.0, 501.0, 502.0]");
    source.shorter(1);
    assertThat(Shards.readAll(source)).isEqualTo(Shards.readAll(source(0, ROWS, 4)));
  }

  @Test
  void takesABatchLargerThanAllWindows() {
    WindowSource source = source(0, ROWS, Integer.MAX_VALUE);
    assertThat(source.batches()).isEqualTo(1);
    assertThat(source.sequences(0)).isEqualTo(34);
  }

  @Test
  void hasEveryWindowOfThePartOnce() {
    WindowSource source = source(0, ROWS, 4);
    assertThat(source.windows()).isEqualTo(ROWS - HISTORY - HORIZON + 1);
    assertThat(source.batches()).isEqualTo(9);
    assertThat(source.sequences(0)).isEqualTo(4);
    assertThat(source.sequences(8)).isEqualTo(2);
    assertThat(Shards.readAll(source)).hasSize(34).doesNotHaveDuplicates();
    assertThat(source.continues()).isFalse();
  }

  @Test
  void targetsOfEachPartLieInsideItAndPartsMissNoRow() {
    int[] cuts = {0, 21, 30, ROWS};
    for (int part = 0; part < 3; part++) {
      Batch into = source(cuts[part], cuts[part + 1], 100).blank();
      source(cuts[part], cuts[part + 1], 100).fill(0, Shard.WHOLE, into);
      TreeSet<Integer> rows = new TreeSet<>();
      for (float target : ((Values.Numbers) into.targets()).array()) {
        rows.add((int) target / 100);
      }
      assertThat(rows.first()).isEqualTo(part == 0 ? HISTORY : cuts[part]);
      assertThat(rows.last()).isEqualTo(cuts[part + 1] - 1);
    }
  }

  @Test
  void whatIsLearnedFromNeverReachesPastTheTrainingPart() {
    float[] series = series();
    Arrays.fill(series, 21 * COLUMNS, series.length, Float.NaN);
    WindowSource source = new WindowSource(series, WINDOWS, 0, 21, 4);
    assertThat(Shards.readAll(source).toString()).doesNotContain("NaN");
  }

  @Test
  void aLaterPartReadsItsHistoryFromBeforeTheCut() {
    Shards.Sequence first = Shards.read(source(30, ROWS, 4), 0).get(0);
    assertThat(first.inputs().get(0)).isEqualTo("[2500.0, 2501.0, 2502.0]");
    assertThat(first.targets()).containsExactly("[3002.0, 3000.0, 3102.0, 3100.0]");
  }

  @Test
  void shufflingIsAPermutationThatTheStreamAloneDecides() {
    WindowSource shuffled = source(0, ROWS, 4);
    WindowSource again = source(0, ROWS, 4);
    again.shuffle(RandomStream.of(9, "shuffling", 1));
    shuffled.shuffle(RandomStream.of(9, "shuffling", 2));
    again.shuffle(RandomStream.of(9, "shuffling", 2));
    List<Shards.Sequence> inOrder = Shards.readAll(source(0, ROWS, 4));
    assertThat(Shards.readAll(shuffled))
        .isEqualTo(Shards.readAll(again))
        .isNotEqualTo(inOrder)
        .containsExactlyInAnyOrderElementsOf(inOrder);
  }

  @Test
  void shardsMakeUpEachBatch() throws Exception {
    WindowSource source = source(0, ROWS, 7);
    source.shuffle(RandomStream.of(3, "shuffling"));
    Shards.assertShardsMakeUpEachBatch(source);
    Shards.assertThreadsDoNotDisturbEachOther(source);
    Shards.assertFillsAllocateNothing(source);
  }

  @Test
  void refusesAPartThatNoWindowFits() {
    assertThatThrownBy(() -> source(0, 6, 4))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            Expected a series longer than history and horizon, 5 + 2 rows, in each part, \
            found 6 rows in the part from row 1 to row 6.
            Likely cause: the series is short, or its last part is.
            Cure: use a smaller --history or --horizon, or a longer series.\
            """);
    assertThatThrownBy(() -> source(39, 40, 4)).hasMessageContaining("found 1 rows in the part");
    assertThat(source(0, 7, 4).windows()).isEqualTo(1);
    assertThat(source(38, 40, 4).windows()).isEqualTo(1);
  }

  @Test
  void refusesRowsAndColumnsThatAreNotThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source(0, ROWS + 1, 4))
        .withMessage(
            "Windows: expected a part of the 40 rows from 0 to 40, got that from 0 to 41.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowSource(new float[10], WINDOWS, 0, 3, 4))
        .withMessage("Series: expected rows of 3 columns, got 10 numbers.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Windows(COLUMNS, List.of(0, 3), HISTORY, HORIZON))
        .withMessage("Windows: expected target columns from 0 to 2, got [0, 3].");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Windows(COLUMNS, List.of(), HISTORY, HORIZON))
        .withMessage("Windows: expected target columns from 0 to 2, got [].");
  }
}
