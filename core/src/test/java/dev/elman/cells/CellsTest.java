package dev.elman.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of cells, with and without modifiers. */
class CellsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm",
        "rnn-sigmoid",
        "lstm+peepholes+coupled+layer-norm+projection=3",
        "gru+reset-before+update-replaces",
        "gru+update-only",
        "rnn+leaky=0.9",
        "rnn+leaky=sampled+zoneout=0.1",
        "lstm+zoneout=0.1+leaky=learned+dropout=0.25+deep=7+time=3",
        "gru+time=3+step-dropout=0.5"
      })
  void aNameIsThatOfItsCell(String name) {
    assertThat(Cells.named(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "lstm+layer-norm+projection=3+peepholes, lstm+peepholes+layer-norm+projection=3",
    "gru+update-replaces+reset-before, gru+reset-before+update-replaces",
    "gru+zoneout=.10, gru+zoneout=0.1"
  })
  void modifiersOfTheCellItselfMayStandInAnyOrder(String name, String canonical) {
    assertThat(Cells.named(name).name()).isEqualTo(canonical);
  }

  @Test
  void modifiersAroundACellApplyInTheirOrder() {
    assertThat(Cells.named("rnn+leaky=0.9+zoneout=0.1")).isInstanceOf(Zoneout.class);
    assertThat(Cells.named("rnn+zoneout=0.1+leaky=0.9")).isInstanceOf(Leaky.class);
  }

  @Test
  void widthsAreThoseOfTheState() {
    assertThat(Cells.named("lstm+projection=3+time=2").widths(8)).containsExactly(3, 8, 1);
    assertThat(Cells.named("lstm+projection=3+time=2").outputs(8)).isEqualTo(3);
    assertThat(Cells.named("gru+update-only").outputs(8)).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lsmt | Expected one of lstm, gru, rnn, rnn-relu, rnn-sigmoid as a cell, found 'lsmt'.",
        "lsmt | Cure: did you mean 'lstm'?",
        "'' | found ''.",
        "lstm+ | found ''.",
        "lstm+peephole | Expected one of peepholes, coupled, layer-norm, projection=P, leaky=A,",
        "lstm+peephole | Cure: did you mean 'peepholes'?",
        "lstm+zoneot=0.1 | Cure: did you mean 'zoneout'?",
        "gru+peepholes | Expected a modifier that 'gru' can have, found 'peepholes', which is for"
            + " lstm.",
        "gru+peepholes | Cure: choose one of update-only, reset-before, update-replaces, leaky=A,",
        "rnn+zoneout=0.1+peepholes | which is for lstm.",
        "lstm+zoneout=0.1+peepholes | Cure: write lstm+peepholes+zoneout=0.1.",
        "lstm+peepholes=3 | Cure: write peepholes.",
        "lstm+projection | Cure: write it as in projection=32.",
        "lstm+projection=0 | Expected a whole number of at least 1 after the =",
        "lstm+projection=x | found 'projection=x'.",
        "lstm+peepholes+peepholes | Cure: leave one of them away.",
        "lstm+projection=2+projection=3 | Cure: leave one of them away.",
        "gru+zoneout=0.1+zoneout=0.2 | Cure: leave one of them away.",
        "gru+update-only+reset-before | Cure: leave one of them away.",
        "gru+reset-before+update-only | Cure: leave one of them away.",
        "gru+dropout=0.1+step-dropout=0.1 | Take one of the two away.",
        "rnn+leaky=2 | leaky: expected the share of the old output that is kept, above 0 and below"
            + " 1",
        "rnn+leaky=2 | Try 0.9",
        "rnn+leaky=lerned | Expected a number between 0 and 1, or sampled, or learned",
        "rnn+zoneout=1 | zoneout: expected the share of units kept, from 0 to below 1, got 1.0.",
        "rnn+zoneout=NaN | got NaN.",
        "rnn+dropout=-0.1 | dropout: expected the share of units to drop, from 0 to below 1",
        "rnn+step-dropout=10 | step-dropout: expected the share of units to drop",
        "rnn+deep=0 | Cure: write it as in deep=32.",
        "rnn+time=99 | time: expected at most 15 ramps, got 99.",
        "rnn+time=3+zoneout=0.1 | Write zoneout before time: rnn+zoneout=0.1+time=3."
      })
  void whatCannotBeIsRefused(String name, String message) {
    assertThatThrownBy(() -> Cells.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aProjectionMustBeNarrowerThanTheUnits() {
    assertThatThrownBy(() -> Cells.named("lstm+projection=8").widths(8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "projection: expected fewer outputs than the 8 units, got 8. Take more units"
                + " (--hidden), or leave the projection away.");
  }
}
