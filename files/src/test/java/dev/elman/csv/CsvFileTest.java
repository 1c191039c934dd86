package dev.elman.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.data.DataException;
import dev.elman.data.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("weather.csv"), text);
  }

  private void refuses(String text, String... parts) throws IOException {
    Path path = file(text);
    assertThatThrownBy(() -> CsvFile.read(path))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts)
        .hasMessageMatching("(?s)Expected .+, found .+\nLikely cause: .+\nCure: .+[.?]");
  }

  @Test
  void readsQuotesLineBreaksMarksAndCarriageReturns() throws IOException {
    Table table =
        CsvFile.read(
            file("\uFEFFdate,\"note, long\",wind\r\n1,\"a \"\"b\"\"\nc\",2.5\r\n\r\n2,d,3\r\n"));
    assertThat(table.columns()).containsExactly("date", "note, long", "wind");
    assertThat(table.text("note, long")).containsExactly("a \"b\"\nc", "d");
    assertThat(table.numbers("wind")).containsExactly(2.5f, 3f);
    assertThat(table.line(0)).isEqualTo(2);
    assertThat(table.line(1)).isEqualTo(5);
    assertThat(table.source()).isEqualTo("weather.csv");
  }

  @Test
  void findsTheSeparatorAndSaysSo() throws IOException {
    Table semicolons = CsvFile.read(file("a;\"b;c,,,,\";d\n1,5;x;2\n"));
    assertThat(semicolons.columns()).containsExactly("a", "b;c,,,,", "d");
    assertThat(semicolons.source()).isEqualTo("weather.csv (separated by semicolon)");
    assertThatThrownBy(() -> semicolons.numbers("a"))
        .hasMessageContaining("weather.csv (separated by semicolon), found '1,5' in line 2")
        .hasMessageContaining("a decimal comma");
    assertThat(CsvFile.read(file("a\tb\n1\t2\n")).source()).endsWith("(separated by tab)");
    assertThat(CsvFile.read(file("a|b\n1|2\n")).columns()).containsExactly("a", "b");
    assertThat(CsvFile.read(file("a\n1\n")).columns()).containsExactly("a");
    assertThat(CsvFile.read(file("a,b:c,d\n1,2:3,4\n"), ':').columns())
        .containsExactly("a,b", "c,d");
  }

  @Test
  void skipsALineThatTellsExcelTheSeparator() throws IOException {
    for (String hint : new String[] {"sep=;\r\n", "SEP=,\n", "\uFEFF\"sep=;\"\n"}) {
      Table table = CsvFile.read(file(hint + "day;wind\n1;2.5\n"));
      assertThat(table.columns()).as(hint).containsExactly("day", "wind");
      assertThat(table.line(0)).isEqualTo(3);
    }
    assertThat(CsvFile.read(file("sep=a,b\n1,2\n")).columns()).containsExactly("sep=a", "b");
  }

  @Test
  void spreadsheetsAndPicturesAreCalledThat() throws IOException {
    refuses("PK\3\4 and so on", "a ZIP archive, as spreadsheets", "export it as CSV");
    refuses("%PDF-1.7", "a PDF document");
    Path picture = folder.resolve("scan.csv");
    Files.write(picture, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10});
    assertThatThrownBy(() -> CsvFile.read(picture)).hasMessageContaining("found a picture (PNG)");
  }

  @Test
  void aColumnWithoutANameIsCalledAfterItsPlace() throws IOException {
    assertThat(CsvFile.read(file(",x\n0,1\n")).columns()).containsExactly("column 1", "x");
  }

  @Test
  void aMissingFileIsToldItsNearestNeighbour() throws IOException {
    file("a\n1\n");
    assertThatThrownBy(() -> CsvFile.read(folder.resolve("wether.csv")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("did you mean 'weather.csv' in the same folder?");
  }

  @Test
  void nothingToReadIsRefused() throws IOException {
    refuses("", "an empty file (0 bytes)");
    refuses(" \n\n", "nothing but white space", "cut short");
    refuses("date,wind\n", "rows below the header", "the header alone: date, wind");
  }

  @Test
  void aRowOfAnotherLengthIsShownWithItsLine() throws IOException {
    refuses(
        "date,wind\n1,2\n2,big, bad\n",
        "Expected 2 fields in every row of weather.csv, as in its header",
        "found 3 in line 3: '2,big, bad'",
        "a field contains the separator (comma) and is not quoted",
        "put the field in double quotes, as in \"a,b\"");
    refuses(
        "date;wind\n1;2\n2\n",
        "found 1 in line 3: '2'",
        "the line was cut short, or the fields are not separated by semicolon",
        "complete the line, or remove it");
  }

  @Test
  void aFileWithoutAHeaderIsRefused() throws IOException {
    refuses("1,2\n3,4\n", "found numbers: 1, 2", "the file has no header line", "write one above");
    refuses("a,a\n3,4\n", "found 'a' more than once");
  }

  @Test
  void anOpenQuoteIsRefused() throws IOException {
    refuses(
        "date,wind\n1,2\n2,\"3\n3,4\n",
        "balanced double quotes",
        "after the row in line 2",
        "opened and not closed",
        "close it");
  }

  @Test
  void anotherEncodingIsNamed() throws IOException {
    Path path = folder.resolve("latin.csv");
    Files.write(path, "ort,wert\nKöln,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> CsvFile.read(path))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("byte 0xF6 at offset 10 (line 2)")
        .hasMessageContaining("Windows-1252");
  }

  @Test
  void readsTheExampleData() {
    Table weather = CsvFile.read(Path.of("../examples/data/seattle-weather.csv"));
    assertThat(weather.rows()).isEqualTo(1461);
    assertThat(weather.numberColumns())
        .containsExactly("precipitation", "temp_max", "temp_min", "wind");
    assertThat(weather.text("weather")).contains("drizzle");
    Table names = CsvFile.read(Path.of("../examples/data/names.csv"));
    assertThat(names.text("language").stream().distinct().count()).isEqualTo(16);
  }
}
