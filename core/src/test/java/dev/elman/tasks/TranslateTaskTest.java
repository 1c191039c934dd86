package dev.elman.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.elman.batches.Split;
import dev.elman.encoding.Unit;
import dev.elman.generation.BeamSearch;
import dev.elman.generation.Sampler;
import dev.elman.kernels.Threads;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.EncoderDecoder;
import dev.elman.tensor.RandomStream;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A translator learns a task whose answer is known: words backwards, in capitals. */
class TranslateTaskTest {
  private static final TranslateTask TASK = task(TrainedTranslator.Order.FORWARD);

  private static TranslateTask task(TrainedTranslator.Order order) {
    RecurrentStack network = RecurrentStack.DEFAULTS.withHidden(32);
    TranslateTask.Side side = new TranslateTask.Side(Unit.CHARACTER, 8, network);
    return new TranslateTask(
        side,
        side,
        order,
        new EncoderDecoder.Link(
            EncoderDecoder.Context.FIRST_STATE,
            Bridge.Form.DENSE,
            Optional.of(Attention.Score.GENERAL)),
        EncoderDecoder.Training.PLAIN,
        TranslateTask.SHARES,
        16);
  }

  private static TextPairs words() {
    List<String> words = new ArrayList<>();
    List<String> turned = new ArrayList<>();
    for (int i = 4; i < 400; i++) {
      StringBuilder word = new StringBuilder();
      for (int left = i; left > 0; left /= 4) {
        word.append((char) ('a' + left % 4));
      }
      words.add(word.toString());
      turned.add(word.reverse().toString().toUpperCase(Locale.ROOT));
    }
    return new TextPairs("words", List.of("word", "turned"), words, turned);
  }

  @Test
  void itLearnsToTurnWordsAround() {
    TextPairs pairs = words();
    Prepared<TrainedTranslator> prepared = TASK.prepare(pairs, 1);
    TrainedTranslator trained = prepared.trained();
    TrainingPlan plan =
        TrainingPlan.DEFAULTS.withEpochs(25).withOptimizer(TrainingPlan.DEFAULTS.optimizer(), 0.01);
    try (Trainer trainer =
        new Trainer(trained.model(), plan, prepared.training(), prepared.validation(), List.of())) {
      trainer.run();
    }
    Split split = TASK.split(pairs, 1);
    TranslationTest test =
        TranslationTest.of(
            trained,
            Optional.of(pairs.part(split.training())),
            pairs.part(split.test()),
            Threads.ONE);
    assertThat(test.results().get("model, greedy").exact()).isGreaterThan(0.9);
    assertThat(test.symbols()).isGreaterThan(0.95);
    assertThat(test.results().get("copy of the source").exact()).isZero();
    assertThat(test.results().get("most frequent target").errors()).isGreaterThan(0.5);

    Translation translation = new Translator(trained).translate("abcd", BeamSearch.GREEDY).get(0);
    assertThat(translation.text()).isEqualTo("DCBA");
    assertThat(translation.source()).containsExactly("a", "b", "c", "d");
    assertThat(translation.target()).containsExactly("D", "C", "B", "A", Translation.END);
    assertThat(translation.attention()).hasDimensions(5, 4);
    Translation drawn =
        new Translator(trained)
            .draw("abcd", Sampler.PLAIN.atTemperature(0.01), RandomStream.of(1, "sampling"));
    assertThat(drawn.text()).isEqualTo("DCBA");
    assertThat(drawn.logProbability()).isCloseTo(translation.logProbability(), offset(1e-6));
  }

  @Test
  void sourcesReadFromTheirEndAreShownFromTheirStart() {
    TrainedTranslator ahead = TASK.prepare(words(), 1).trained();
    TrainedTranslator back = task(TrainedTranslator.Order.REVERSED).prepare(words(), 1).trained();
    back.model().weights().set(ahead.model().weights().copy());
    Translation one = new Translator(ahead).translate("dcba", BeamSearch.GREEDY).get(0);
    Translation two = new Translator(back).translate("abcd", BeamSearch.GREEDY).get(0);
    assertThat(two.text()).isEqualTo(one.text());
    for (int t = 0; t < one.attention().length; t++) {
      for (int s = 0; s < 4; s++) {
        assertThat(two.attention()[t][s]).isEqualTo(one.attention()[t][3 - s]);
      }
    }
  }

  @Test
  void pairsOfOneSourceStayTogether() {
    TextPairs once = words();
    List<String> sources = new ArrayList<>(once.sources());
    sources.addAll(once.sources());
    List<String> targets = new ArrayList<>(once.targets());
    targets.addAll(once.sources());
    TextPairs twice = new TextPairs("words", once.columns(), sources, targets);
    Split split = TASK.split(twice, 3);
    TreeSet<String> test = new TreeSet<>(twice.part(split.test()).sources());
    assertThat(twice.part(split.training()).sources()).doesNotContainAnyElementsOf(test);
    assertThat(split.test()).hasSize(2 * test.size());
  }
}
