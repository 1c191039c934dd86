package dev.elman.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.data.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {

  private final Labels labels = Labels.of("a.csv", List.of("spam", "ham", "spam", "eggs"));

  @Test
  void areSortedAndOnceEach() {
    assertThat(labels.names()).containsExactly("eggs", "ham", "spam");
    assertThat(labels.size()).isEqualTo(3);
  }

  @Test
  void goBothWays() {
    assertThat(labels.encode("b.csv", List.of("spam", "eggs"))).containsExactly(2, 0);
    assertThat(labels.name(1)).isEqualTo("ham");
  }

  @Test
  void refuseASingleClass() {
    assertThatThrownBy(() -> Labels.of("a.csv", List.of("spam", "spam")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            Expected at least two classes in a.csv, found only 'spam'.
            Likely cause: the label column is another one, or the file was filtered.
            Cure: name the column with --label, or add sequences of other classes.\
            """);
    assertThatThrownBy(() -> Labels.of("a.csv", List.of())).hasMessageContaining("found none.");
  }

  @Test
  void refuseAnUnknownLabelAndSuggestTheNearest() {
    assertThatThrownBy(() -> labels.encode("b.csv", List.of("ham", "span")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            Expected only the model's 3 classes in b.csv, found the class 'span'.
            Likely cause: the model was trained on other classes, or the label is mistyped.
            Cure: train anew with this class, or correct it; did you mean 'spam'?\
            """);
  }

  @Test
  void refuseACodeThatNoClassHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> labels.name(3))
        .withMessage("Labels: expected a code from 0 to 2, got 3.");
  }

  @Test
  void refuseTheSameNameTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Labels(List.of("ham", "spam", "ham")))
        .withMessage("Labels: expected each name once, got [ham, spam, ham].");
  }
}
