package dev.elman.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.elman.checkpoints.AtomicFile;
import dev.elman.data.DataException;
import dev.elman.data.InputFile;
import dev.elman.data.Numbers;
import dev.elman.data.Table;
import dev.elman.data.Utf8;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV file with a header line, read whole (RFC 4180: quoted fields, doubled quotes, line breaks
 * within quotes; lines end in {@code \n} or {@code \r\n}).
 *
 * <p>UTF-8, with or without a byte order mark. A first line such as {@code sep=;} and empty lines
 * are skipped. A column without a name, as some programs write for the row index, is called after
 * its place: {@code column 1}.
 */
public final class CsvFile {

  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  private CsvFile() {}

  /**
   * Reads a file whose fields are separated by comma, semicolon, tab or bar: the one that occurs
   * most often in the header. {@link Table#source} says so if it is not the comma.
   *
   * @throws DataException if the file is missing, a folder, empty, not UTF-8, without a header or
   *     without rows; if a row has more or fewer fields than the header, if a quote is left open or
   *     if two columns have the same name
   */
  public static Table read(Path path) {
    return read(path, path.getFileName().toString());
  }

  /** The same, called by another name in messages, as where files of a name are in many folders. */
  public static Table read(Path path, String name) {
    String text = text(path, name);
    char separator = separatorOf(text);
    return table(
        text,
        separator,
        separator == ',' ? name : name + " (separated by " + nameOf(separator) + ")");
  }

  /** The same with a given separator. */
  public static Table read(Path path, char separator) {
    String name = path.getFileName().toString();
    return table(text(path, name), separator, name);
  }

  private static String text(Path path, String name) {
    String text = Utf8.decode(InputFile.bytes(path), name);
    if (text.isBlank()) {
      throw new DataException(
          "a header line and rows in " + path,
          "nothing but white space",
          "the export that made it was cut short",
          "make the file again");
    }
    return text.replaceFirst("^\"?[sS][eE][pP]=.\"?(?=\\R)", ""); // a hint of Excel's to itself
  }

  private static Table table(String text, char separator, String source) {
    List<String[]> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    List<String> columns = null;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .trimWhitespacesAroundQuotes(true)
            .ofCsvRecord(text)) {
      for (CsvRecord record : reader) {
        int line = (int) record.getStartingLineNumber();
        if (columns == null) {
          columns = header(record.getFields(), source);
        } else if (record.getFieldCount() != columns.size()) {
          throw ragged(record.getFields(), line, columns, separator, source);
        } else {
          rows.add(record.getFields().toArray(String[]::new));
          lines.add(line);
        }
      }
    } catch (CsvParseException e) {
      throw unparsable(e, rows.isEmpty() ? 1 : lines.get(lines.size() - 1), source);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the reader of " + source, e);
    }
    if (rows.isEmpty()) {
      throw new DataException(
          "rows below the header of " + source,
          "the header alone: " + String.join(", ", columns),
          "the export or query that made it found nothing",
          "make the file again with at least one row");
    }
    return Table.of(source, columns, rows, lines);
  }

  private static List<String> header(List<String> fields, String source) {
    if (fields.stream().allMatch(Numbers::isNumber)) {
      throw new DataException(
          "the names of the columns in the first line of " + source,
          "numbers: " + String.join(", ", fields),
          "the file has no header line",
          "write one above the first row, as in: date,temperature,wind");
    }
    List<String> columns = new ArrayList<>();
    for (String field : fields) {
      String name = field.strip();
      columns.add(name.isEmpty() ? "column " + (columns.size() + 1) : name);
    }
    return columns;
  }

  private static DataException ragged(
      List<String> fields, int line, List<String> columns, char separator, String source) {
    String row = String.join(String.valueOf(separator), fields);
    boolean more = fields.size() > columns.size();
    return new DataException(
        columns.size() + " fields in every row of " + source + ", as in its header",
        fields.size()
            + " in line "
            + line
            + ": '"
            + (row.length() > 60 ? row.substring(0, 60) + "..." : row)
            + "'",
        more
            ? "a field contains the separator (" + nameOf(separator) + ") and is not quoted"
            : "the line was cut short, or the fields are not separated by " + nameOf(separator),
        more
            ? "put the field in double quotes, as in \"a" + separator + "b\""
            : "complete the line, or remove it");
  }

  private static DataException unparsable(CsvParseException e, int lastGoodLine, String source) {
    String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    return new DataException(
        "balanced double quotes in " + source,
        reason + " (after the row in line " + lastGoodLine + ")",
        "a double quote that was opened and not closed, or one within a quoted field",
        "close it, or write a quote within quotes twice, as in \"27\"\" wheel\"",
        e);
  }

  /** The candidate that occurs most often in the first line that is not empty, outside quotes. */
  private static char separatorOf(String text) {
    String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    char best = ',';
    int most = 0;
    for (char candidate : SEPARATORS) {
      int count = 0;
      boolean quoted = false;
      for (int i = 0; i < header.length(); i++) {
        quoted ^= header.charAt(i) == '"';
        count += !quoted && header.charAt(i) == candidate ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  private static String nameOf(char separator) {
    return switch (separator) {
      case ',' -> "comma";
      case ';' -> "semicolon";
      case '\t' -> "tab";
      case '|' -> "bar";
      default -> "'" + separator + "'";
    };
  }

  /**
   * Writes a file with a header line, aside first.
   *
   * @throws UncheckedIOException if it cannot be written; a file before is then still there
   */
  public static void write(Path path, List<String> header, List<List<String>> rows) {
    AtomicFile.write(
        path,
        out -> {
          Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
          csv.writeRecord(header);
          rows.forEach(csv::writeRecord);
          csv.flush();
        });
  }
}
