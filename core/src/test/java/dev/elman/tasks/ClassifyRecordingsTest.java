package dev.elman.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elman.batches.Split;
import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.encoding.Unit;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.tasks.Recordings.Form;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassifyRecordingsTest {
  private static final ClassifyTask TASK =
      new ClassifyTask(
          Unit.CHARACTER, 5, Pooling.MEAN, 0, ClassifyTask.SHARES, 4, RecurrentStack.DEFAULTS);

  private static Table table(String name, String header, String... rows) {
    List<String[]> cells = Arrays.stream(rows).map(row -> row.split(",", -1)).toList();
    List<Integer> lines = IntStream.range(0, rows.length).mapToObj(i -> i + 2).toList();
    return Table.of(name, List.of(header.split(",")), cells, lines);
  }

  /** 60 sequences of 3 inputs and 2 to 6 steps, every second one equal to that before it. */
  private static Labelled pairs() {
    RandomStream random = RandomStream.of(3, "pairs");
    List<float[]> values = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      float[] numbers = new float[3 * (2 + i % 5)];
      for (int j = 0; j < numbers.length; j++) {
        numbers[j] = (float) random.nextDouble() + 50 * (j % 3);
      }
      values.add(numbers);
      values.add(numbers.clone());
    }
    List<String> names = IntStream.range(0, 60).mapToObj(i -> i + ".csv").toList();
    List<String> labels = IntStream.range(0, 60).mapToObj(i -> i % 4 < 2 ? "a" : "b").toList();
    return new Labelled(
        new Recordings("pairs", Form.TABLES, List.of("x", "y", "z"), names, values), "", labels);
  }

  @Test
  void tablesAreReadByTheNamesOfTheirColumns() {
    Map<String, Table> tables = new LinkedHashMap<>();
    tables.put("b/2.csv", table("b/2.csv", "x,note,y", "1,-,2", "3,-,4"));
    tables.put("a/1.csv", table("a/1.csv", "y,x", "6,5", "8,7", "10,9"));
    Recordings recordings =
        Recordings.ofTables("DIR", tables, List.of("x", "y"), MissingPolicy.REFUSE);

    assertThat(recordings.names()).containsExactly("b/2.csv", "a/1.csv");
    assertThat(recordings.values().get(0)).containsExactly(1, 2, 3, 4);
    assertThat(recordings.values().get(1)).containsExactly(5, 6, 7, 8, 9, 10);
    assertThat(recordings.summary())
        .isEqualTo("sequences of numbers: 2, of 2 to 3 steps, 2 inputs (each file is one)");
  }

  @Test
  void rowsMayEndEarly() {
    Table rows = table("r.csv", "t1,t2,t3,kind", "1,2,3,a", "4,,,b", "5,6,NaN,a");
    Recordings recordings = Recordings.ofRows(rows, List.of("t1", "t2", "t3"));

    assertThat(recordings.values().get(1)).containsExactly(4);
    assertThat(recordings.values().get(2)).containsExactly(5, 6);
    assertThat(recordings.summary())
        .isEqualTo("sequences of numbers: 3, of 1 to 3 steps, 1 input (each row is one)");
    assertThatThrownBy(
            () -> Recordings.ofRows(table("r.csv", "t1,t2", "1,2", ","), List.of("t1", "t2")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a number or more in each sequence of r.csv, found none in row 2");
  }

  @Test
  void equalSequencesAreInOnePart() {
    Labelled data = pairs();
    for (int seed = 0; seed < 10; seed++) {
      Prepared<TrainedClassifier> prepared = TASK.prepare(data, seed);
      Split split = TASK.split(data, prepared.trained().labels(), seed);
      List<Set<Integer>> parts = new ArrayList<>();
      for (int[] part : List.of(split.training(), split.validation(), split.test())) {
        Set<Integer> pairs = new HashSet<>();
        Arrays.stream(part).forEach(i -> pairs.add(i / 2));
        assertThat(part).hasSize(2 * pairs.size());
        parts.add(pairs);
      }
      assertThat(parts).allSatisfy(part -> assertThat(part).isNotEmpty());
    }
  }

  @Test
  void keysOfOtherNumbersDiffer() {
    List<float[]> values =
        List.of(
            new float[] {0f, 1},
            new float[] {-0f, 1},
            new float[] {1, 0},
            new float[] {0},
            new float[] {0, 1.0000001f});
    List<String> names = List.of("1", "2", "3", "4", "5");
    List<String> keys = new Recordings("x", Form.ROWS, List.of("a", "b"), names, values).keys();

    assertThat(keys.get(1)).isEqualTo(keys.get(0));
    assertThat(new HashSet<>(keys)).hasSize(4);
  }

  @Test
  void scalerKnowsTheTrainingPartAlone() {
    Labelled data = pairs();
    TrainedClassifier trained = TASK.prepare(data, 1).trained();
    int[] training = TASK.split(data, trained.labels(), 1).training();
    SequenceEncoding.Scaled encoding = (SequenceEncoding.Scaled) trained.encoding();
    List<Values> encoded = encoding.encode(data.part(training).sequences());

    for (int c = 0; c < 3; c++) {
      double sum = 0;
      double squares = 0;
      int rows = 0;
      for (Values values : encoded) {
        float[] numbers = ((Values.Numbers) values).array();
        for (int i = c; i < numbers.length; i += 3) {
          sum += numbers[i];
          squares += numbers[i] * numbers[i];
          rows++;
        }
      }
      assertThat(sum / rows).isCloseTo(0, within(1e-4));
      assertThat(squares / rows).isCloseTo(1, within(1e-4));
      assertThat(encoding.scaler().means().get(c)).isCloseTo(50 * c + 0.5, within(0.1));
    }
    assertThat(trained.model().settings().columns()).isEqualTo(3);
    assertThat(trained.model().settings().symbols()).isZero();
  }
}
