package dev.elman.encoding;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the symbols of a text are. */
public enum Unit {
  /** Unicode code points. */
  CHARACTER("char") {
    @Override
    public List<String> split(String text) {
      List<String> symbols = new ArrayList<>(text.length());
      text.codePoints().forEach(c -> symbols.add(Character.toString(c)));
      return symbols;
    }

    @Override
    public String join(List<String> symbols) {
      return String.join("", symbols);
    }
  },

  /** Bytes of the text in UTF-8, as two hexadecimal digits; a vocabulary has all 256. */
  BYTE("byte") {
    @Override
    public List<String> split(String text) {
      List<String> symbols = new ArrayList<>();
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        symbols.add(HEX[b & 0xff]);
      }
      return symbols;
    }

    @Override
    public String join(List<String> symbols) {
      byte[] bytes = new byte[symbols.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Integer.parseInt(symbols.get(i), 16);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  },

  /**
   * Words, and punctuation marks and line ends by themselves; {@code it's}, {@code well-known} and
   * {@code 3.14} are one word each, other white space is left out.
   */
  WORD("word") {
    @Override
    public List<String> split(String text) {
      List<String> symbols = new ArrayList<>();
      Matcher matcher = TOKEN.matcher(text);
      while (matcher.find()) {
        symbols.add(matcher.group());
      }
      return symbols;
    }

    @Override
    public String join(List<String> symbols) {
      StringBuilder text = new StringBuilder();
      for (String symbol : symbols) {
        boolean close = text.isEmpty() || OPENING.indexOf(text.charAt(text.length() - 1)) >= 0;
        if (!close && !CLOSING.matcher(symbol).matches()) {
          text.append(' ');
        }
        text.append(symbol);
      }
      return text.toString();
    }
  };

  private static final String[] HEX = new String[256];
  private static final String LETTERS =
      "[\\p{L}\\p{M}\\p{N}]+"; // with their accents and vowel signs
  private static final String DIGIT_BEFORE = "(?<=\\p{N})";
  private static final String INSIDE = "(?:['’-]" + LETTERS + "|" + DIGIT_BEFORE + "[.,]\\p{N}+)*+";
  private static final Pattern TOKEN = Pattern.compile("\\n|" + LETTERS + INSIDE + "|[^\\s\\p{Z}]");
  private static final String OPENING = "\n([{“„«";
  private static final Pattern CLOSING = Pattern.compile("[\\n.,;:!?)\\]}”]");

  static {
    for (int b = 0; b < HEX.length; b++) {
      HEX[b] = String.format("%02x", b);
    }
  }

  private final String option;

  Unit(String option) {
    this.option = option;
  }

  /** Its name on the command line and in files. */
  public String option() {
    return option;
  }

  /** The symbols of a text, in order. */
  public abstract List<String> split(String text);

  /** A text of symbols: for characters and bytes the very text that was split. */
  public abstract String join(List<String> symbols);

  /** All 256 bytes. */
  static List<String> allBytes() {
    return List.of(HEX);
  }

  /**
   * The unit of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Unit named(String name) {
    for (Unit unit : values()) {
      if (unit.option.equals(name)) {
        return unit;
      }
    }
    throw new IllegalArgumentException(
        "Unknown unit '" + name + "'. Expected one of char, byte, word.");
  }
}
