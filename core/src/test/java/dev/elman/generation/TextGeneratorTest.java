package dev.elman.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.kernels.Kernels;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextGeneratorTest {
  private static final Vocabulary LETTERS = Vocabulary.open(Unit.CHARACTER, List.of("abcde \n"));

  /** Not trained, but its preferences are the seed's alone. */
  private static LanguageModel model(Vocabulary vocabulary) {
    LanguageModel.Settings settings =
        new LanguageModel.Settings(
            vocabulary.size(), 64, LanguageModel.Output.OWN, 0, RecurrentStack.DEFAULTS);
    return new LanguageModel(settings, 5);
  }

  private static String write(
      Vocabulary vocabulary, String prompt, Sampler sampler, StopRule stop) {
    StringBuilder pieces = new StringBuilder();
    TextGenerator generator = new TextGenerator(model(vocabulary), vocabulary);
    String text = generator.generate(prompt, sampler, stop, 1, pieces::append);
    assertThat(pieces).hasToString(text);
    return text;
  }

  /** The most likely symbol after a text, read whole. */
  private static String likeliestAfter(String text) {
    LanguageModel model = model(LETTERS);
    Tape tape = Tape.inference(Kernels.get());
    Values.Codes codes = Values.Codes.of(LETTERS.encode("test", text));
    Packing packing = Packing.equal(1, text.length());
    float[] logits = model.forward(tape, packing, codes, model.firstState(tape, 1)).rows().value();
    int at = (text.length() - 1) * LETTERS.size();
    int best = LETTERS.unknown() == 0 ? 1 : 0;
    for (int i = best; i < LETTERS.size(); i++) {
      best = logits[at + i] > logits[at + best] ? i : best;
    }
    return LETTERS.symbol(best);
  }

  @Test
  void stepByStepItWritesWhatTheWholeTextCallsFor() {
    String prompt = "bad cab";
    String written = write(LETTERS, prompt, Sampler.GREEDY, StopRule.after(12));
    assertThat(written).hasSize(12);
    for (int i = 0; i < written.length(); i++) {
      assertThat(written.substring(i, i + 1))
          .isEqualTo(likeliestAfter(prompt + written.substring(0, i)));
    }
  }

  @Test
  void aLongPromptIsReadInPartsWithoutADifference() {
    String prompt = "deca bed\n".repeat(150); // longer than what is read at once
    assertThat(write(LETTERS, prompt, Sampler.GREEDY, StopRule.after(1)))
        .isEqualTo(likeliestAfter(prompt));
  }

  @Test
  void theSameSeedWritesTheSame() {
    StopRule stop = StopRule.after(60);
    TextGenerator one = new TextGenerator(model(LETTERS), LETTERS);
    TextGenerator same = new TextGenerator(model(LETTERS), LETTERS);
    TextGenerator other = new TextGenerator(model(LETTERS), LETTERS);
    String first = one.generate("a", Sampler.PLAIN, stop, 7, piece -> {});
    assertThat(same.generate("a", Sampler.PLAIN, stop, 7, piece -> {})).isEqualTo(first);
    assertThat(other.generate("a", Sampler.PLAIN, stop, 8, piece -> {})).isNotEqualTo(first);
    assertThat(first).doesNotContain(Vocabulary.UNKNOWN);
  }

  @Test
  void anEmptyPromptIsALineEnd() {
    assertThat(write(LETTERS, "", Sampler.PLAIN, StopRule.after(30)))
        .isEqualTo(write(LETTERS, "\n", Sampler.PLAIN, StopRule.after(30)));
  }

  @Test
  void stopsAtASymbolOrAText() {
    StopRule most = StopRule.after(5000);
    int space = LETTERS.encode("test", " ")[0];
    assertThat(write(LETTERS, "a", Sampler.PLAIN, StopRule.at(space).or(most)))
        .endsWith(" ")
        .matches("[^ ]* ");
    assertThat(write(LETTERS, "a", Sampler.PLAIN, most.or(StopRule.at("ab"))))
        .endsWith("ab")
        .hasSizeLessThan(5000)
        .satisfies(text -> assertThat(text.indexOf("ab")).isEqualTo(text.length() - 2));
  }

  @Test
  void bytesBecomeCharactersAndHalfOnesASign() {
    Vocabulary bytes = Vocabulary.of(Unit.BYTE, "");
    WrittenText text = new WrittenText(bytes);
    for (byte b : "a\u00e9\u20ac\ud83d\ude00".getBytes(StandardCharsets.UTF_8)) {
      text.add(bytes.encode("test", "a")[0] - 'a' + (b & 0xff));
    }
    assertThat(text).hasToString("a\u00e9\u20ac\ud83d\ude00");
    text.add(0xE2);
    assertThat(text.add('b')).isEqualTo("\ufffdb");
    text.add(0xE2);
    assertThat(text.end()).isEqualTo("\ufffd");
    assertThat(text.end()).isEmpty();
    assertThat(text.add(0x80)).isEqualTo("\ufffd"); // goes on with nothing
  }

  @Test
  void wordsBringTheirSpaces() {
    Vocabulary words = Vocabulary.open(Unit.WORD, List.of("Call me Ishmael , said he . \n"));
    WrittenText text = new WrittenText(words);
    for (String word : List.of("Call", "me", "Ishmael", ",", "said", "he", ".")) {
      text.add(words.symbols().indexOf(word));
    }
    assertThat(text).hasToString("Call me Ishmael, said he.");
  }
}
