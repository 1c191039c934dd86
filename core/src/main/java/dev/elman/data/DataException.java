package dev.elman.data;

/**
 * The user's data or file is not what was needed.
 *
 * <p>The message always has four parts: what was expected, what was found, the likely cause and the
 * cure. They are written as three lines, ready to be shown to the user as they are.
 */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * An error in four parts; each is a phrase without a full stop at its end.
   *
   * @param expected what was expected, "a number in column 'wind' of weather.csv"
   * @param found what came instead, "'4,7' in line 12"
   * @param likelyCause why it probably came, "a decimal comma"
   * @param cure what to do about it, "write numbers with a decimal point"
   */
  public DataException(String expected, String found, String likelyCause, String cure) {
    this(expected, found, likelyCause, cure, null);
  }

  /** The same with the exception that revealed it, which may be null. */
  public DataException(
      String expected, String found, String likelyCause, String cure, Throwable revealedBy) {
    super(text(expected, found, likelyCause, cure), revealedBy);
  }

  /** The four parts as the three lines of a message, for errors of another type. */
  public static String text(String expected, String found, String likelyCause, String cure) {
    String end = cure.endsWith("?") ? "" : ".";
    return "Expected "
        + expected
        + ", found "
        + found
        + ".\nLikely cause: "
        + likelyCause
        + ".\nCure: "
        + cure
        + end;
  }
}
