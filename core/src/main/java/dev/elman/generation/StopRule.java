package dev.elman.generation;

/** Says when a generated text is complete. */
@FunctionalInterface
public interface StopRule {
  /**
   * Whether to stop after the last symbol.
   *
   * @param symbols how many were generated
   * @param last code of the last one
   * @param text all that was generated, in words
   */
  boolean stops(int symbols, int last, CharSequence text);

  /** After n symbols. */
  static StopRule after(int n) {
    return (symbols, last, text) -> symbols >= n;
  }

  /** At a symbol, by its code. */
  static StopRule at(int code) {
    return (symbols, last, text) -> last == code;
  }

  /** As soon as the generated text ends with the given one. */
  static StopRule at(String end) {
    return (symbols, last, text) ->
        text.length() >= end.length()
            && text.subSequence(text.length() - end.length(), text.length()).toString().equals(end);
  }

  /** When either rule says so. */
  default StopRule or(StopRule other) {
    return (symbols, last, text) -> stops(symbols, last, text) || other.stops(symbols, last, text);
  }
}
