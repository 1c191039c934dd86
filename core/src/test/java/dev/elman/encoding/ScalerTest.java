package dev.elman.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elman.data.DataException;
import dev.elman.tensor.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalerTest {

  private static final List<String> NAMES = List.of("temperature", "wind");

  @Test
  void fitsTheMeanAndThePopulationDeviation() {
    Scaler scaler =
        Scaler.fit(
            NAMES,
            List.of(new float[] {2, 4, 4, 4, 5, 5, 7, 9}, new float[] {1, 3, 1, 3, 1, 3, 1, 3}),
            8);
    assertThat(scaler.means()).containsExactly(5.0, 2.0);
    assertThat(scaler.deviations()).containsExactly(2.0, 1.0);
  }

  @Test
  void looksAtTheTrainingRowsAlone() {
    float[] seen = {1, 2, 3, 4};
    float[] later = {1, 2, 3, 4, 1e9f, -7};
    assertThat(Scaler.fit(List.of("wind"), List.of(later), 4))
        .isEqualTo(Scaler.fit(List.of("wind"), List.of(seen), 4));
  }

  @Test
  void scaledTrainingRowsHaveMeanZeroAndDeviationOne() {
    int rows = 301;
    RandomStream random = RandomStream.of(4, "data");
    float[] temperature = new float[rows];
    float[] wind = new float[rows];
    for (int i = 0; i < rows; i++) {
      temperature[i] = random.uniform(280, 310);
      wind[i] = random.uniform(-3, 40);
    }
    float[] scaled =
        Scaler.fit(NAMES, List.of(temperature, wind), rows).rows(List.of(temperature, wind));
    for (int c = 0; c < 2; c++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < rows; i++) {
        sum += scaled[i * 2 + c];
        squares += scaled[i * 2 + c] * (double) scaled[i * 2 + c];
      }
      assertThat(sum / rows).isCloseTo(0, within(1e-6));
      assertThat(squares / rows).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void goesBothWays() {
    Scaler scaler = new Scaler(List.of(10.0, -3.0), List.of(2.0, 0.5));
    assertThat(scaler.scale(0, 13)).isEqualTo(1.5f);
    assertThat(scaler.scale(1, -4)).isEqualTo(-2f);
    assertThat(scaler.unscale(0, 1.5f)).isEqualTo(13f);
    assertThat(scaler.unscale(1, -2f)).isEqualTo(-4f);
  }

  @Test
  void rowsStandSideBySide() {
    Scaler scaler = new Scaler(List.of(0.0, 1.0), List.of(1.0, 2.0));
    assertThat(scaler.rows(List.of(new float[] {1, 2, 3}, new float[] {5, 7, 9})))
        .containsExactly(1, 2, 2, 3, 3, 4);
  }

  @Test
  void manyRowsFarFromZeroKeepTheirDeviation() {
    float[] pressure = new float[1_000_000];
    for (int i = 0; i < pressure.length; i++) {
      pressure[i] = i % 2 == 0 ? 101_325 : 101_326;
    }
    Scaler scaler = Scaler.fit(List.of("pressure"), List.of(pressure), pressure.length);
    assertThat(scaler.means().get(0)).isCloseTo(101_325.5, within(1e-6));
    assertThat(scaler.deviations().get(0)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void refusesAColumnThatIsConstantInTheTrainingPart() {
    assertThatThrownBy(
            () -> Scaler.fit(NAMES, List.of(new float[] {1, 2, 3}, new float[] {4, 4, 9}), 2))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            Expected numbers that vary in column 'wind', \
            found the same number, 4.0, in all 2 rows to be learned from.
            Likely cause: the column is a constant, or changes only later on.
            Cure: leave the column out (a forecaster's with --inputs), or train on more rows.\
            """);
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(
            () -> Scaler.fit(List.of("wind"), List.of(new float[] {1, 2, Float.NaN, 3}), 4))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            Expected numbers in column 'wind', found NaN in row 3.
            Likely cause: a gap in the data, or a sum or quotient that went wrong before.
            Cure: drop the row, or fill the gap.\
            """);
  }

  @Test
  void refusesMoreRowsThanThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scaler.fit(List.of("wind"), List.of(new float[] {1, 2}), 3))
        .withMessage("Scaler: expected 1 to 2 rows to fit column 'wind' on, got 3.");
  }

  @Test
  void refusesContentThatCannotScale() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scaler(List.of(1.0, 2.0), List.of(1.0)))
        .withMessage("Scaler: expected a deviation for each of 2 means, got 1.");
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Scaler(List.of(1.0, 2.0), List.of(1.0, wrong)))
          .withMessage(
              "Scaler: expected a number as mean and one above 0 as deviation of column 1, got"
                  + " 2.0 and "
                  + wrong
                  + ".");
    }
  }

  @Test
  void refusesOtherColumnsThanItWasFittedOn() {
    Scaler scaler = new Scaler(List.of(0.0, 1.0), List.of(1.0, 2.0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scaler.rows(List.of(new float[] {1})))
        .withMessage(
            "Scaler: expected [N, 2], got [N, 1]. Give the columns that it was fitted on.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scaler.rows(List.of(new float[] {1, 2}, new float[] {1})))
        .withMessage("Scaler: expected [2], got [1]. All columns need the same number of rows.");
  }
}
