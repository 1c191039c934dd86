package dev.elman.data;

import java.nio.file.Path;

/** A UTF-8 text file, read whole. */
public final class TextFile {

  private TextFile() {}

  /**
   * The text of the file. A byte order mark is dropped and {@code \r\n} becomes {@code \n}, so that
   * a file gives the same text, and trains the same model, wherever it was checked out.
   *
   * @throws DataException if the file is missing, a folder, unreadable, empty, blank or not UTF-8
   */
  public static String read(Path path) {
    String text = Utf8.decode(InputFile.bytes(path), path.getFileName().toString());
    if (text.isBlank()) {
      throw new DataException(
          "text in " + path,
          "nothing but white space (" + text.length() + " characters)",
          "the export that made it wrote no text",
          "make the file again");
    }
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
  }
}
