package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.checkpoints.SavedModel;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.layers.RecurrentStack;
import dev.elman.losses.Bernoulli;
import dev.elman.losses.Categorical;
import dev.elman.losses.Distribution;
import dev.elman.models.Ending;
import dev.elman.models.LanguageModel;
import dev.elman.models.SequenceModel;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.tasks.TrainedSequenceModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as distributions on the command line: drawing a sequence, measuring a text. */
class SequenceCommandsTest {
  private static final RecurrentStack NETWORK = RecurrentStack.DEFAULTS;

  @TempDir Path folder;

  private void save(Distribution rows, Ending ending, int context, String... names) {
    int embedding = rows instanceof Categorical ? 3 : 0;
    SequenceModel.Settings settings =
        new SequenceModel.Settings(rows, embedding, ending, 0, context, NETWORK);
    SequenceModel model = new SequenceModel(settings, 1);
    new SavedModel(new TrainedSequenceModel(model, List.of(names)), Map.of()).write(folder);
  }

  @Test
  void aSequenceIsDrawnRowByRow() {
    save(new Bernoulli(3), new Ending.Given(), 0, "C4", "E4", "G4");
    CommandRun run = CommandRun.in(folder, "generate DIR --length 5 --seed 3");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().split("\n", -1)).hasSize(6);
    assertThat(run.out()).matches("(?s)[CEG4 \n]+");
    assertThat(CommandRun.in(folder, "generate DIR --length 5 --seed 3").out())
        .isEqualTo(run.out());
    assertThat(CommandRun.in(folder, "generate DIR --top-k 3").err())
        .contains("Expected --length, --temperature and --seed with a model of sequences");
    assertThat(CommandRun.in(folder, "inspect DIR").out()).contains("Bernoulli of 3");
    assertThat(CommandRun.in(folder, "evaluate DIR --data DIR").err())
        .contains("found a sequence-model");
  }

  @Test
  void aModelWithAContextIsForJava() {
    save(new Categorical(2), new Ending.Symbol(), 4, "a", "b");
    assertThat(CommandRun.in(folder, "generate DIR").err())
        .contains("Expected a model without a context")
        .contains("found one that is given 4 numbers beside a sequence");
  }

  @Test
  void aTextIsMeasuredSymbolBySymbol() {
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(4, 3, LanguageModel.Output.OWN, 0, NETWORK), 1);
    model.weights().forEach(weight -> weight.set(new float[weight.size()]));
    new SavedModel(new TrainedLanguageModel(model, Vocabulary.of(Unit.CHARACTER, "abc ")), Map.of())
        .write(folder);
    CommandRun run = CommandRun.of("evaluate", folder.toString(), "--text", "a cab");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("' '", "-1.3863", "0.2500")
        .endsWith(
            "log P = -5.545177 nats after the first char, -1.3863 nats (-2.0000 bits)"
                + " each.\n");
    assertThat(CommandRun.of("evaluate", folder.toString(), "--text", "a").err())
        .contains("a text of at least two symbols as --text");
    assertThat(CommandRun.of("evaluate", folder.toString()).err()).contains("--data", "--text");
  }
}
