package dev.elman.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.batches.Batch;
import dev.elman.batches.Shard;
import dev.elman.data.DataException;
import dev.elman.layers.RecurrentStack.Directions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds shapes to what the file says, and benchmarks to the shapes. */
final class BenchShapeTest {
  @TempDir private Path folder;

  @Test
  void furtherColumnsMayBeLeftOut() {
    List<BenchShape> shapes = read("# comment\nLSTM,10,4,3,5,2\n\nGRU,10, 4,3,5,2,2,unequal\n");
    assertThat(shapes.get(0))
        .isEqualTo(
            new BenchShape(
                "LSTM,10,4,3,5,2",
                "LSTM",
                10,
                4,
                3,
                5,
                2,
                Directions.FORWARD,
                BenchShape.Lengths.EQUAL));
    assertThat(shapes.get(1).directions()).isEqualTo(Directions.BOTH);
    assertThat(shapes.get(1).lengths()).isEqualTo(BenchShape.Lengths.UNEQUAL);
    assertThat(shapes.get(1).columns()).isEqualTo("GRU,10,4,3,5,2,2,unequal");
  }

  @Test
  void operationsAreCountedOverTheTokensThatThereAre() {
    BenchShape one = read("LSTM,10,4,3,5,2").get(0);
    assertThat(one.work()).isEqualTo(40 * 2.0 * 4 * 5 * (3 + 5 + 5 + 5));
    BenchShape both = read("GRU,10,4,3,5,2,2,unequal").get(0);
    assertThat(both.work()).isEqualTo((10 + 8 + 4 + 2) * 2.0 * 2 * 3 * 5 * (3 + 5 + 10 + 5));
  }

  @Test
  void unequalLengthsAreSpreadFromTheLongestDown() {
    assertThat(BenchShape.Lengths.UNEQUAL.of(10, 4)).containsExactly(10, 8, 4, 2);
    assertThat(BenchShape.Lengths.UNEQUAL.of(1, 3)).containsExactly(1, 1, 1);
    assertThat(BenchShape.Lengths.EQUAL.of(10, 2)).containsExactly(10, 10);
  }

  @Test
  void shardsShareTheSequencesOfAllLengths() {
    FixedSource source = new FixedSource(read("RNN,10,5,3,5,1,1,unequal").get(0));
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Batch batch = source.blank();
      source.fill(0, new Shard(i, 2), batch);
      for (int b = 0; b < batch.packing().sequences(); b++) {
        lengths.add(batch.packing().length(b));
      }
    }
    assertThat(lengths).containsExactly(10, 6, 2, 8, 4);
  }

  @Test
  void resultsRepeatTheColumnsOfTheFile() {
    List<String> lines = new ArrayList<>();
    List<BenchShape> shapes = read("LSTM,3,2,4,5,1,2,unequal\nRNN,1,2,4,5,1,1,equal");
    Bench.run(
        shapes,
        List.of(Bench.Mode.TRAIN),
        new BenchEngine(Bench.Precision.FLOAT32, 0, 1),
        new Timing(1e-3),
        lines::add);
    assertThat(lines).hasSize(2); // one step is not trained
    assertThat(lines.get(0))
        .isEqualTo(
            "engine,mode,threads,cell,T,B,D,H,layers,directions,lengths,microseconds,"
                + "gflops_per_second");
    assertThat(lines.get(1)).matches("elman,train,1,LSTM,3,2,4,5,1,2,unequal,[0-9.]+,[0-9.]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LSTM,10,4,3,5",
        "LSTM,10,4,3,5,1,2",
        "LSTM,10,4,3,5,1,3,equal",
        "LSTM,10,4,3,5,1,2,even",
        "LSTM,10,4,3,5,1,2,equal,1",
        "LSTM,0,4,3,5,1",
        "LSTN,10,4,3,5,1"
      })
  void otherLinesAreRefused(String line) {
    assertThatThrownBy(() -> read("RNN,3,2,4,5,1\n" + line))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("in line 2")
        .hasMessageContaining("'" + line + "'")
        .hasMessageContaining("LSTM,50,32,64,128,1,2,unequal");
  }

  private List<BenchShape> read(String text) {
    try {
      return BenchShape.read(Files.writeString(folder.resolve("shapes.csv"), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
