package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.batches.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceEndingsTest {
  @Test
  void sequencesAreShortOrLongAndMostlyGoUp() {
    List<Values> drawn = SequenceEndings.drawn(2000, 1);
    double mean = drawn.stream().mapToInt(Values::rows).average().orElse(0);
    assertThat(mean).isCloseTo((9 * 5 + 16 * 15) / 25.0, offset(0.4));
    assertThat(drawn).allMatch(s -> s.rows() >= 3 && s.rows() <= 7 || s.rows() >= 12);
    assertThat(SequenceEndings.logProbability(Values.Codes.of(0, 1, 2)))
        .isCloseTo(Math.log(1 / 25.0) + Math.log(0.25) + 2 * Math.log(0.85), offset(1e-12));
    assertThat(SequenceEndings.logProbability(Values.Codes.of(0, 0, 2)))
        .isCloseTo(Math.log(1 / 25.0) + Math.log(0.25) + 2 * Math.log(0.05), offset(1e-12));
  }

  @Test
  void threeEndingsStandBesideTheTruth() {
    TextStage stage = new TextStage();
    String options = "--sequences 200 --draws 100 --hidden 8 --epochs 2";
    TextStage.run(new SequenceEndings(), stage, options);
    assertThat(stage.text())
        .contains("length true end symbol stop output length first")
        .containsPattern("(?m)^15 0\\.1600 \\d\\.\\d{4} \\d\\.\\d{4} \\d\\.\\d{4}$")
        .containsPattern("(?m)^true distribution \\d+\\.\\d{3} 0\\.\\d{4}$")
        .containsPattern("(?m)^length first \\d+\\.\\d{3} 0\\.\\d{4}$");
  }
}
