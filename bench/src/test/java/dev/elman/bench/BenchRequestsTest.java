package dev.elman.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every request is answered by one line, a wrong one by an error and the end. */
final class BenchRequestsTest {
  private final List<String> answers = new ArrayList<>();

  @Test
  void aShapeIsPreparedAndRunAsOftenAsAsked() {
    assertThat(answer("prepare train LSTM,3,2,4,5,1", "go", "go")).isTrue();
    assertThat(answers).hasSize(4).startsWith("elman", "ready " + 3 * (3 * 2 * 2 * 4 * 5 * 9));
    assertThat(answers.subList(2, 4)).allMatch(answer -> Double.parseDouble(answer) > 0);
  }

  @Test
  void theShapeBeforeIsDropped() throws InterruptedException {
    assertThat(
            answer(
                "prepare infer GRU,1,9,4,5,1,2,unequal", "go", "prepare infer RNN,3,2,4,5,1", "go"))
        .isTrue();
    assertThat(answers.get(1)).isEqualTo("ready " + 9 * 2 * 2 * 3 * 5 * 9);
    assertThat(answers.get(3)).isEqualTo("ready " + 3 * 2 * 2 * 5 * 9);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("elman")) {
        thread.join(2000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void oneStepIsNotTrained() {
    assertThat(answer("prepare train LSTM,1,2,4,5,1", "prepare infer LSTM,1,2,4,5,1")).isTrue();
    assertThat(answers).containsExactly("elman", "none", "ready " + 2 * 2 * 4 * 5 * 9);
  }

  @Test
  void roundedWeightsAreNotTrained() {
    assertThat(
            answer(
                Bench.Precision.INT8, "prepare train LSTM,3,2,4,5,1\nprepare infer LSTM,3,2,4,5,1"))
        .isTrue();
    assertThat(answers).containsExactly("elman-int8", "none", "ready " + 3 * 2 * 2 * 4 * 5 * 9);
  }

  @Test
  void wholeModelsAreTrainedAndCountedInTokens() {
    assertThat(
            answer(
                "prepare language GRU,3,2,11,5,2",
                "go",
                "go",
                "prepare language GRU,3,2,11,5,2,2,equal",
                "prepare classify GRU,3,2,11,5,2",
                "prepare classify LSTM,4,3,7,5,1,2,unequal",
                "go"))
        .isTrue();
    assertThat(answers.get(1)).isEqualTo("ready " + 3 * 2);
    assertThat(answers.subList(4, 6)).containsExactly("none", "none");
    assertThat(answers.get(6)).isEqualTo("ready " + (4 + 2 + 4));
    assertThat(List.of(answers.get(2), answers.get(3), answers.get(7)))
        .allMatch(answer -> Double.parseDouble(answer) > 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          go                                            | found 'go'
          stop                                          | found 'stop'
          prepare LSTM,3,2,4,5,1                        | found 'prepare LSTM,3,2,4,5,1'
          prepare learn LSTM,3,2,4,5,1                  | infer, train, language or classify, found 'learn'
          prepare infer LSTM,3,2,4,5                    | in a request, found 'LSTM,3,2,4,5'
          prepare train LSTM,1,2,4,5,1 & go             | found 'go'
          prepare infer RNN,3,2,4,5,1 & go RNN          | found 'go RNN'
          """)
  void anotherRequestIsTheLast(String requests, String says) {
    assertThat(answer((requests + " & go").split(" & "))).isFalse();
    assertThat(answers.get(answers.size() - 1))
        .startsWith("error Expected ")
        .contains(says)
        .doesNotContain("\n");
  }

  private boolean answer(String... requests) {
    return answer(Bench.Precision.FLOAT32, String.join("\n", requests));
  }

  private boolean answer(Bench.Precision precision, String requests) {
    return new BenchRequests(new BenchEngine(precision, 0, 2), new Timing(1e-3))
        .answer(new BufferedReader(new StringReader(requests)), answers::add);
  }
}
