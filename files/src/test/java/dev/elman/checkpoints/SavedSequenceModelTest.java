package dev.elman.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.layers.RecurrentStack;
import dev.elman.losses.Bernoulli;
import dev.elman.losses.Categorical;
import dev.elman.losses.Distribution;
import dev.elman.losses.Gaussian;
import dev.elman.losses.GaussianMixture;
import dev.elman.models.Ending;
import dev.elman.models.SequenceModel;
import dev.elman.tasks.TrainedSequenceModel;
import dev.elman.tensor.RandomStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of sequences are read as they were saved. */
class SavedSequenceModelTest {
  @TempDir Path folder;

  static List<SequenceModel.Settings> settings() {
    return List.of(
        settings(new Categorical(3), new Ending.Symbol(), 0, 0),
        settings(new Categorical(3), new Ending.Length(7), 7, 2),
        settings(new Bernoulli(4), new Ending.Stop(), 0, 0),
        settings(new Gaussian(2), new Ending.Given(), 5, 0),
        settings(new GaussianMixture(2, 3), new Ending.Stop(), 0, 1));
  }

  private static SequenceModel.Settings settings(
      Distribution rows, Ending ending, int clock, int context) {
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell("gru").withHidden(5);
    int embedding = rows instanceof Categorical ? 3 : 0;
    return new SequenceModel.Settings(rows, embedding, ending, clock, context, recurrent);
  }

  private static TrainedSequenceModel trained(SequenceModel.Settings settings) {
    int count = TrainedSequenceModel.names(settings.rows());
    List<String> names = IntStream.range(0, count).mapToObj(i -> "name " + i).toList();
    return new TrainedSequenceModel(new SequenceModel(settings, 7), names);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theSameSettingsNamesAndProbabilities(SequenceModel.Settings settings) {
    TrainedSequenceModel trained = trained(settings);
    new SavedModel(trained, Map.of("seed", 7)).write(folder);
    TrainedSequenceModel read = (TrainedSequenceModel) SavedModel.read(folder).trained();
    assertThat(read.model().settings()).isEqualTo(settings);
    assertThat(read.names()).isEqualTo(trained.names());
    float[] context = new float[settings.context()];
    Values drawn = trained.model().sample(RandomStream.of(1, "draw"), 1, 6, context);
    assertThat(read.model().logProbabilities(drawn, context))
        .containsExactly(trained.model().logProbabilities(drawn, context));
  }

  @Test
  void anUnknownDistributionAndAClaimedSizeAreRefused() {
    new SavedModel(trained(settings().get(4)), Map.of()).write(folder);
    Map<String, Object> rows = Map.of("distribution", "poisson");
    refuses("rows", rows, "a known name as 'distribution' in " + folder + ".rows", "'poisson'");
    rows = Map.of("distribution", "gaussian-mixture", "components", 1_000_000_000);
    refuses("rows", rows, "as 'components' in ", "1000000000");
    refuses("ending", Map.of("kind", "length", "longest", 1_000_000_000), "as 'longest' in ");
    refuses("context", 1_000_000_000, "as 'context' in ");
  }

  private void refuses(String field, Object value, String... parts) {
    ModelFolder.Content content = ModelFolder.read(folder, ModelFolder.WEIGHTS);
    Map<String, Object> description = new LinkedHashMap<>(content.description());
    description.put(field, value);
    ModelFolder.write(folder.resolve("other"), description, content.files());
    assertThatThrownBy(() -> SavedModel.read(folder.resolve("other")))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            List.of(parts).stream()
                .map(part -> part.replace(folder.toString(), folder.resolve("other").toString()))
                .toArray(String[]::new));
  }

  @Test
  void sequencesInWords() {
    TrainedSequenceModel symbols = trained(settings().get(0));
    assertThat(symbols.inWords(Values.Codes.of(2, 0))).containsExactly("name 2", "name 0");
    TrainedSequenceModel keys = trained(settings().get(2));
    assertThat(keys.inWords(Values.Numbers.of(4, 1, 0, 0, 1, 0, 0, 0, 0)))
        .containsExactly("name 0 name 3", "");
    TrainedSequenceModel numbers = trained(settings().get(3));
    assertThat(numbers.inWords(Values.Numbers.of(2, 0.5f, -20))).containsExactly("0.5000,-20.00");
    assertThatThrownBy(() -> new TrainedSequenceModel(numbers.model(), List.of("one")))
        .hasMessage("Names: expected 2, one for each symbol or column of Gaussian of 2, got 1.");
  }
}
