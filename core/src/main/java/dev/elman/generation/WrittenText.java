package dev.elman.generation;

import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A text that grows symbol by symbol: words bring their spaces, bytes complete characters. */
final class WrittenText implements CharSequence {
  private final Vocabulary vocabulary;
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  WrittenText(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Ends the text: returns what stands for a character whose last bytes are missing. */
  String end() {
    int before = text.length();
    cut();
    return text.substring(before);
  }

  /** Adds a symbol and returns the text that is new by it. */
  String add(int code) {
    int before = text.length();
    String symbol = vocabulary.symbols().get(code);
    switch (vocabulary.unit()) {
      case CHARACTER -> text.append(symbol);
      case BYTE -> addByte(Integer.parseInt(symbol, 16));
      case WORD -> addWord(symbol);
    }
    return text.substring(before);
  }

  private void addByte(int value) {
    boolean continues = (value & 0xC0) == 0x80;
    if (!continues) {
      cut();
    }
    bytes.write(value);
    int first = bytes.toByteArray()[0] & 0xff;
    int expected = first < 0xC0 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (bytes.size() == expected) {
      cut();
    }
  }

  /** Bytes so far become a character; one that is not complete becomes U+FFFD. */
  private void cut() {
    text.append(bytes.toString(StandardCharsets.UTF_8));
    bytes.reset();
  }

  private void addWord(String symbol) {
    String last = text.isEmpty() ? "\n" : text.substring(text.length() - 1);
    String joined = Unit.WORD.join(List.of(last, symbol));
    text.append(joined.substring(joined.indexOf(last) + last.length()));
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
