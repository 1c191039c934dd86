package dev.elman.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ClassFloorsTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void mostFrequentClassIsCountedInTheTrainingPart() {
    MostFrequentClass most = MostFrequentClass.of(new int[] {2, 0, 2, 1, 1, 2}, 4);

    assertThat(most).isEqualTo(new MostFrequentClass(2, 0.5));
    assertThat(most.accuracy(new int[] {2, 1, 0, 0})).isEqualTo(0.25);
    assertThat(MostFrequentClass.of(new int[] {3, 1, 1, 3}, 4).label()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MostFrequentClass.of(new int[] {4}, 4))
        .withMessage("labels: expected numbers from 0 to 3, got 4.");
  }

  @Test
  void probabilitiesAreThoseWorkedOutByHand() {
    var classifier =
        CharacterNgramClassifier.trainText(List.of("a", "b", "b"), new int[] {0, 1, 1}, 2);

    // G = 7: a, b, end, start a, start b, a end, b end. 4 n-grams in class 0, 8 in class 1.
    double first = 1 / 3.0 * Math.sqrt(Math.pow(1.1 / 4.7, 4));
    double second = 2 / 3.0 * Math.sqrt(Math.pow(0.1 / 8.7, 3) * 2.1 / 8.7);
    assertThat(classifier.probabilities("a"))
        .containsExactly(new double[] {first / (first + second), second / (first + second)}, EXACT);
    assertThat(classifier.classify("a")).isZero();
    assertThat(classifier.classify("b")).isEqualTo(1);
  }

  @Test
  void sequenceOfUnknownSymbolsLeavesItToTheClassesAndTheLength() {
    var classifier =
        CharacterNgramClassifier.train(
            List.of(new int[] {70}, new int[] {-5}, new int[] {-5}), new int[] {0, 1, 1}, 1);

    // The end alone is known: 1 of 2 n-grams in class 0, 2 of 4 in class 1; G = 3.
    double first = 1 / 3.0 * 1.1 / 2.3;
    double second = 2 / 3.0 * 2.1 / 4.3;
    assertThat(classifier.probabilities(new int[] {8}))
        .containsExactly(new double[] {first / (first + second), second / (first + second)}, EXACT);
  }

  @Test
  void beginningsAndEndingsCount() {
    List<String> names = List.of("xab", "xba", "abx", "bax");
    var classifier = CharacterNgramClassifier.trainText(names, new int[] {0, 0, 1, 1}, 2);

    assertThat(classifier.classify("xq")).isZero();
    assertThat(classifier.classify("qx")).isEqualTo(1);
  }

  @Test
  void classWithoutExamplesIsNeverChosen() {
    var classifier = CharacterNgramClassifier.trainText(List.of("a", "b"), new int[] {0, 2}, 3);

    assertThat(classifier.classes()).isEqualTo(3);
    assertThat(classifier.probabilities("b")[1]).isZero();
    assertThat(Arrays.stream(classifier.probabilities("b")).sum()).isEqualTo(1, EXACT);
  }

  @Test
  void mistakesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CharacterNgramClassifier.trainText(List.of("a"), new int[] {0, 1}, 3))
        .withMessageContaining("got 2 for 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CharacterNgramClassifier.trainText(List.of("a"), new int[] {-1}, 3))
        .withMessage("labels: expected numbers from 0, got -1.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CharacterNgramClassifier.trainText(List.of("a"), new int[] {0}, 0))
        .withMessageContaining("order: expected 1");
  }

  @Test
  void namesAreToldApartFarBetterThanByTheMostFrequentLanguage() {
    List<String> training = new ArrayList<>();
    List<String> testing = new ArrayList<>();
    List<String> rows = PublishedData.rows(PublishedData.example("names.csv"));
    for (int i = 0; i < rows.size(); i++) {
      (i % 10 == 3 ? testing : training).add(rows.get(i));
    }
    List<String> languages = rows.stream().map(ClassFloorsTest::language).distinct().toList();
    int[] labels = training.stream().mapToInt(row -> languages.indexOf(language(row))).toArray();
    var classifier =
        CharacterNgramClassifier.trainText(
            training.stream().map(ClassFloorsTest::name).toList(),
            labels,
            CharacterNgramClassifier.DEFAULT_ORDER);

    long right =
        testing.stream()
            .filter(row -> classifier.classify(name(row)) == languages.indexOf(language(row)))
            .count();

    assertThat((double) right / testing.size()).isEqualTo(0.60, within(0.03));
    assertThat(MostFrequentClass.of(labels, languages.size()).share()).isLessThan(0.1);
  }

  private static String name(String row) {
    return row.substring(0, row.lastIndexOf(','));
  }

  private static String language(String row) {
    return row.substring(row.lastIndexOf(',') + 1);
  }
}
