package dev.elman.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.generation.BeamSearch;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.EncoderDecoder.Context;
import dev.elman.models.ScheduledSampling;
import dev.elman.tasks.TrainedTranslator;
import dev.elman.tasks.Translation;
import dev.elman.tasks.Translator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A translator that was saved and read again says the same. */
class SavedTranslatorTest {
  private static final Vocabulary READ = Vocabulary.open(Unit.CHARACTER, List.of("hallo welt"));
  private static final Vocabulary WRITTEN =
      Vocabulary.frequent(Unit.WORD, "HH EH L OW HH EH L OW W ER W ER", 20, 1);

  @TempDir Path folder;

  private static TrainedTranslator translator(
      Context context, Optional<Attention.Score> attention, TrainedTranslator.Order order) {
    RecurrentStack reader =
        RecurrentStack.DEFAULTS
            .withHidden(4)
            .withCell("gru")
            .withDirections(RecurrentStack.Directions.BOTH);
    EncoderDecoder.Settings settings =
        new EncoderDecoder.Settings(
            new EncoderDecoder.Side(READ.size(), 0, reader),
            new EncoderDecoder.Side(WRITTEN.size() + 1, 3, RecurrentStack.DEFAULTS.withHidden(8)),
            new EncoderDecoder.Link(context, Bridge.Form.DENSE, attention),
            Decoder.Feedback.PREVIOUS_SYMBOL,
            new EncoderDecoder.Training(
                new ScheduledSampling(ScheduledSampling.Curve.INVERSE_SIGMOID, 0.3), 0.1));
    return new TrainedTranslator(
        new EncoderDecoder(settings, 3),
        new TrainedTranslator.Side(READ, "word"),
        new TrainedTranslator.Side(WRITTEN, "sounds"),
        order,
        1.75);
  }

  private void check(TrainedTranslator trained) {
    new SavedModel(trained, Map.of()).write(folder);
    TrainedTranslator read = (TrainedTranslator) SavedModel.read(folder).trained();
    assertThat(read.model().settings()).isEqualTo(trained.model().settings());
    assertThat(read.order()).isEqualTo(trained.order());
    assertThat(read.longest()).isEqualTo(trained.longest());
    assertThat(read.source().column()).isEqualTo("word");
    BeamSearch beam = new BeamSearch(4, 0.6, 3);
    List<Translation> expected = new Translator(trained).translate("hello", beam);
    List<Translation> found = new Translator(read).translate("hello", beam);
    for (int i = 0; i < 3; i++) {
      assertThat(found.get(i).text()).isEqualTo(expected.get(i).text());
      assertThat(found.get(i).logProbability()).isEqualTo(expected.get(i).logProbability());
      assertThat(found.get(i).attention()).isEqualTo(expected.get(i).attention());
    }
  }

  @ParameterizedTest
  @EnumSource
  void itSaysTheSameWithEachAttention(Attention.Score score) {
    check(translator(Context.FIRST_STATE, Optional.of(score), TrainedTranslator.Order.FORWARD));
  }

  @ParameterizedTest
  @EnumSource(names = {"FIRST_STATE", "EACH_STEP", "BOTH"})
  void itSaysTheSameWithEachContext(Context context) {
    check(translator(context, Optional.empty(), TrainedTranslator.Order.REVERSED));
  }
}
