package dev.elman.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Int8RowsTest {

  @Test
  void eachRowHasTheScaleOfItsLargestMagnitude() {
    Int8Rows rows = Int8Rows.round(3, 4, new float[] {127, 2.4f, -3, 0, 0, 0, 0, 0, 1, -254, 7, 3});
    assertThat(rows.scales()).containsExactly(1, 1, 2);
    assertThat(rows.codes()).containsExactly(127, 2, -3, 0, 0, 0, 0, 0, 0, -127, 4, 2);
    assertThat(rows.values()).containsExactly(127, 2, -3, 0, 0, 0, 0, 0, 0, -254, 8, 4);
  }

  @Test
  void halvesGoToTheEvenCode() {
    Int8Rows rows = Int8Rows.round(1, 6, new float[] {127, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f});
    assertThat(rows.codes()).containsExactly(127, 0, 2, 2, 0, -2);
  }

  @Test
  void noNumberMovesByMoreThanHalfAScale() {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[7 * 300];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (Math.pow(10, i / 300) * (random.nextDouble() * 2 - 1) * 1e-3);
    }
    Int8Rows rows = Int8Rows.round(7, 300, values);
    float[] rounded = rows.values();
    for (int i = 0; i < values.length; i++) {
      assertThat(rounded[i]).isEqualTo(values[i], within(0.5001f * rows.scales()[i / 300]));
    }
    assertThat(rows.error(values)).isBetween(0.002, 0.01);
    assertThat(Int8Rows.round(7, 300, rounded).codes()).isEqualTo(rows.codes());
  }

  @Test
  void theErrorIsThatOfTheWorstRow() {
    float[] exact = {127, 0, 127, 0.4f, 0, 0};
    assertThat(Int8Rows.round(3, 2, exact).error(exact))
        .isEqualTo(0.4 / Math.hypot(127, 0.4), within(1e-7));
  }

  @Test
  void tinyNumbersKeepCodesInRange() {
    Int8Rows rows =
        Int8Rows.round(2, 2, new float[] {Float.MIN_VALUE, -Float.MIN_VALUE, 190e-45f, 1e-45f});
    assertThat(rows.values()).containsExactly(0, 0, 127 * Float.MIN_VALUE, Float.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsRefused(float value) {
    assertThatThrownBy(() -> Int8Rows.round(2, 2, new float[] {1, 2, value, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite numbers to round to int8")
        .hasMessageContaining("in row 1");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 0, -1, Float.MAX_VALUE})
  void whatIsNoScaleIsRefused(float scale) {
    assertThatThrownBy(() -> new Int8Rows(2, 1, new byte[2], new float[] {1, scale}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected finite scales above 0, got " + scale + " for row 1.");
  }

  @Test
  void countsMustFitTheShape() {
    assertThatThrownBy(() -> new Int8Rows(2, 3, new byte[5], new float[2]))
        .hasMessage("Expected 2·3 codes and 2 scales, got 5 and 2.");
    assertThatThrownBy(() -> new Int8Rows(2, 3, new byte[6], new float[3]))
        .hasMessage("Expected 2·3 codes and 2 scales, got 6 and 3.");
  }

  @Test
  void aRoundedWeightStaysAsItIs() {
    Weight weight = new Weight("rnn.weight_hh_l0", 2, 3);
    Int8Rows rows = Int8Rows.round(2, 3, new float[] {127, 1, 2, 254, 3.9f, 5});
    long version = weight.version();
    weight.set(rows);
    assertThat(weight.int8()).isSameAs(rows);
    assertThat(weight.values()).containsExactly(127, 1, 2, 254, 4, 4);
    assertThat(weight.version()).isGreaterThan(version);
    assertThatThrownBy(() -> weight.set(new float[6]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("(?s)Expected .+, found .+\nLikely cause: .+\nCure: .+\\.")
        .hasMessageContaining("found rnn.weight_hh_l0 [2, 3] as int8");
    assertThat(weight.values()).containsExactly(127, 1, 2, 254, 4, 4);
  }

  @Test
  void onlyAMatrixOfTheSameShapeCanBeRounded() {
    Int8Rows rows = Int8Rows.round(3, 2, new float[6]);
    assertThatThrownBy(() -> new Weight("w", 2, 3).set(rows))
        .hasMessage("w [2, 3]: expected a matrix of that shape, got int8 [3, 2].");
    assertThatThrownBy(() -> new Weight("b", 6).set(Int8Rows.round(1, 6, new float[6])))
        .hasMessageStartingWith("b [6]: expected a matrix");
  }
}
