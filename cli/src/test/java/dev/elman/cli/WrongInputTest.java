package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong input gets a message in four parts and an exit code, and leaves nothing behind. */
class WrongInputTest {
  private static final String TINY = " --epochs 1 --hidden 5 --threads 1 --out DIR/";

  private static final String STILL =
      """
      t1,t2,t3,t4,t5,t6,kind
      5,,,,,,a
      5,5,,,,,a
      5,5,5,,,,a
      5,5,5,5,,,b
      5,5,5,5,5,,b
      5,5,5,5,5,5,b
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void files() throws Exception {
    TinyData.write(folder);
    write("empty.csv", "");
    write("header.csv", "sea,wind\n");
    write("ragged.csv", TinyData.series(150, 40, "1"));
    write("text.csv", TinyData.series(150, 40, "calm,2"));
    write("gaps.csv", TinyData.series(150, 40, ",NaN"));
    write("short.csv", TinyData.series(20, -1, ""));
    write("constant.csv", "sea,wind\n" + "5,5\n".repeat(150));
    write("one.csv", TinyData.names("de", "de"));
    write("other.txt", "THE QUICK BROWN FOX? ".repeat(130));
    Files.createDirectory(folder.resolve("nomodel"));
    Files.write(folder.resolve("book.xlsx"), new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0});
    write("headless.csv", TinyData.series(150, 40, "1,2").replace("sea,wind\n", "3 Bft,1\n"));
    write("dated.csv", dated(150));
    waves();
    String forecaster = "train forecaster DIR/series.csv --target sea --history 8 --horizon 2";
    assertThat(CommandRun.in(folder, forecaster + TINY + "fc").code()).isZero();
    String text = "train language-model DIR/text.txt --batch 3 --bptt 5";
    assertThat(CommandRun.in(folder, text + TINY + "lm").code()).isZero();
    damage("newer", "\"version\" : 1", "\"version\" : 9");
    damage("huge", "\"hidden\" : 5", "\"hidden\" : 100000000");
    damage("layers", "\"layers\" : 1", "\"layers\" : 2000000000");
    damage("seasons", "\"seasons\" : [", "\"seasons\" : [ 3,");
    damage("cut", "", "");
    Path weights = folder.resolve("cut/weights.safetensors");
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 100));
    lie("beyond", "\"data_offsets\":[0,", "\"data_offsets\":[0,9");
    lie("counts", "\"shape\":[", "\"shape\":[2147483647,2147483647,");
    lie("overlap", "\"data_offsets\":[160,560", "\"data_offsets\":[0,400");
  }

  private static String dated(int days) {
    return IntStream.range(0, days)
        .mapToObj(day -> LocalDate.of(2015, 12, 31).minusDays(day))
        .map(
            day -> day.format(DateTimeFormatter.ofPattern("MM/dd/yyyy")) + "," + day.lengthOfYear())
        .collect(Collectors.joining("\n", "day,sea\n", "\n"));
  }

  /** Sequences of numbers with a fault each, and models of faultless ones. */
  private static void waves() throws IOException {
    String[][] faults = {
      {"ragged", "note,wave,hum\nok,1,2\nok,3\n"},
      {"text", "note,wave,hum\nok,1,2\nok,loud,4\n"},
      {"nan", "note,wave,hum\nok,1,2\nok,3,NaN\n"},
      {"lacking", "note,wave\nok,1\nok,3\n"},
      {"more", "note,wave,hum,tilt\nok,1,2,3\nok,3,4,5\n"},
      {"none", ""},
      {"heading", "note,wave,hum\n"}
    };
    for (String[] fault : faults) {
      Waves.folders(folder.resolve("waves-" + fault[0]), 4);
      write("waves-" + fault[0] + "/square/2.csv", fault[1]);
    }
    Waves.folders(folder.resolve("waves"), 5);
    Files.createDirectories(folder.resolve("waves-hollow/sine"));
    Files.createDirectories(folder.resolve("waves-only/sine"));
    Files.copy(folder.resolve("waves/sine/1.csv"), folder.resolve("waves-only/sine/1.csv"));
    Files.createDirectories(folder.resolve("waves-words/a"));
    write("waves-words/a/1.csv", "x,y\na,b\n");
    String rows = Waves.rows(5);
    write("waves.csv", rows);
    write("waves-gap.csv", rows.replaceFirst("\n([^,]*),[^,]*,", "\n$1,,"));
    write("waves-loud.csv", rows.replaceFirst("\n([^,]*),[^,]*,", "\n$1,loud,"));
    write("waves-void.csv", rows + ",".repeat(30) + "sine\n");
    write("waves-steps.csv", rows.replace("t7,", "s7,"));
    write("waves-still.csv", STILL);
    for (String data : new String[] {"waves", "waves.csv"}) {
      String train = "train classifier DIR/" + data + TINY + "on-" + data;
      CommandRun run = CommandRun.in(folder, train);
      assertThat(run.code()).as(run.err()).isZero();
    }
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static void damage(String name, String from, String to) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    String json = Files.readString(folder.resolve("fc/model.json"));
    assertThat(json).contains(from);
    Files.writeString(made.resolve("model.json"), json.replace(from, to));
    Files.copy(folder.resolve("fc/weights.safetensors"), made.resolve("weights.safetensors"));
  }

  /** A model whose header of weights lies, and whose model.json agrees with it. */
  private static void lie(String name, String from, String to) throws Exception {
    damage(name, "", "");
    Path weights = folder.resolve(name + "/weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertThat(header).contains(from);
    int at = header.indexOf(from);
    byte[] lie =
        (header.substring(0, at) + to + header.substring(at + from.length()))
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(bytes.length - length + lie.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(lie.length).put(lie);
    file.put(bytes, 8 + length, bytes.length - 8 - length);
    Files.write(weights, file.array());
    String json = Files.readString(folder.resolve(name + "/model.json"));
    Files.writeString(
        folder.resolve(name + "/model.json"),
        json.replace(sha(bytes), sha(file.array()))
            .replace("\"bytes\" : " + bytes.length, "\"bytes\" : " + file.capacity()));
  }

  private static String sha(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          missing.csv --target sea          | 1 | no such file
          serie.csv --target sea            | 1 | did you mean 'series.csv'
          empty.csv --target sea            | 1 | empty file (0 bytes)
          header.csv --target sea           | 1 | the header alone
          fc --target sea                   | 1 | found a folder
          ragged.csv --target sea           | 1 | in line 42
          text.csv --target sea             | 1 | 'calm' in line 42
          gaps.csv --target sea             | 1 | missing cells: 1 in column 'sea'
          constant.csv --target sea         | 1 | the same number, 5.0
          short.csv --target sea            | 1 | a series long enough
          series.csv --target see           | 1 | did you mean 'sea'?
          series.csv --target sea --inputs wnd | 1 | did you mean 'wind'?
          series.csv --epochs 2             | 1 | --target
          series.csv --target sea,sea       | 1 | each column to forecast once
          series.csv --target ,             | 1 | name one of sea, wind
          series.csv --target sea --quantiles 0.9,0.1 | 2 | rising numbers
          series.csv --target sea --hidden 0 | 2 | --hidden, found 0
          series.csv --target sea --hidden 60000 | 2 | array
          series.csv --target sea --cell lsmt | 2 | did you mean 'lstm'?
          series.csv --target sea --cell window+zoneout=0.1 | 2 | a window has no such state
          series.csv --target sea --cell lstm+peephole | 2 | did you mean 'peepholes'?
          series.csv --target sea --cell gru+peepholes | 2 | which is for lstm
          series.csv --target sea --cell lstm+projection=9 --hidden 9 | 2 | fewer outputs than the 9 units
          series.csv --target sea --dropout -1 | 2 | from 0 to below 1
          series.csv --target sea --learning-rate 0 | 2 | learning rate
          series.csv --target sea --learning-rate 0,001 | 2 | Likely cause: a decimal comma.
          series.csv --target sea --learning-rate 50 --optimizer sgd | 1 | is too high, or inputs
          book.xlsx --target sea            | 1 | found a ZIP archive, as spreadsheets
          headless.csv --target sea         | 1 | the file may have no header line
          dated.csv --target sea            | 1 | found '12/30/2015' after '12/31/2015' in line 3
          dated.csv --target day            | 1 | choose another --target, one of sea
          series.csv --target sea --epochs x | 2 | 'x' is not an int
          series.csv --taget sea            | 2 | --target
          series.csv --target sea --report DIR/nosuch/r.json | 1 | does not exist
          series.csv --target sea --report DIR/fc | 1 | folder of that name
          series.csv --target sea --out DIR/text.txt | 1 | a file where a folder is needed
          series.csv --target sea --out DIR/text.txt/x | 1 | a file where a folder is needed
          series.csv --target sea --out DIR/newer | 1 | newer release
          series.csv --target sea --learning-rate 1e30 --clip 0 --optimizer sgd | 1 | , gradients are not clipped
          """)
  void forecasterIsRefused(String arguments, int code, String says) {
    String more = arguments.contains("--out") ? "" : " --epochs 1 --out DIR/o";
    more = arguments.contains("--epochs") ? " --out DIR/o" : more;
    refused("train forecaster DIR/" + arguments + " --threads 1" + more, code, says);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          inspect DIR/newer                 | 1 | newer release
          inspect DIR/huge                  | 1 | 100000000
          inspect DIR/layers                | 1 | 2000000000
          inspect DIR/seasons               | 1 | 1 items in 'seasons'
          inspect DIR/cut                   | 1 | cut short
          inspect DIR/beyond                | 1 | 'rnn.weight_ih_l0'
          inspect DIR/counts                | 1 | 2147483647
          inspect DIR/overlap               | 1 | overlaps
          inspect DIR/nomodel               | 1 | without a model.json
          inspect DIR/fd                    | 1 | did you mean 'fc'?
          inspect DIR/series.csv            | 1 | found a file
          generate DIR/fc                   | 1 | found a forecaster
          generate DIR/lm --temperature 0   | 2 | temperature
          generate DIR/lm --top-p 2         | 2 | top-p
          generate DIR/lm --until=          | 2 | Expected a text as --until
          generate DIR/lm --length 0        | 2 | --length
          predict DIR/lm --data DIR/text.txt | 1 | elman generate
          predict DIR/fc --data DIR/names.csv | 1 | a column 'sea'
          predict DIR/fc --data DIR/series.csv --plot DIR/x.gif | 2 | .png or .svg
          predict DIR/fc --data DIR/series.csv --out DIR/no/x.csv | 1 | does not exist
          evaluate DIR/fc --data DIR/series.csv --report DIR/no/r.json | 1 | does not exist
          train classifier DIR/one.csv --out DIR/o | 1 | only 'de'
          train classifier DIR/names.csv --label lable --out DIR/o | 1 | did you mean 'label'?
          train classifier DIR/nomodel --out DIR/o | 1 | folders named after labels
          train language-model DIR/short.csv --out DIR/o | 1 | --bptt
          train language-model DIR/text.txt --unit chr --out DIR/o | 2 | did you mean 'char'?
          train language-model DIR/text.txt --bidirectional --batch 3 --out DIR/o | 2 | backwards
          train classifier DIR/names.csv --bidirectional --recompute 2 --out DIR/o | 2 | both ways
          train classifier DIR/names.csv --clip nrm=5 --out DIR/o | 2 | did you mean 'norm'?
          train classifier DIR/names.csv --clip state=x --out DIR/o | 2 | --clip, found 'state=x'
          train classifier DIR/names.csv --clip=-1 --out DIR/o | 2 | a number of at least 0 as --clip, found '-1'
          train classifier DIR/names.csv --clip 5,norm=1 --out DIR/o | 2 | found two of norm
          train classifier DIR/names.csv --init ortogonal --out DIR/o | 2 | did you mean 'orthogonal'?
          train classifier DIR/names.csv --init chrono --out DIR/o | 2 | try --init chrono=100
          train classifier DIR/names.csv --init chrono=9 --cell rnn --out DIR/o | 2 | gate that keeps its state
          train classifier DIR/names.csv --curriculum 4 --epochs 3 --out DIR/o | 2 | at most the 3 epochs
          train language-model DIR/text.txt --batch 3 --bptt 5 --hidden 5 --curriculum 2 --out DIR/o | 2 | has no lengths that could grow
          train language-model DIR/text.txt --batch 3 --bptt 5 --update-every 6 --out DIR/o | 2 | try --bptt 6 --update-every 5
          train language-model DIR/text.txt --batch 3 --bptt 5 --update-every 0 --out DIR/o | 2 | --update-every, found 0
          train language-model DIR/text.txt --batch 3 --bptt 5 --update-every 2 --epochs 1 --hidden 5 --out DIR/lm --resume | 1 | --update-every
          train classifier DIR/names.csv --recompute=-1 --out DIR/o | 2 | or 0 to keep everything, got -1
          train language-model DIR/other.txt --batch 3 --bptt 5 --epochs 1 --hidden 5 --out DIR/lm --resume | 1 | vocabulary
          train language-model DIR/text.txt --batch 3 --bptt 5 --epochs 1 --hidden 6 --out DIR/lm --resume | 1 | 6 instead of 5
          train classifier DIR/waves-ragged --out DIR/o | 1 | 3 fields in every row of square/2.csv
          train classifier DIR/waves-text --out DIR/o | 1 | column 'wave' of square/2.csv, found 'loud' in line 3
          train classifier DIR/waves-nan --out DIR/o | 1 | square/2.csv, found missing cells: 1 in column 'hum'
          train classifier DIR/waves-lacking --out DIR/o | 1 | found no 'hum' in square/2.csv
          train classifier DIR/waves-more --out DIR/o | 1 | found 'tilt' as well in square/2.csv
          train classifier DIR/waves-none --out DIR/o | 1 | empty file (0 bytes)
          train classifier DIR/waves-heading --out DIR/o | 1 | rows below the header of square/2.csv
          train classifier DIR/waves-hollow --out DIR/o | 1 | waves-hollow/sine
          train classifier DIR/waves-only --out DIR/o | 1 | only 'sine'
          train classifier DIR/waves-words --out DIR/o | 1 | a column of numbers
          train classifier DIR/waves/sine --out DIR/o | 1 | folders named after labels
          train classifier DIR/waves-gap.csv --out DIR/o | 1 | '' in column 't2', in line 2
          train classifier DIR/waves-loud.csv --out DIR/o | 1 | column 't2' of waves-loud.csv, found 'loud'
          train classifier DIR/waves-void.csv --out DIR/o | 1 | none in row 11
          train classifier DIR/waves-still.csv --out DIR/o | 1 | numbers that vary in column 't1 to t6'
          train classifier DIR/waves.csv --label kinds --out DIR/o | 1 | did you mean 'kind'?
          train classifier DIR/waves.csv --epochs 1 --hidden 5 --out DIR/on-waves --resume | 1 | the same label_column
          predict DIR/on-waves --data DIR/waves-lacking | 1 | a column 'hum' in square/2.csv
          predict DIR/on-waves --data DIR/waves-nan/square/2.csv | 1 | missing cells: 1 in column 'hum'
          predict DIR/on-waves --data DIR/nomodel | 1 | an empty folder
          predict DIR/on-waves --data DIR/wave | 1 | no such file
          predict DIR/on-waves.csv --data DIR/waves-steps.csv --out DIR/p.csv | 1 | a column 't7'
          predict DIR/on-waves.csv --data DIR/waves | 1 | found a folder
          evaluate DIR/on-waves --data DIR/waves.csv | 1 | folders named after labels
          evaluate DIR/on-waves --data DIR/waves-words | 1 | a column 'wave' in a/1.csv
          bench --shapes DIR/series.csv     | 1 | cell,T,B,D,H,layers
          bench --threads 1                 | 2 | found neither
          bench --on-request --shapes DIR/series.csv | 2 | found both
          bench --on-request --mode infer   | 2 | Expected no --mode
          trian                             | 2 | did you mean 'train'?
          train                             | 2 | one of: forecaster, language-model, classifier, translator.
          foobar                            | 2 | one of: train, evaluate, predict, generate, inspect, convert, bench, example, help.
          train DIR/series.csv --target sea | 2 | one of: forecaster, language-model, classifier, translator.
          predict DIR/series.csv --data DIR/fc | 2 | Likely cause: the two were swapped.
          predict DIR/fc --data DIR/series.csv --plot DIR/nowhere/x.png | 1 | mkdir -p
          train forecaster DIR/series.csv --target sea --history 8 --horizon 2 --epochs 3 --hidden 5 --out DIR/fc --resume | 1 | the same --epochs as
          """)
  void commandIsRefused(String line, int code, String says) {
    refused(line, code, says);
  }

  private static void refused(String line, int code, String says) {
    Set<String> before = CommandRun.content(folder);
    CommandRun run = CommandRun.in(folder, line);
    assertThat(run.err())
        .containsPattern("\\b[Ee]xpected .*(?s:.*)\\b(found|got)\\b")
        .contains("\nLikely cause: ", "\nCure: ", says)
        .doesNotContain("\tat ", "Exception", ".part");
    assertThat(run.code()).isEqualTo(code);
    assertThat(CommandRun.content(folder)).isEqualTo(before);
  }
}
