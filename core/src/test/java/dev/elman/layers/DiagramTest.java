package dev.elman.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.cells.Cells;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What layers say of themselves. */
final class DiagramTest {
  private static final Recurrent.Name AHEAD = new Recurrent.Name("rnn.", "_l0");
  private static final Recurrent.Name BACK = new Recurrent.Name("rnn.", "_l0_reverse");

  private static Recurrent lstm(Recurrent.Name name) {
    return new Recurrent(name, Cells.named("lstm"), 3, 5, Initialisation.PYTORCH, 1);
  }

  @Test
  void recurrenceIsOneWireWithDelay() {
    Diagram diagram = new Diagram();
    Recurrent lstm = lstm(AHEAD);
    Diagram.Wire h = lstm.describe(diagram, diagram.input("x", 3));
    assertThat(h.columns()).isEqualTo(5);
    assertThat(diagram.boxes().get(1).name()).isEqualTo("lstm");
    assertThat(diagram.boxes().get(1).shape()).isEqualTo("3 → 5");
    assertThat(diagram.edges())
        .containsExactly(
            new Diagram.Edge(0, 1, Diagram.Way.STEP, 0, ""),
            new Diagram.Edge(1, 1, Diagram.Way.STEP, 1, "h, c"));
  }

  @ParameterizedTest
  @CsvSource({
    "gru, h",
    "'lstm+zoneout=0.1', 'h, c'",
    "'lstm+projection=3', 'h, c'",
    "gru+time=4, 'h, t'",
    "lstm+time=2, 'h, c, t'"
  })
  void recurrenceCarriesTheLettersOfTheState(String cell, String letters) {
    Diagram diagram = new Diagram();
    new Recurrent(AHEAD, Cells.named(cell), 3, 5, Initialisation.PYTORCH, 1)
        .describe(diagram, diagram.input("x", 3));
    assertThat(diagram.edges().get(1).label()).isEqualTo(letters);
  }

  @Test
  void backwardHalfRunsAgainstTime() {
    Diagram diagram = new Diagram();
    new Bidirectional(lstm(AHEAD), lstm(BACK)).describe(diagram, diagram.input("x", 3));
    assertThat(diagram.edges())
        .filteredOn(edge -> edge.delay() != 0)
        .extracting(Diagram.Edge::delay)
        .containsExactly(1, -1);
    assertThat(diagram.boxes()).extracting(Diagram.Box::columns).containsExactly(3, 5, 5, 10);
  }

  @Test
  void poolingLeavesTheSequence() {
    Diagram diagram = new Diagram();
    Diagram.Wire x = diagram.input("x", 3);
    Diagram.Wire pooled = Pooling.MEAN.describe(diagram, x, RecurrentStack.Directions.FORWARD);
    assertThat(diagram.isSequence(x)).isTrue();
    assertThat(diagram.isSequence(pooled)).isFalse();
    assertThat(diagram.edges()).containsExactly(new Diagram.Edge(0, 1, Diagram.Way.ALL, 0, ""));
  }

  @Test
  void anotherSequenceGoesInWithAllItsSteps() {
    Diagram diagram = new Diagram();
    Diagram.Wire source = diagram.input("source", 3);
    Diagram.Wire target = diagram.input("target", 2);
    diagram.merge("+", 2, target, source);
    assertThat(diagram.edges())
        .extracting(Diagram.Edge::way)
        .containsExactly(Diagram.Way.STEP, Diagram.Way.ALL);
  }

  @Test
  void modelCountsAllItsParameters() {
    RecurrentStack network =
        RecurrentStack.DEFAULTS.withCell("gru").withHidden(6).withLayers(2).withDropout(0.5);
    Model model =
        new LanguageModel(
            new LanguageModel.Settings(9, 4, LanguageModel.Output.OWN, 0, network), 1);
    Diagram diagram = new Diagram();
    model.describe(diagram);
    assertThat(diagram.boxes().stream().mapToLong(Diagram.Box::parameters).sum())
        .isEqualTo(model.weights().parameters());
    assertThat(diagram.boxes())
        .extracting(Diagram.Box::name)
        .isEqualTo(
            List.of(
                "symbol",
                "embedding",
                "dropout 0.5",
                "gru",
                "dropout 0.5",
                "gru",
                "dropout 0.5",
                "dense",
                "logits of the next symbol"));
  }
}
