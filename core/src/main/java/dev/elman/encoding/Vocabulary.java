package dev.elman.encoding;

import dev.elman.data.DataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The symbols that a model knows, each with a code from 0 to V - 1.
 *
 * <p>It is made from the training text alone. Words have a symbol for those it does not know, and
 * so have characters where they are asked for.
 */
public final class Vocabulary {
  /** The symbol that stands for all others; no text is split into it. */
  public static final String UNKNOWN = "\uFFFD";

  private static final int NAMED = 10; // unknown symbols that a message names

  private final Unit unit;
  private final List<String> symbols;
  private final Map<String, Integer> codes = new HashMap<>();

  /**
   * A vocabulary of given symbols, in the order of their codes.
   *
   * @throws IllegalArgumentException when one stands there twice, or there is none
   */
  public Vocabulary(Unit unit, List<String> symbols) {
    this.unit = unit;
    this.symbols = List.copyOf(symbols);
    for (String symbol : symbols) {
      if (codes.put(symbol, codes.size()) != null) {
        throw new IllegalArgumentException(
            "Vocabulary: expected each symbol once, got '" + symbol + "' twice.");
      }
    }
    if (codes.isEmpty()) {
      throw new IllegalArgumentException(
          "Vocabulary: expected at least one symbol, got none. Is the text empty?");
    }
  }

  /** All symbols of a text, sorted: characters or bytes. */
  public static Vocabulary of(Unit unit, String text) {
    return unit == Unit.BYTE
        ? new Vocabulary(unit, Unit.allBytes())
        : new Vocabulary(unit, List.copyOf(new TreeSet<>(unit.split(text))));
  }

  /** All symbols of some texts, sorted, after {@link #UNKNOWN}. */
  public static Vocabulary open(Unit unit, List<String> texts) {
    if (unit == Unit.BYTE) {
      return of(unit, "");
    }
    Set<String> known = new TreeSet<>();
    texts.forEach(text -> known.addAll(unit.split(text)));
    known.remove(UNKNOWN);
    List<String> all = new ArrayList<>(List.of(UNKNOWN));
    all.addAll(known);
    return new Vocabulary(unit, all);
  }

  /**
   * The most frequent symbols of a text, most frequent first, after {@link #UNKNOWN}.
   *
   * @param most V at most, from 2; bytes are all 256 in any case
   * @param atLeast how often a symbol must occur
   */
  public static Vocabulary frequent(Unit unit, String text, int most, int atLeast) {
    if (unit == Unit.BYTE) {
      return of(unit, text);
    }
    if (most < 2) {
      throw new IllegalArgumentException(
          "Vocabulary: expected room for at least two symbols, the unknown one among them, got "
              + most
              + ".");
    }
    Map<String, Integer> counts = new TreeMap<>();
    unit.split(text).forEach(symbol -> counts.merge(symbol, 1, Integer::sum));
    counts.remove(UNKNOWN);
    List<String> known = new ArrayList<>(List.of(UNKNOWN));
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= atLeast)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(most - 1L)
        .forEach(entry -> known.add(entry.getKey()));
    return new Vocabulary(unit, known);
  }

  public Unit unit() {
    return unit;
  }

  /** All symbols, in the order of their codes. */
  public List<String> symbols() {
    return symbols;
  }

  /** V. */
  public int size() {
    return symbols.size();
  }

  /** The symbols of a text that have no code of their own, each once, as a message shows them. */
  public List<String> unknownIn(String text) {
    return unit.split(text).stream()
        .filter(symbol -> !codes.containsKey(symbol))
        .distinct()
        .map(Vocabulary::show)
        .toList();
  }

  /** Whether any text can be encoded. */
  public boolean isOpen() {
    return codes.containsKey(UNKNOWN) || unit == Unit.BYTE;
  }

  /**
   * The codes of a text's symbols.
   *
   * @param source where the text is from, for the message
   * @throws DataException when the vocabulary lacks symbols and has none for unknown ones
   */
  public int[] encode(String source, String text) {
    List<String> split = unit.split(text);
    int[] encoded = new int[split.size()];
    Integer unknown = codes.get(UNKNOWN);
    Map<String, Integer> missing = new LinkedHashMap<>();
    for (int i = 0; i < encoded.length; i++) {
      Integer code = codes.getOrDefault(split.get(i), unknown);
      if (code == null) {
        missing.merge(split.get(i), 1, Integer::sum);
      } else {
        encoded[i] = code;
      }
    }
    if (!missing.isEmpty()) {
      throw refused(source, missing);
    }
    return encoded;
  }

  private DataException refused(String source, Map<String, Integer> missing) {
    List<String> names = missing.keySet().stream().limit(NAMED).map(Vocabulary::show).toList();
    int times = missing.values().stream().mapToInt(Integer::intValue).sum();
    String more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
    return new DataException(
        "only the " + size() + " symbols of the model's vocabulary in " + source,
        missing.size() + " others, " + times + " times: " + String.join(" ", names) + more,
        "the model was trained on text with other symbols",
        "train on text that has them, or take them out of this one");
  }

  private static String show(String symbol) {
    return symbol.isBlank() ? String.format("U+%04X", symbol.codePointAt(0)) : "'" + symbol + "'";
  }

  /**
   * The text of some codes.
   *
   * @throws IllegalArgumentException when no symbol has one of the codes
   */
  public String decode(int[] encoded) {
    List<String> text = new ArrayList<>(encoded.length);
    for (int code : encoded) {
      text.add(symbol(code));
    }
    return unit.join(text);
  }

  /**
   * The symbol of a code; for bytes two hexadecimal digits.
   *
   * @throws IllegalArgumentException when no symbol has the code
   */
  public String symbol(int code) {
    if (code < 0 || code >= size()) {
      throw new IllegalArgumentException(
          "Vocabulary: expected codes from 0 to "
              + (size() - 1)
              + ", got "
              + code
              + ". Is it the vocabulary that the model was trained with?");
    }
    return symbols.get(code);
  }

  /** The code of {@link #UNKNOWN}, or -1. */
  public int unknown() {
    return codes.getOrDefault(UNKNOWN, -1);
  }
}
