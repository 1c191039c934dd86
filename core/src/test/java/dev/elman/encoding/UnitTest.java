package dev.elman.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {

  private static final String MIXED = "Grüße,\n\t naïve 😀 „Welt“ — 日本語 e\u0301!\n";

  @ParameterizedTest
  @EnumSource(
      value = Unit.class,
      names = {"CHARACTER", "BYTE"})
  void charactersAndBytesJoinToTheVeryText(Unit unit) {
    assertThat(unit.join(unit.split(MIXED))).isEqualTo(MIXED);
  }

  @Test
  void charactersAreCodePoints() {
    assertThat(Unit.CHARACTER.split("a😀é")).containsExactly("a", "😀", "é");
  }

  @Test
  void bytesAreThoseOfUtf8() {
    assertThat(Unit.BYTE.split("aé\n")).containsExactly("61", "c3", "a9", "0a");
  }

  @Test
  void wordsKeepPunctuationAndLineEnds() {
    assertThat(Unit.WORD.split("Who's there?\nNay, answer me!"))
        .containsExactly("Who's", "there", "?", "\n", "Nay", ",", "answer", "me", "!");
  }

  @Test
  void dashesPartWordsAndHyphensDoNot() {
    assertThat(Unit.WORD.split("a well-known word--or two"))
        .containsExactly("a", "well-known", "word", "-", "-", "or", "two");
  }

  @Test
  void quotationMarksAreNoPartOfAWord() {
    assertThat(Unit.WORD.split("'good' it’s")).containsExactly("'", "good", "'", "it’s");
  }

  @Test
  void accentsAndVowelSignsStayInTheirWord() {
    assertThat(Unit.WORD.split("cafe\u0301 हिन्दी")).containsExactly("cafe\u0301", "हिन्दी");
  }

  @Test
  void decimalsStayWhole() {
    assertThat(Unit.WORD.split("3.14 of 1,000. 7, 8"))
        .containsExactly("3.14", "of", "1,000", ".", "7", ",", "8");
  }

  @Test
  void spacesOfAllKindsAreLeftOut() {
    assertThat(Unit.WORD.split("a\u00a0b\u2003c\td\r\ne"))
        .containsExactly("a", "b", "c", "d", "\n", "e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Who's there?\nNay, answer me: stand!",
        "It rose (by 3.5, or so) again; then fell.\n\nThe end.",
        "“Oh”, he said",
      })
  void wordsJoinToReadableText(String text) {
    assertThat(Unit.WORD.join(Unit.WORD.split(text))).isEqualTo(text);
  }

  @Test
  void nothingSplitsIntoNothing() {
    for (Unit unit : Unit.values()) {
      assertThat(unit.split("")).isEmpty();
      assertThat(unit.join(List.of())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void isFoundByItsOption(Unit unit) {
    assertThat(Unit.named(unit.option())).isEqualTo(unit);
  }

  @Test
  void refusesAnUnknownName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Unit.named("syllable"))
        .withMessage("Unknown unit 'syllable'. Expected one of char, byte, word.");
  }
}
