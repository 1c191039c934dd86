package dev.elman.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to text by the strict rules of UTF-8: nothing is replaced silently. */
public final class Utf8 {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Utf8() {}

  /**
   * Decodes the bytes; a byte order mark at the start is dropped.
   *
   * @param source the name of the file, for the error
   * @throws DataException with the place of the first byte that is not UTF-8 and the encoding that
   *     the bytes are probably in
   */
  public static String decode(byte[] bytes, String source) {
    requireText(bytes, source);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError() || looksLikeUtf16(bytes)) {
      throw notUtf8(bytes, result.isError() ? in.position() : zeroAt(bytes), source);
    }
    out.flip();
    if (out.hasRemaining() && out.charAt(0) == BYTE_ORDER_MARK) {
      out.get();
    }
    return out.toString();
  }

  /** Spreadsheets and pictures are known by their first bytes. */
  private static void requireText(byte[] bytes, String source) {
    String start = new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1);
    String found =
        switch (start) {
          case "PK\u0003\u0004" -> "a ZIP archive, as spreadsheets and documents of offices are";
          case "\u00D0\u00CF\u0011\u00E0" -> "a spreadsheet or document of an old office program";
          case "\u0089PNG" -> "a picture (PNG)";
          case "%PDF" -> "a PDF document";
          default -> start.startsWith("\u00FF\u00D8\u00FF") ? "a picture (JPEG)" : "";
        };
    if (!found.isEmpty()) {
      throw new DataException(
          "text in " + source,
          found,
          "the file was named instead of what can be exported from it",
          "export it as CSV or plain text, in UTF-8, from the program that made it, and name that");
    }
  }

  private static DataException notUtf8(byte[] bytes, int at, String source) {
    int line = 1;
    for (int i = 0; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    String encoding = looksLikeUtf16(bytes) ? "UTF-16" : "WINDOWS-1252";
    return new DataException(
        "UTF-8 text in " + source,
        String.format("byte 0x%02X at offset %d (line %d)", bytes[at] & 0xFF, at, line),
        "the file is in another encoding, probably "
            + (encoding.equals("UTF-16") ? "UTF-16" : "Windows-1252 or ISO-8859-1"),
        "convert it, as in: iconv -f " + encoding + " -t UTF-8 " + source + " > utf8-" + source);
  }

  /** Text has no zero bytes, and UTF-16 has one in every other place of Latin text. */
  private static boolean looksLikeUtf16(byte[] bytes) {
    boolean marked =
        bytes.length >= 2
            && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
    int end = Math.min(bytes.length, 4096);
    int zeros = 0;
    for (int i = 0; i < end; i++) {
      zeros += bytes[i] == 0 ? 1 : 0;
    }
    return marked || zeros > end / 4;
  }

  private static int zeroAt(byte[] bytes) {
    int at = 0;
    while (bytes[at] != 0) {
      at++;
    }
    return at;
  }
}
