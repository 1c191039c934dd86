package dev.elman.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.data.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VocabularyTest {

  private static final String WORDS = "b a b c a b. d";

  @Test
  void charactersAreSortedWhateverTheirOrder() {
    assertThat(Vocabulary.of(Unit.CHARACTER, "banana").symbols()).containsExactly("a", "b", "n");
    assertThat(Vocabulary.of(Unit.CHARACTER, "nab"))
        .extracting(Vocabulary::symbols)
        .isEqualTo(List.of("a", "b", "n"));
  }

  @Test
  void encodesAndDecodes() {
    Vocabulary vocabulary = Vocabulary.of(Unit.CHARACTER, "banana");
    assertThat(vocabulary.encode("a text", "nab")).containsExactly(2, 0, 1);
    assertThat(vocabulary.decode(new int[] {1, 0, 2})).isEqualTo("ban");
    assertThat(vocabulary.symbol(2)).isEqualTo("n");
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void isMadeAnewFromItsContent(Unit unit) {
    String text = "Nay, answer me. 😀\n";
    Vocabulary first = Vocabulary.open(unit, List.of(text));
    Vocabulary restored = new Vocabulary(first.unit(), first.symbols());
    assertThat(restored.encode("a text", text)).isEqualTo(first.encode("a text", text));
    assertThat(restored.unknown()).isEqualTo(first.unknown());
    assertThat(restored.isOpen()).isTrue();
  }

  @Test
  void bytesHaveAll256WhateverTheText() {
    Vocabulary vocabulary = Vocabulary.of(Unit.BYTE, "a");
    assertThat(vocabulary.size()).isEqualTo(256);
    assertThat(vocabulary.encode("a text", "aé")).containsExactly(0x61, 0xc3, 0xa9);
    assertThat(vocabulary.isOpen()).isTrue();
    assertThat(vocabulary.unknown()).isEqualTo(-1);
    assertThat(Vocabulary.open(Unit.BYTE, List.of()).size()).isEqualTo(256);
    assertThat(Vocabulary.frequent(Unit.BYTE, "aab", 2, 2).size()).isEqualTo(256);
  }

  @Test
  void openOnesEncodeTheUnseenAsUnknown() {
    Vocabulary vocabulary = Vocabulary.open(Unit.CHARACTER, List.of("ab", "bd"));
    assertThat(vocabulary.symbols()).containsExactly(Vocabulary.UNKNOWN, "a", "b", "d");
    assertThat(vocabulary.encode("a text", "acd")).containsExactly(1, vocabulary.unknown(), 3);
  }

  @Test
  void frequentOnesComeFirstAndEqualsByName() {
    assertThat(Vocabulary.frequent(Unit.WORD, WORDS, 20, 1).symbols())
        .containsExactly(Vocabulary.UNKNOWN, "b", "a", ".", "c", "d");
  }

  @Test
  void frequentOnesAreLimitedByNumberAndCount() {
    assertThat(Vocabulary.frequent(Unit.WORD, WORDS, 4, 1).symbols())
        .containsExactly(Vocabulary.UNKNOWN, "b", "a", ".");
    assertThat(Vocabulary.frequent(Unit.WORD, WORDS, 20, 3).symbols())
        .containsExactly(Vocabulary.UNKNOWN, "b");
  }

  @Test
  void refusesAVocabularyWithNoRoom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vocabulary.frequent(Unit.WORD, WORDS, 1, 1))
        .withMessage(
            "Vocabulary: expected room for at least two symbols, the unknown one among them,"
                + " got 1.");
  }

  @Test
  void namesTheSymbolsItDoesNotKnow() {
    Vocabulary vocabulary = Vocabulary.of(Unit.CHARACTER, "abc");
    assertThatThrownBy(() -> vocabulary.encode("poem.txt", "a zebra\nz"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            Expected only the 3 symbols of the model's vocabulary in poem.txt, \
            found 5 others, 6 times: U+0020 'z' 'e' 'r' U+000A.
            Likely cause: the model was trained on text with other symbols.
            Cure: train on text that has them, or take them out of this one.\
            """);
  }

  @Test
  void namesTenOfManyUnknownSymbols() {
    Vocabulary vocabulary = Vocabulary.of(Unit.CHARACTER, "z");
    assertThatThrownBy(() -> vocabulary.encode("poem.txt", "abcdefghijklm"))
        .hasMessageContaining("found 13 others, 13 times: 'a' 'b'")
        .hasMessageContaining("'j' and 3 more.");
  }

  @Test
  void refusesTheSameSymbolTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Vocabulary(Unit.CHARACTER, List.of("a", "b", "a")))
        .withMessage("Vocabulary: expected each symbol once, got 'a' twice.");
  }

  @Test
  void refusesToBeEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vocabulary.of(Unit.CHARACTER, ""))
        .withMessage("Vocabulary: expected at least one symbol, got none. Is the text empty?");
  }

  @Test
  void refusesACodeThatNoSymbolHas() {
    Vocabulary vocabulary = Vocabulary.of(Unit.CHARACTER, "abc");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vocabulary.decode(new int[] {0, 3}))
        .withMessage(
            "Vocabulary: expected codes from 0 to 2, got 3."
                + " Is it the vocabulary that the model was trained with?");
  }
}
