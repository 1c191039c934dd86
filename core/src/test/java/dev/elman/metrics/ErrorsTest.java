package dev.elman.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ErrorsTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void errorsAreThoseWorkedOutByHand() {
    Errors errors = new Errors(2);
    float[] series = {0, 10, 20, 40};
    errors.add(series, 1, new float[] {11, 17});
    errors.add(series, 2, new float[] {24, 39});
    errors.add(0, 5, 2);

    Errors.Summary first = errors.step(0); // errors 1, 4, -3
    assertThat(first.count()).isEqualTo(3);
    assertThat(first.mae()).isEqualTo(8 / 3.0, EXACT);
    assertThat(first.rmse()).isEqualTo(Math.sqrt(26 / 3.0), EXACT);
    assertThat(first.bias()).isEqualTo(2 / 3.0, EXACT);
    assertThat(errors.step(1)) // errors -3, -1
        .isEqualTo(new Errors.Summary(2, 2, Math.sqrt(5), -2));
    assertThat(errors.overall())
        .isEqualTo(new Errors.Summary(5, 12 / 5.0, Math.sqrt(36 / 5.0), -2 / 5.0));
    assertThat(first.scaled(16)).isEqualTo(1 / 6.0, EXACT);
  }

  @Test
  void scaleIsTheErrorOfRepeatingTheSeasonBefore() {
    float[] training = {1, 2, 4, 8, 16};
    assertThat(Errors.scale(training, 1)).isEqualTo(15 / 4.0);
    assertThat(Errors.scale(training, 2)).isEqualTo((3 + 6 + 12) / 3.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Errors.scale(training, 5))
        .withMessageContaining("expected a length from 1 to 4");
  }

  @Test
  void missingValueShowsInTheFigures() {
    Errors errors = new Errors(1);
    assertThat(errors.overall().mae()).isNaN();
    errors.add(0, Double.NaN, 1);
    errors.add(0, 1, 1);
    assertThat(errors.overall().rmse()).isNaN();
  }

  @Test
  void forecastOfAnotherLengthIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Errors(2).add(new float[5], 4, new float[2]))
        .withMessage("Errors: expected 2 steps within 5 values, got 2 from 4.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Errors(2).add(new float[5], 0, new float[3]))
        .withMessageContaining("got 3 from 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Errors(0))
        .withMessage("horizon: expected at least 1 step, got 0.");
  }

  @Test
  void quantileErrorsAreThoseWorkedOutByHand() {
    QuantileErrors errors = new QuantileErrors(List.of(0.1, 0.5, 0.75));
    float[] forecasts = {99, 2, 4, 6, 1, 5, 9, 3, 4, 5};
    errors.add(5, forecasts, 1);
    errors.add(10, forecasts, 4);
    errors.add(3, forecasts, 7);

    // Truth less quantile: 3, 1, -1; 9, 5, 1; 0, -1, -2.
    assertThat(errors.quantiles())
        .usingRecursiveFieldByFieldElementComparator(
            RecursiveComparisonConfiguration.builder()
                .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-12, Double.class)
                .build())
        .containsExactly(
            new QuantileErrors.Quantile(0.1, (0.3 + 0.9 + 0) / 3, 1 / 3.0),
            new QuantileErrors.Quantile(0.5, (0.5 + 2.5 + 0.5) / 3, 1 / 3.0),
            new QuantileErrors.Quantile(0.75, (0.25 + 0.75 + 0.5) / 3, 2 / 3.0));
    assertThat(errors.pinball()).isEqualTo((1.2 + 3.5 + 1.5) / 9, EXACT);
    assertThat(errors.interval()).isEqualTo(new QuantileErrors.Interval(0.65, 2 / 3.0, 14 / 3.0));
    assertThat(errors.count()).isEqualTo(3);
  }

  @Test
  void quantilesMustRise() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new QuantileErrors(List.of(0.5, 0.1)))
        .withMessageContaining("rising numbers between 0 and 1, got [0.5, 0.1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new QuantileErrors(List.of()))
        .withMessageContaining("expected at least one");
  }
}
